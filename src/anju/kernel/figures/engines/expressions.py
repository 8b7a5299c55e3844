"""From aggregates to one relational expression per fact: the only definition both engines compile."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from anju.kernel.errors import AnjuError
from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.engines import masks
from anju.kernel.figures.engines.masks import Atom
from anju.kernel.figures.engines.shapes import Shape

Output = tuple[str, str | None, tuple[Atom, ...]]
"""One number of the answer: kind, column and the conditions of its rows."""


@dataclass(frozen=True, slots=True)
class Fused:
    """One statement for many aggregates. `places`: per aggregate the positions of its value and of its row count in the one row."""

    statement: str
    places: tuple[tuple[int, int], ...]


@lru_cache(maxsize=512)
def fused(shape: Shape, aggregates: tuple[Aggregate, ...], dialect: str) -> Fused:
    """Compile all aggregates over one fact into a single statement. Compiled once per set, shape and dialect ("duckdb", "postgres").

    The rows are first grouped by which of the conditions they satisfy, with partial sums per group; each aggregate then adds up the
    few groups it wants. Several times faster than a filtered sum per aggregate over the rows.
    """
    for aggregate in aggregates:
        check(shape, aggregate)
    answer: ir.Table | None = None
    order: list[Output] = []
    for family in _families(aggregates):
        table, values = _distinct(shape, family) if family[0].kind == "distinct" else _totals(shape, family)
        part = table.aggregate(**{f"a{number}": value for number, value in enumerate(values.values(), start=len(order))})
        answer = part if answer is None else answer.cross_join(part)
        order += values
    assert answer is not None
    places = tuple((order.index(_value_of(aggregate)), order.index(_rows_of(aggregate))) for aggregate in aggregates)
    return Fused(statement=to_sql(answer, dialect), places=places)


def _families(aggregates: tuple[Aggregate, ...]) -> list[tuple[Aggregate, ...]]:
    # Distinct counts have no partial sums. What asks about all times would keep the others from skipping files by date.
    def family(aggregate: Aggregate) -> int:
        return 2 if aggregate.kind == "distinct" else 1 if aggregate.window.kind == "any" else 0

    return [found for number in range(3) if (found := tuple(each for each in aggregates if family(each) == number))]


def _value_of(aggregate: Aggregate) -> Output:
    return (aggregate.kind, aggregate.column if aggregate.kind != "count" else None, masks.atoms(aggregate))


def _rows_of(aggregate: Aggregate) -> Output:
    return ("count", None, masks.atoms(aggregate))


def _distinct(shape: Shape, family: tuple[Aggregate, ...]) -> tuple[ir.Table, dict[Output, ir.Scalar]]:
    shared = masks.enclosing(family)
    rows = matching(shape.table(), shared)
    values: dict[Output, ir.Scalar] = {}
    for aggregate in family:
        mask = masks.every(rows, tuple(atom for atom in masks.atoms(aggregate) if atom not in shared))
        values[_value_of(aggregate)] = rows[aggregate.column].nunique(where=mask)
        values[_rows_of(aggregate)] = rows.count(where=mask)
    return rows, values


def _totals(shape: Shape, family: tuple[Aggregate, ...]) -> tuple[ir.Table, dict[Output, ir.Scalar]]:
    shared = masks.enclosing(family)
    rows = matching(shape.table(), shared)
    telling = dict.fromkeys(atom for aggregate in family for atom in masks.atoms(aggregate) if atom not in shared)
    flags = {atom: f"c{number}" for number, atom in enumerate(telling)}
    parts: dict[tuple[str, str | None], str] = {("count", None): "n"}
    for aggregate in family:
        if aggregate.kind != "count":
            parts.setdefault((aggregate.kind, aggregate.column), f"p{len(parts)}")
    groups = rows
    if flags:
        by = {name: masks.expression(rows, atom) for atom, name in flags.items()}
        groups = rows.group_by(**by).aggregate(**{name: _over(rows, *what) for what, name in parts.items()})
    values: dict[Output, ir.Scalar] = {}
    for aggregate in family:
        for output in (_value_of(aggregate), _rows_of(aggregate)):
            kind, column, atoms = output
            wanted = [groups[flags[atom]] for atom in atoms if atom in flags]
            where = reduce(operator.and_, wanted) if wanted else None
            values[output] = _of_groups(groups[parts[kind, column]], kind, where) if flags else _over(rows, kind, column)
    return groups, values


def _of_groups(part: ir.Column, kind: str, where: ir.BooleanValue | None) -> ir.Scalar:
    if kind in ("min", "max"):
        return part.min(where=where) if kind == "min" else part.max(where=where)
    return part.sum(where=where)


def _over(rows: ir.Table, kind: str, column: str | None) -> ir.Scalar:
    if kind == "count" or column is None:
        return rows.count()
    value = rows[column]
    if kind == "sum":
        return value.sum()
    return value.min() if kind == "min" else value.max()


def check(shape: Shape, aggregate: Aggregate) -> None:
    """Raises AnjuError when the engine lacks a column the aggregate needs, or cannot add it up."""
    for column in masks.columns_read(aggregate):
        shape.kind(column)
    if aggregate.kind in ("sum", "min", "max"):
        kind = shape.kind(aggregate.column or "")
        if kind == "string" or (aggregate.kind == "sum" and kind != "int64"):
            raise AnjuError.of(
                "figures.not_a_number", f"“{aggregate.column}”不是数值列，不能用于{aggregate.kind}。", where=shape.table_name
            )


def matching(table: ir.Table, wanted: tuple[Atom, ...]) -> ir.Table:
    """The rows for which all of these conditions are true."""
    mask = masks.every(table, wanted)
    return table if mask is None else table.filter(mask)


@lru_cache(maxsize=256)
def listing(shape: Shape, aggregate: Aggregate, columns: tuple[str, ...], dialect: str, offset: int = 0, limit: int | None = None) -> str:
    """The contributing rows, ordered by the date of the window, record table and id; columns in the given order."""
    rows = _rows(shape, aggregate)
    rows = rows.order_by(_order(rows, aggregate)).select(*columns)
    return to_sql(rows if limit is None else rows.limit(limit, offset=offset), dialect)


@lru_cache(maxsize=256)
def keys(shape: Shape, aggregate: Aggregate, dialect: str) -> str:
    """(record_table, record_id, contributed) of the contributing rows, by record table and id."""
    rows = _rows(shape, aggregate)
    chosen = rows.select("record_table", "record_id", contributed=_contributed(rows, aggregate))
    return to_sql(chosen.order_by(["record_table", "record_id"]), dialect)


@lru_cache(maxsize=256)
def different(shape: Shape, aggregate: Aggregate, column: str, dialect: str, limit: int) -> str:
    """The different values of a column among the contributing rows, ascending, null last."""
    shape.kind(column)
    # Not select().distinct(): ibis 12 then adds the filtered columns to the DISTINCT of the postgres dialect and values come doubled.
    rows = _rows(shape, aggregate).group_by(column).aggregate(n=ibis._.count())
    return to_sql(rows.order_by(ibis.asc(rows[column], nulls_first=False)).limit(limit).select(column), dialect)


def _rows(shape: Shape, aggregate: Aggregate) -> ir.Table:
    check(shape, aggregate)
    return matching(shape.table(), masks.atoms(aggregate))


def _order(rows: ir.Table, aggregate: Aggregate) -> list[Any]:
    dated = [rows[aggregate.window.column]] if aggregate.window.kind != "any" else []
    return [*dated, rows.record_table, rows.record_id]


def _contributed(rows: ir.Table, aggregate: Aggregate) -> ir.IntegerValue:
    if aggregate.kind == "sum" and aggregate.column:
        return rows[aggregate.column].fill_null(0)
    return ibis.literal(1, type="int64")


def to_sql(expression: ir.Table, dialect: str) -> str:
    """The statement in this dialect."""
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
