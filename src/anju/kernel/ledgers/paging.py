"""Keyset paging: the next page begins where the last one ended, however deep, by an index."""

from __future__ import annotations

import base64
import binascii
import datetime
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from psycopg.sql import SQL, Composable, Identifier, Literal

from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.declaration import Ledger

MAX_PAGE = 500


@dataclass(frozen=True, slots=True)
class Order:
    """A column every page is sorted by, then the id, both in one direction."""

    column: str
    descending: bool

    @classmethod
    def of(cls, ledger: Ledger, sort: str) -> Order:
        """`filed_on`, `-filed_on`; empty is the newest business date first. Raises AnjuError for a column without an index."""
        sort = sort or f"-{ledger.date or 'id'}"
        column = sort.removeprefix("-")
        if column not in ledger.sortable:
            raise AnjuError.of(
                "ledgers.not_sortable",
                f"不能按“{column}”排序。",
                where=ledger.title,
                advice=f"可按{'、'.join(_label(ledger, name) for name in ledger.sortable)}排序。",
            )
        return cls(column, sort.startswith("-"))

    @property
    def clause(self) -> Composable:
        """What follows ORDER BY."""
        way = SQL("DESC" if self.descending else "ASC")
        if self.column == "id":
            return SQL("id {}").format(way)
        return SQL("{} {way}, id {way}").format(Identifier(self.column), way=way)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ended: the value and id of its last row, and the count that was made for the first page."""

    sort: str
    value: Any
    number: int
    count: int
    capped: bool

    def written(self) -> str:
        """As an opaque text for a link."""
        value = str(self.value) if isinstance(self.value, datetime.date | Decimal) else self.value
        data = json.dumps([self.sort, value, self.number, self.count, self.capped], ensure_ascii=False)
        return base64.urlsafe_b64encode(data.encode()).decode().rstrip("=")


def read_mark(text: str, order: Order, ledger: Ledger) -> Mark:
    """The mark a link carries. Raises AnjuError `ledgers.bad_page` when it is not one of this order."""
    try:
        sort, value, number, count, capped = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if sort != order_name(order) or not isinstance(number, int) or not isinstance(count, int) or abs(number) >= 2**63:
            raise ValueError(sort)
        typed = ledger.model._meta.get_field(order.column).to_python(value)  # type: ignore[union-attr]
    except (ValueError, TypeError, KeyError, binascii.Error, UnicodeDecodeError, RecursionError):
        raise _bad_page() from None
    except Exception as error:  # Django's ValidationError for a value that is none of the column
        raise _bad_page() from error
    return Mark(sort, typed, number, count, bool(capped))


def order_name(order: Order) -> str:
    """`-filed_on`."""
    return f"{'-' if order.descending else ''}{order.column}"


def beyond(order: Order, mark: Mark | None) -> list[Composable]:
    """The condition that a row comes after the mark, among those with a value in the column (for a mark without one, those without).

    A row comparison, which PostgreSQL answers from an index on both columns.
    """
    if mark is None:
        return []
    sign, number = SQL("<" if order.descending else ">"), Literal(mark.number)
    if mark.value is None or order.column == "id":
        return [SQL("id {} {}").format(sign, number)]
    return [SQL("({}, id) {} ({}, {})").format(Identifier(order.column), sign, Literal(mark.value), number)]


def _label(ledger: Ledger, name: str) -> str:
    return ledger.field(name).label if ledger.has(name) else "登记顺序"


def _bad_page() -> AnjuError:
    return AnjuError.of("ledgers.bad_page", "翻页标记无效。", advice="请回到第一页。")
