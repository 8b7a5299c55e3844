"""Reads of ledger records: a page, one record, totals of a filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import QuerySet
from psycopg.sql import SQL, Composable, Identifier, Literal

from anju.kernel.access.scope import Scope, current_scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import lookups
from anju.kernel.ledgers.declaration import Field, Ledger
from anju.kernel.ledgers.filters import all_of, conditions_of, seen_by
from anju.kernel.ledgers.history import HistoryItem, history
from anju.kernel.ledgers.paging import MAX_PAGE, Mark, Order, beyond, order_name, read_mark
from anju.kernel.ledgers.rows import fetch, run
from anju.kernel.ledgers.values import dtype_of, show

__all__ = ["HistoryItem", "Page", "Totals", "all_pages", "count_to", "history", "page", "record", "records", "shown", "totals"]

COUNT_CAP = 10_000
MAX_MERGED = 24
NOT_ADDED = frozenset({"层", "批", "期", "天", "%", "‰", "个百分点", "倍"})


@dataclass(frozen=True, slots=True)
class Page:
    """`rows`: records in order, read-only, with `pk`, the columns `rows.LISTED` and every field as attributes. `next`: what
    to pass as `after` for the next page, None at the end.

    `count`: how many records meet the conditions; when `count_is_capped`, more than that many.
    """

    rows: list[Any]
    next: str | None
    count: int
    count_is_capped: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """How many records meet a filter, and the sums of what can be added, typed as the columns are."""

    count: int
    sums: dict[str, Any]


def records(ledger: Ledger, scope: Scope) -> QuerySet[Any]:
    """The live records of this scope."""
    return scope.narrow(ledger.model._default_manager.filter(voided_at=None))


def record(ledger: Ledger, record_id: int, scope: Scope) -> Any:
    """One record of this scope, void or not. Raises AnjuError `ledger.no_record`."""
    with _within(scope):
        found = scope.narrow(ledger.model._default_manager.filter(pk=record_id)).first()
    if found is None:
        raise AnjuError.of("ledger.no_record", "没有这条记录。", where=ledger.title, advice="它可能不在本人的数据范围内。")
    return found


def page(
    ledger: Ledger,
    scope: Scope,
    *,
    where: Mapping[str, Any] | None = None,
    search: str = "",
    sort: str = "",
    after: str | None = None,
    size: int = 50,
) -> Page:
    """One page of live records. `where`, `search`: see `filters.conditions_of`. `sort`: a sortable field, `-` before it for descending,
    the newest business date first by default; records without a value come last. `size`: 1 to MAX_PAGE.
    """
    size = min(max(size, 1), MAX_PAGE)
    order = Order.of(ledger, sort)
    with _within(scope):
        conditions = [*seen_by(scope), *conditions_of(ledger, where, search)]
        mark = read_mark(after, order, ledger) if after else None
        found = _fetch(ledger, scope, conditions, order, mark, size + 1)
        if mark is not None:
            count, capped = mark.count, mark.capped
        elif len(found) <= size:
            count, capped = len(found), False
        else:
            counted = count_to(ledger, conditions, COUNT_CAP + 1)
            count, capped = min(counted, COUNT_CAP), counted > COUNT_CAP
    last = found[size - 1] if len(found) > size else None
    following = Mark(order_name(order), getattr(last, order.column), last.pk, count, capped).written() if last is not None else None
    return Page(found[:size], following, count, capped)


def all_pages(ledger: Ledger, scope: Scope, *, limit: int, **conditions: Any) -> Iterator[list[Any]]:
    """Every record of a list in its order, page by page, at most `limit` rows."""
    after, left = None, limit
    while left > 0:
        one = page(ledger, scope, after=after, size=min(MAX_PAGE, left), **conditions)
        yield one.rows
        after, left = one.next, left - len(one.rows)
        if after is None:
            return


def totals(ledger: Ledger, scope: Scope, where: Mapping[str, Any] | None = None, search: str = "") -> Totals:
    """The count and sums of a filter, over every record it meets."""
    added = [one for one in ledger.fields if _additive(one)]
    sums = [SQL("sum({})").format(Identifier(one.column)) for one in added]
    with _within(scope):
        conditions = all_of([*seen_by(scope), *conditions_of(ledger, where, search)])
        statement = SQL("SELECT {} FROM {} WHERE {}").format(SQL(", ").join([SQL("count(*)"), *sums]), Identifier(ledger.table), conditions)
        count, *totalled = run(statement)[0]
    return Totals(count=count, sums={one.name: _whole(one, total) for one, total in zip(added, totalled, strict=True)})


def count_to(ledger: Ledger, conditions: list[Composable], limit: int) -> int:
    """How many rows meet the conditions, counted no further than `limit`."""
    statement = SQL("SELECT count(*) FROM (SELECT 1 FROM {} WHERE {} LIMIT {}) counted")
    return int(run(statement.format(Identifier(ledger.table), all_of(conditions), Literal(limit)))[0][0])


def shown(ledger: Ledger, rows: Sequence[Any]) -> list[dict[str, str]]:
    """What to print for each record, by field: units, labels, names of regions and referenced records; personal identifiers masked.

    Names are read within the scope in force.
    """
    names = {
        one.name: lookups.names_of(one, (getattr(row, one.name) for row in rows))
        for one in ledger.fields
        if one.type in ("region", "reference")
    }
    return [{one.name: show(one, getattr(row, one.name), names.get(one.name)) for one in ledger.fields} for row in rows]


def _within(scope: Scope) -> AbstractContextManager[Any]:
    return nullcontext() if current_scope() == scope else using_scope(scope)


def _fetch(ledger: Ledger, scope: Scope, conditions: list[Composable], order: Order, mark: Mark | None, number: int) -> list[Any]:
    """The next rows; per bureau when the reader sees several, because every index begins with the bureau."""
    if scope.bureau_id is not None or scope.region == "":
        return _fetch_in_order(ledger, conditions, order, mark, number)
    bureaus = _bureaus(ledger)
    text = ledger.has(order.column) and dtype_of(ledger.field(order.column)) == pl.String
    if len(bureaus) > MAX_MERGED or (text and len(bureaus) > 1):  # text is merged by the database only: its collation is not Python's
        return _fetch_in_order(ledger, conditions, order, mark, number)
    found: list[Any] = []
    for bureau in bureaus:
        found += _fetch_in_order(ledger, [*conditions, SQL("bureau_id = {}").format(Literal(bureau))], order, mark, number)
    return found if len(bureaus) == 1 else _merged(found, order)[:number]


def _fetch_in_order(ledger: Ledger, conditions: list[Composable], order: Order, mark: Mark | None, number: int) -> list[Any]:
    """Rows with a value first, then those without: two simple walks of one index instead of one that no index can serve."""
    nullable = ledger.has(order.column) and not ledger.field(order.column).required
    column = Identifier(order.column)
    found: list[Any] = []
    if not nullable or mark is None or mark.value is not None:
        valued = [SQL("{} IS NOT NULL").format(column)] if nullable else []
        found = fetch(ledger, all_of([*conditions, *valued, *beyond(order, mark)]), order.clause, number)
    if nullable and len(found) < number:
        after = mark if mark is not None and mark.value is None else None
        without = all_of([*conditions, SQL("{} IS NULL").format(column), *beyond(order, after)])
        found += fetch(ledger, without, order.clause, number - len(found))
    return found


def _merged(found: Iterable[Any], order: Order) -> list[Any]:
    rows = list(found)
    valued = [row for row in rows if getattr(row, order.column) is not None]
    empty = [row for row in rows if getattr(row, order.column) is None]
    valued.sort(key=lambda row: (getattr(row, order.column), row.pk), reverse=order.descending)
    empty.sort(key=lambda row: row.pk, reverse=order.descending)
    return valued + empty


def _bureaus(ledger: Ledger) -> list[int]:
    """The bureaus with live visible records, found by jumping through the index; at most one more than can be merged."""
    step = SQL("SELECT bureau_id FROM {table} WHERE voided_at IS NULL {above} ORDER BY bureau_id LIMIT 1")
    table = Identifier(ledger.table)
    first, following = step.format(table=table, above=SQL("")), step.format(table=table, above=SQL("AND bureau_id > b.bureau_id"))
    statement = SQL(
        "WITH RECURSIVE b AS (({first}) UNION ALL SELECT ({following}) FROM b WHERE b.bureau_id IS NOT NULL)"
        " SELECT bureau_id FROM b WHERE bureau_id IS NOT NULL LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.format(first=first, following=following), [MAX_MERGED + 1])
        return [row[0] for row in cursor.fetchall()]


def _additive(field: Field) -> bool:
    if field.type in ("money", "area"):
        return True
    return field.type in ("integer", "decimal") and bool(field.unit) and field.unit not in NOT_ADDED and "/" not in field.unit


def _whole(field: Field, total: Any) -> Any:
    return int(total) if total is not None and field.type in ("money", "integer") else total
