"""Excel workbooks to grids, through calamine."""

from __future__ import annotations

import io
from pathlib import Path

import python_calamine as calamine

from anju.kernel.ledgers.workbook.cells import text_column
from anju.kernel.ledgers.workbook.grids import Grid, Merge
from anju.kernel.ledgers.workbook.limits import Limits, refuse
from anju.kernel.ledgers.workbook.sniffing import damaged, encrypted


def read_spreadsheet(path: Path, limits: Limits, *, only: str | None = None) -> tuple[list[Grid], list[str]]:
    """The visible sheets (or the one named `only`, hidden or not) and a note for each that was left aside.

    Raises AnjuError `workbook.encrypted`, `.damaged`, `.no_such_sheet`, `.too_many_sheets`, `.too_many_rows`, `.too_many_columns`.
    """
    try:
        # Given a path calamine trusts the extension; given the content it looks.
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())) as book:
            return _sheets(book, limits, only)
    except calamine.PasswordError as error:
        raise encrypted() from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise encrypted() from error
        raise damaged() from error


def _sheets(book: calamine.CalamineWorkbook, limits: Limits, only: str | None) -> tuple[list[Grid], list[str]]:
    listed = book.sheets_metadata
    if only is not None and only not in book.sheet_names:
        raise refuse("no_such_sheet", f"没有名为“{only}”的工作表。", f"现有：{'、'.join(book.sheet_names)}。")
    if len(listed) > limits.sheets:
        raise refuse("too_many_sheets", f"有 {len(listed)} 张工作表，超过 {limits.sheets} 张。", "请只保留要导入的工作表。")
    grids: list[Grid] = []
    notes: list[str] = []
    rows = 0
    for sheet in listed:
        if only is not None and sheet.name != only:
            continue
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            notes.append(f"“{sheet.name}”是图表或宏表，未读取。")
        elif only is None and sheet.visible != calamine.SheetVisibleEnum.Visible:
            notes.append(f"“{sheet.name}”是隐藏的工作表，未读取；确要导入请先取消隐藏。")
        else:
            grid = _grid(book.get_sheet_by_name(sheet.name), limits)
            rows += grid.height
            if rows > limits.rows:
                raise refuse("too_many_rows", f"超过 {limits.rows} 行。", "请按月份或年度拆分后分别导入。", where=sheet.name)
            grids.append(grid)
    return grids, notes


def _grid(sheet: calamine.CalamineSheet, limits: Limits) -> Grid:
    height, width = sheet.total_height, sheet.total_width
    if sheet.end is not None:
        height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height > limits.rows:
        raise refuse("too_many_rows", f"有 {height} 行，超过 {limits.rows} 行。", "请按月份或年度拆分后分别导入。", where=sheet.name)
    if width > limits.columns:
        raise refuse(
            "too_many_columns",
            f"有 {width} 列，超过 {limits.columns} 列。",
            "请删去表格右侧多余的列（包括只有格式的空列）。",
            where=sheet.name,
        )
    rows = sheet.to_python(skip_empty_area=False)
    merges = [Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
    columns = [text_column([row[index] for row in rows], str(index)) for index in range(len(rows[0]) if rows else 0)]
    return Grid(name=sheet.name, columns=columns, merges=merges)
