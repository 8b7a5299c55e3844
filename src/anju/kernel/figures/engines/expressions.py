"""From aggregates to one relational expression per fact: the only definition both engines compile."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from anju.kernel.errors import AnjuError
from anju.kernel.figures.aggregates import Aggregate, Condition, Window
from anju.kernel.figures.conditions import columns_of

_COMPARE = {"gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}


@dataclass(frozen=True, slots=True)
class Shape:
    """A fact as an engine has it: the name of its table and its columns with their kinds (int64, date, string)."""

    table: str
    columns: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, fact: str, kinds: Mapping[str, str]) -> Shape:
        """The shape of the fact of this name."""
        return cls(table=f"fact_{fact}", columns=tuple(kinds.items()))

    def kind(self, column: str) -> str:
        """The kind of a column. Raises AnjuError `figures.column_absent`: an old snapshot may lack what was added later."""
        for name, kind in self.columns:
            if name == column:
                return kind
        raise AnjuError.of(
            "figures.column_absent",
            f"所用的数据里没有“{column}”这一列。",
            where=self.table,
            advice="快照可能早于该列的增加；请刷新快照后重算。",
        )


@dataclass(frozen=True, slots=True)
class Fused:
    """One statement for many aggregates. `places`: per aggregate the positions of its value and of its row count in the one row."""

    statement: str
    places: tuple[tuple[int, int], ...]


def _table(shape: Shape) -> ir.Table:
    return ibis.table(dict(shape.columns), name=shape.table)


@lru_cache(maxsize=512)
def fused(shape: Shape, aggregates: tuple[Aggregate, ...], dialect: str) -> Fused:
    """Compile all aggregates over one fact into a single pass. Compiled once per set, fact and dialect ("duckdb" or "postgres")."""
    table = _table(shape)
    outputs: dict[tuple[Any, ...], ir.Scalar] = {}
    places = []
    for aggregate in aggregates:
        for column in columns_read(aggregate):
            shape.kind(column)
        mask = _mask(table, aggregate)
        about = (aggregate.where, aggregate.window, aggregate.region, aggregate.bureau_id)
        rows_key = ("count", None, *about)
        outputs.setdefault(rows_key, table.count(where=mask))
        value_key = (aggregate.kind, aggregate.column, *about) if aggregate.kind != "count" else rows_key
        if value_key not in outputs:
            outputs[value_key] = _value(table, shape, aggregate, mask)
        order = list(outputs)
        places.append((order.index(value_key), order.index(rows_key)))
    named = {f"a{number}": each for number, each in enumerate(outputs.values())}
    return Fused(statement=_sql(table.aggregate(**named), dialect), places=tuple(places))


def _value(table: ir.Table, shape: Shape, aggregate: Aggregate, mask: ir.BooleanValue | None) -> ir.Scalar:
    column = aggregate.column or ""
    kind = shape.kind(column)
    if aggregate.kind != "distinct" and (kind == "string" or (aggregate.kind == "sum" and kind != "int64")):
        raise AnjuError.of("figures.not_a_number", f"“{column}”不是数值列，不能用于{aggregate.kind}。", where=shape.table)
    value = table[column]
    if aggregate.kind == "sum":
        return value.sum(where=mask)
    if aggregate.kind == "distinct":
        return value.nunique(where=mask)
    return value.min(where=mask) if aggregate.kind == "min" else value.max(where=mask)


@lru_cache(maxsize=256)
def listing(shape: Shape, aggregate: Aggregate, columns: tuple[str, ...], dialect: str, offset: int = 0, limit: int | None = None) -> str:
    """The contributing rows, ordered by the date of the window, record table and id; columns in the given order."""
    rows = _rows(shape, aggregate)
    rows = rows.order_by(_order(rows, aggregate)).select(*columns)
    return _sql(rows if limit is None else rows.limit(limit, offset=offset), dialect)


@lru_cache(maxsize=256)
def keys(shape: Shape, aggregate: Aggregate, dialect: str) -> str:
    """(record_table, record_id, contributed) of the contributing rows, by record table and id."""
    rows = _rows(shape, aggregate)
    chosen = rows.select("record_table", "record_id", contributed=_contributed(rows, aggregate))
    return _sql(chosen.order_by(["record_table", "record_id"]), dialect)


@lru_cache(maxsize=256)
def lines(shape: Shape, aggregate: Aggregate, dialect: str) -> str:
    """One text line per contributing row, in the order of `listing`: what the digest of the evidence is taken over.

    `record_table<tab>record_id<tab>contributed<newline>`; for a distinct count the value that is counted stands for the contribution.
    """
    rows = _rows(shape, aggregate)
    if aggregate.kind in ("distinct", "min", "max") and aggregate.column:
        last = rows[aggregate.column].cast("string").fill_null("")
    else:
        last = _contributed(rows, aggregate).cast("string")
    line = rows.record_table + "\t" + rows.record_id.cast("string") + "\t" + last + "\n"
    return _sql(rows.order_by(_order(rows, aggregate)).select(line=line), dialect)


@lru_cache(maxsize=256)
def different(shape: Shape, aggregate: Aggregate, column: str, dialect: str, limit: int) -> str:
    """The different values of a column among the contributing rows, ascending, null last."""
    shape.kind(column)
    rows = _rows(shape, aggregate).select(column).distinct()
    return _sql(rows.order_by(ibis.asc(rows[column], nulls_first=False)).limit(limit), dialect)


def _rows(shape: Shape, aggregate: Aggregate) -> ir.Table:
    for column in columns_read(aggregate):
        shape.kind(column)
    table = _table(shape)
    mask = _mask(table, aggregate)
    return table if mask is None else table.filter(mask)


def _order(rows: ir.Table, aggregate: Aggregate) -> list[Any]:
    dated = [rows[aggregate.window.column]] if aggregate.window.kind != "any" else []
    return [*dated, rows.record_table, rows.record_id]


def _contributed(rows: ir.Table, aggregate: Aggregate) -> ir.IntegerValue:
    if aggregate.kind == "sum" and aggregate.column:
        return rows[aggregate.column].fill_null(0)
    return ibis.literal(1, type="int64")


def columns_read(aggregate: Aggregate) -> set[str]:
    """The columns an aggregate needs, identity apart."""
    window = {aggregate.window.column, aggregate.window.until_column} if aggregate.window.kind != "any" else set()
    return {name for name in {aggregate.column, *window, *columns_of(aggregate.where)} if name}


def _mask(table: ir.Table, aggregate: Aggregate) -> ir.BooleanValue | None:
    """What a row must satisfy to contribute; None when every row does."""
    parts = [*_place(table, aggregate), *_time(table, aggregate.window)]
    if aggregate.where != ("all", ()):
        parts.append(_condition(table, aggregate.where))
    return reduce(operator.and_, parts) if parts else None


def _place(table: ir.Table, aggregate: Aggregate) -> list[ir.BooleanValue]:
    parts = []
    if aggregate.region:
        # A range instead of a prefix test: files and indexes can skip what lies outside.
        parts.append(table.region_code >= aggregate.region)
        beyond = _beyond(aggregate.region)
        if beyond:
            parts.append(table.region_code < beyond)
    if aggregate.bureau_id is not None:
        parts.append(table.bureau_id == aggregate.bureau_id)
    return parts


def _beyond(region: str) -> str:
    """The least code after every code with this prefix; empty when there is none (codes are digits)."""
    stem = region.rstrip("9")
    return stem[:-1] + str(int(stem[-1]) + 1) if stem else ""


def _time(table: ir.Table, window: Window) -> list[ir.BooleanValue]:
    if window.kind == "any":
        return []
    column = table[window.column]
    if window.kind == "dated":
        return [*([] if window.start is None else [column >= window.start]), column <= window.end]
    until = [] if window.until_column is None else [table[window.until_column]]
    return [column <= window.end, *((each.isnull() | (each > window.end)) for each in until)]


def _condition(table: ir.Table, condition: Condition) -> ir.BooleanValue:
    match condition:
        case ("all", parts):
            return reduce(operator.and_, (_condition(table, part) for part in parts)) if parts else ibis.literal(True)
        case ("any", parts):
            return reduce(operator.or_, (_condition(table, part) for part in parts)) if parts else ibis.literal(False)
        case ("not", part):
            # Two-valued: a comparison with a null is not true, so its negation is.
            return ~_condition(table, part).fill_null(False)
        case ("in", column, literals):
            return table[column].isin(literals) if len(literals) > 1 else table[column] == literals[0]
        case ("compare", column, how, literal):
            return _COMPARE[how](table[column], literal)
        case ("null", column, is_null):
            return table[column].isnull() if is_null else table[column].notnull()
    raise ValueError(f"not a condition: {condition!r}")


def _sql(expression: ir.Table, dialect: str) -> str:
    return str(ibis.to_sql(expression, dialect=dialect, pretty=False))


def integer(value: Any) -> int | None:
    """A cell of an engine as the integer the protocol promises; dates become ordinals."""
    if value is None:
        return None
    return value.toordinal() if isinstance(value, date) else int(value)


def grouped(aggregates: Sequence[Aggregate]) -> dict[str, tuple[Aggregate, ...]]:
    """The different aggregates per fact, in a fixed order so that the same set compiles once."""
    found: dict[str, dict[Aggregate, None]] = {}
    for aggregate in aggregates:
        found.setdefault(aggregate.fact, {})[aggregate] = None
    return {name: tuple(each) for name, each in found.items()}
