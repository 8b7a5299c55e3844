"""Rejected rows come back as a workbook: the original columns, what is wrong with each row and what to do, wrong cells in red."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import xlsxwriter

from anju.kernel.ledgers.batches import ImportBatch
from anju.kernel.ledgers.imports import storage
from anju.kernel.ledgers.imports.examine import WRONG
from anju.kernel.ledgers.workbook.cells import number_of

EXTRA = ("原位置", "原因", "怎么改")


def rejected_workbook(batch: ImportBatch, path: Path) -> int:
    """Write the rows that must be put right to `path` (.xlsx) and return how many. Read again after mending, the file imports them."""
    status = storage.read(batch, storage.RECORDS).select("_status").with_row_index("_n")
    cells = storage.read(batch, storage.CELLS).with_columns(pl.col("_n").cast(pl.UInt32))
    rows = cells.join(status.filter(pl.col("_status") == WRONG), on="_n", how="inner", maintain_order="left")
    reasons: dict[int, list[dict[str, str]]] = {}
    issues = storage.read(batch, storage.ISSUES)
    for issue in issues.filter(issues["n"].is_not_null()).iter_rows(named=True):
        reasons.setdefault(issue["n"], []).append(issue)
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        _write(book, batch, rows, reasons)
    return rows.height


def _write(book: xlsxwriter.Workbook, batch: ImportBatch, rows: pl.DataFrame, reasons: dict[int, list[dict[str, str]]]) -> None:
    sheet = book.add_worksheet("须改正的行")
    bold = book.add_format({"bold": True, "bg_color": "#EEF3FA", "border": 1, "text_wrap": True})
    red = book.add_format({"bg_color": "#FFD9D6", "font_color": "#B00020", "border": 1})
    plain = book.add_format({"border": 1})
    wrapped = book.add_format({"text_wrap": True, "border": 1})
    labels = _labels(batch)
    columns = sorted(labels)
    for place, index in enumerate(columns):
        sheet.write_string(0, place, labels[index], bold)
    for place, label in enumerate(EXTRA, start=len(columns)):
        sheet.write_string(0, place, label, bold)
    for number, row in enumerate(rows.iter_rows(named=True), start=1):
        found = reasons.get(row["_n"], [])
        wrong = {number_of(issue["column"]) for issue in found}
        for place, index in enumerate(columns):
            sheet.write_string(number, place, row[str(index)] or "", red if index in wrong else plain)
        place = len(columns)
        sheet.write_string(number, place, f"{row['_sheet']} 第{row['_row']}行", plain)
        sheet.write_string(number, place + 1, "\n".join(f"{issue['cell']} {issue['label']}：{issue['what']}" for issue in found), wrapped)
        sheet.write_string(number, place + 2, "\n".join(dict.fromkeys(issue["advice"] for issue in found if issue["advice"])), wrapped)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(columns) - 1, 0), 16)
    sheet.set_column(len(columns), len(columns), 14)
    sheet.set_column(len(columns) + 1, len(columns) + 2, 48)


def _labels(batch: ImportBatch) -> dict[int, str]:
    """The labels of the columns, a unit stated above the table written into its label so that the sheet stands alone."""
    labels = {}
    for column in batch.columns:
        label, unit = column["label"], column["unit"]
        labels[number_of(column["letter"])] = label if not unit or column["unit_in_label"] else f"{label}（{unit}）"
    return labels
