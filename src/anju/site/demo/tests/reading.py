"""Read a sample book plainly, without the product's own reader: numbered lines only, cells under their lowest header."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl


def lines(path: Path) -> list[dict[str, Any]]:
    """The rows of all sheets as header → cell; merged cells repeated, subtotal and total rows left out."""
    return list(_text_lines(path) if path.suffix == ".csv" else _workbook_lines(path))


def _text_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="gb18030", newline="") as file:
        next(file)
        yield from csv.DictReader(file)


def _workbook_lines(path: Path) -> Iterator[dict[str, Any]]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        merged = {
            (row, column): sheet.cell(area.min_row, area.min_col).value
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        cells = [[merged.get((cell.row, cell.column), cell.value) for cell in row] for row in sheet.iter_rows(min_row=3)]
        stacked = cells[1][0] == "序号"
        header = cells[1] if stacked else cells[0]
        for row in cells[2 if stacked else 1 :]:
            if isinstance(row[0], int):
                yield dict(zip(header, row, strict=True))


def number(cell: Any) -> Decimal:
    """A number cell, thousands separators and full-width digits included."""
    text = str(cell).replace(",", "").translate(str.maketrans("０１２３４５６７８９．", "0123456789."))
    return Decimal(text)


def day(cell: Any) -> date | None:
    """A date cell, real or written."""
    if cell in (None, ""):
        return None
    if isinstance(cell, datetime):
        return cell.date()
    for form in ("%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日"):
        try:
            return datetime.strptime(str(cell), form).date()  # noqa: DTZ007 — a business date has no time zone
        except ValueError:
            continue
    raise ValueError(cell)
