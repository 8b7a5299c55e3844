"""A list as a workbook: exactly the rows, columns and words that are seen, personal identifiers masked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import queries
from anju.kernel.ledgers.declaration import NUMBER_TYPES, Field, Ledger
from anju.kernel.ledgers.filters import conditions_of, seen_by
from anju.kernel.ledgers.values import in_unit

MAX_EXPORTED = 200_000
EXACT = Decimal(10) ** 15
"""A spreadsheet keeps 15 digits of a number: what has more is written as text."""

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def export(
    ledger: Ledger,
    scope: Scope,
    *,
    path: Path,
    where: Mapping[str, Any] | None = None,
    search: str = "",
    sort: str = "",
    columns: Sequence[str] | None = None,
) -> int:
    """Write the list to `path` (.xlsx) and return the number of rows. `columns`: field names, all by default.

    Text is always a text cell: nothing somebody typed becomes a formula or a link. Raises AnjuError `ledger.too_many` beyond
    MAX_EXPORTED rows, before anything is written.
    """
    fields = [ledger.field(name) for name in columns] if columns else list(ledger.fields)
    with using_scope(scope):
        _refuse_too_many(ledger, scope, where, search)
        with xlsxwriter.Workbook(str(path), OPTIONS) as book:
            sheet = book.add_worksheet(_sheet_name(ledger.title))
            styles = _Styles(book)
            for column, field in enumerate(fields):
                sheet.set_column(column, column, max(10, min(40, 2 * len(field.header) + 4)))
                sheet.write_string(0, column, field.header, styles.head)
            sheet.freeze_panes(1, 0)
            row = 0
            for rows in queries.all_pages(ledger, scope, limit=MAX_EXPORTED, where=where, search=search, sort=sort):
                for record, words in zip(rows, queries.shown(ledger, rows), strict=True):
                    row += 1
                    for column, field in enumerate(fields):
                        _write(sheet, row, column, field, getattr(record, field.name), words[field.name], styles)
            sheet.autofilter(0, 0, max(row, 1), len(fields) - 1)
    return row


class _Styles:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.month = book.add_format({"num_format": "yyyy-mm"})
        self.numbers: dict[int, Any] = {}

    def number(self, places: int) -> Any:
        if places not in self.numbers:
            self.numbers[places] = self.book.add_format({"num_format": "#,##0" + ("." + "0" * places if places else "")})
        return self.numbers[places]


def _write(sheet: Any, row: int, column: int, field: Field, value: Any, words: str, styles: _Styles) -> None:
    if value is None:
        return
    if field.type in NUMBER_TYPES:
        number = in_unit(field, value)
        if abs(number) * 10 ** max(0, -int(number.as_tuple().exponent)) < EXACT:
            sheet.write_number(row, column, number, styles.number(max(0, -int(number.as_tuple().exponent))))
            return
    if isinstance(value, datetime.date) and value.year > 1900:
        sheet.write_datetime(row, column, value, styles.month if field.type == "month" else styles.day)
        return
    sheet.write_string(row, column, words)


def _refuse_too_many(ledger: Ledger, scope: Scope, where: Mapping[str, Any] | None, search: str) -> None:
    conditions = [*seen_by(scope), *conditions_of(ledger, where, search)]
    if queries.count_to(ledger, conditions, MAX_EXPORTED + 1) > MAX_EXPORTED:
        raise AnjuError.of(
            "ledger.too_many", f"超过{MAX_EXPORTED}行，不能一次导出。", where=ledger.title, advice="请加筛选条件，分几次导出。"
        )


def _sheet_name(title: str) -> str:
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "台账"
