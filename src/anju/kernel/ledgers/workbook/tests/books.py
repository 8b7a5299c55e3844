"""Workbooks as offices keep them, for tests: the same rows as .xlsx, .xls or .csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

from anju.kernel.ledgers.workbook import Wanted
from anju.kernel.ledgers.workbook.cells import number_of

Rows = Sequence[Sequence[Any]]

CONTRACT = (
    Wanted("contract_no", ("合同编号", "合同号", "备案号"), required=True),
    Wanted("buyer", ("买受人",), required=True),
    Wanted("use", ("用途", "房屋用途")),
    Wanted("area", ("建筑面积", "面积"), unit="㎡", number=True),
    Wanted("amount", ("合同金额", "合同价款"), unit="元", number=True),
    Wanted("filed_on", ("备案日期",), required=True),
)
HEADER = ["合同编号", "买受人", "用途", "建筑面积", "合同金额", "备案日期"]


def xlsx(path: Path, sheets: dict[str, Rows], merges: dict[str, Sequence[str]] | None = None, hidden: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for region in (merges or {}).get(name, ()):
            sheet.merge_cells(region)
        if name in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


def xls(path: Path, rows: Rows, merges: Sequence[str] = ()) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    regions = []
    for region in merges:
        first, last = region.split(":")
        top, left, bottom, right = int(first[1:]) - 1, number_of(first[0]), int(last[1:]) - 1, number_of(last[0])
        regions.append((top, left, bottom, right))
        sheet.merge(top, bottom, left, right)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            inside = any(t <= number <= b and le <= column <= r and (number, column) != (t, le) for t, le, b, r in regions)
            if value is not None and not inside:
                sheet.write(number, column, value)
    book.save(str(path))
    return path


def delimited(path: Path, rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",", ragged: bool = False) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    for row in rows:
        cells = ["" if value is None else value for value in row]
        while ragged and cells and cells[-1] == "":
            cells.pop()
        writer.writerow(cells)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
