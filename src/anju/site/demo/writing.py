"""Write laid-out sheets to files: .xlsx with xlsxwriter, .csv in GB18030 as old systems export it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from anju.site.demo.paper import Cell, Column, Line, Sheet, lay_out

SEQUENCE = "序号"
_MADE = datetime(2023, 7, 14, 17, 30)  # noqa: DTZ001 — a workbook's own time has no zone


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> Path:
    """Write the sheets into one workbook."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    # The same rows are the same bytes, so that importing a book made twice is importing one file twice.
    book.set_properties({"title": sheets[0].title, "created": _MADE})
    looks = {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "header": book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "cell": book.add_format({"border": 1}),
        "day": book.add_format({"border": 1, "num_format": "yyyy-mm-dd"}),
        "joined": book.add_format({"border": 1, "align": "center", "valign": "vcenter"}),
        "sum": book.add_format({"border": 1, "bold": True}),
    }
    for sheet in sheets:
        _write_sheet(book, sheet, looks)
    book.close()
    return path


def _write_sheet(book: Workbook, sheet: Sheet, looks: dict[str, Format]) -> None:
    page = book.add_worksheet(sheet.name)
    width = len(sheet.columns) + sheet.numbered
    page.merge_range(0, 0, 0, width - 1, sheet.title, looks["title"])
    page.write_string(1, 0, f"填报单位：{sheet.filled_by}")
    page.write_string(1, max(width - 3, 1), f"单位：{sheet.units}" if sheet.units else "")
    body = _write_header(page, sheet, looks["header"])
    lines = lay_out(sheet)
    for offset, line in enumerate(lines):
        _write_line(page, body + offset, line, looks)
    _join(page, body, sheet, lines, looks["joined"])
    if sheet.signed_by:
        page.write_string(body + len(lines) + 1, 0, sheet.signed_by)
    for index, column in enumerate(sheet.columns):
        page.set_column(index + sheet.numbered, index + sheet.numbered, column.width)
    page.freeze_panes(body, 0)


def _write_header(page: Worksheet, sheet: Sheet, look: Format) -> int:
    """One row, or two with groups merged across and single labels merged downwards; returns the first body row."""
    stacked = any(column.group for column in sheet.columns)
    top, bottom = 2, 3 if stacked else 2
    at = 0
    if sheet.numbered:
        _label(page, top, bottom, 0, 0, SEQUENCE, look)
        at = 1
    for group, members in _groups(sheet.columns):
        if not group:
            for column in members:
                _label(page, top, bottom, at, at, column.label, look)
                at += 1
            continue
        _label(page, top, top, at, at + len(members) - 1, group, look)
        for column in members:
            page.write_string(bottom, at, column.label, look)
            at += 1
    return bottom + 1


def _groups(columns: Sequence[Column]) -> Iterator[tuple[str, list[Column]]]:
    for group, members in groupby(columns, key=lambda column: column.group):
        yield group, list(members)


def _label(page: Worksheet, top: int, bottom: int, left: int, right: int, words: str, look: Format) -> None:
    if (top, left) == (bottom, right):
        page.write_string(top, left, words, look)
    else:
        page.merge_range(top, left, bottom, right, words, look)


def _write_line(page: Worksheet, row: int, line: Line, looks: dict[str, Format]) -> None:
    look = looks["cell"] if line.kind == "row" else looks["sum"]
    for at, cell in enumerate(line.cells):
        if cell is None:
            page.write_blank(row, at, None, look)
        elif isinstance(cell, str):
            page.write_string(row, at, cell, look)
        elif isinstance(cell, date):
            page.write_datetime(row, at, cell, looks["day"])
        else:
            page.write_number(row, at, cell, look)


def _join(page: Worksheet, body: int, sheet: Sheet, lines: Sequence[Line], look: Format) -> None:
    """Merge equal neighbours downwards in the columns that say so; a subtotal ends a run."""
    for at, column in enumerate(sheet.columns, start=int(sheet.numbered)):
        if column.field not in sheet.merge:
            continue
        first = 0
        for end in range(1, len(lines) + 1):
            if end < len(lines) and lines[end].kind == "row" and lines[end].cells[at] == lines[first].cells[at]:
                continue
            if end - first > 1 and lines[first].kind == "row":
                page.merge_range(body + first, at, body + end - 1, at, lines[first].cells[at], look)
            first = end


def write_csv(path: Path, sheet: Sheet) -> Path:
    """Write one sheet as GB18030 text: a title line, the header, the rows and the total."""
    labels = [f"{column.group}{column.label}" for column in sheet.columns]
    width = len(labels) + sheet.numbered
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([sheet.title, *[""] * (width - 1)])
        writer.writerow([SEQUENCE, *labels] if sheet.numbered else labels)
        writer.writerows([_plain(cell) for cell in line.cells] for line in lay_out(sheet))
    return path


def _plain(cell: Cell) -> Any:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else cell
