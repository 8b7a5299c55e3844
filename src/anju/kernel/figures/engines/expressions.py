"""From aggregates to one relational expression per fact: the only definition both engines compile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir

from anju.kernel.errors import AnjuError
from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.engines import masks
from anju.kernel.figures.engines.masks import Atom
from anju.kernel.figures.engines.shapes import Shape


@dataclass(frozen=True, slots=True)
class Fused:
    """One statement for many aggregates. `places`: per aggregate the positions of its value and of its row count in the one row."""

    statement: str
    places: tuple[tuple[int, int], ...]


@lru_cache(maxsize=512)
def fused(shape: Shape, aggregates: tuple[Aggregate, ...], dialect: str) -> Fused:
    """Compile all aggregates over one fact into a single statement. Compiled once per set, shape and dialect ("duckdb", "postgres").

    The rows are first grouped by which of the conditions they satisfy, with partial sums per group; each aggregate then adds up the
    few groups it wants. Five times faster than a filtered sum per aggregate over the rows.
    """
    for aggregate in aggregates:
        _check(shape, aggregate)
    shared = masks.enclosing(aggregates)
    rows = _where(shape.table(), shared)
    wanted = {aggregate: tuple(atom for atom in masks.atoms(aggregate) if atom not in shared) for aggregate in aggregates}
    groups = _Groups(rows, wanted)
    outputs: dict[tuple[Any, ...], ir.Scalar] = {}
    distinct: dict[tuple[Any, ...], ir.Scalar] = {}
    for aggregate, mask in wanted.items():
        outputs.setdefault(("count", None, mask), groups.total("count", None, mask))
        if aggregate.kind == "distinct":
            distinct.setdefault(_key(aggregate, mask), rows[aggregate.column].nunique(where=masks.every(rows, mask)))
        else:
            outputs.setdefault(_key(aggregate, mask), groups.total(aggregate.kind, aggregate.column, mask))
    order = [*outputs, *distinct]
    answer = groups.table.aggregate(**{f"a{number}": each for number, each in enumerate(outputs.values())})
    if distinct:
        answer = answer.cross_join(rows.aggregate(**{f"d{number}": each for number, each in enumerate(distinct.values())}))
    places = tuple((order.index(_key(each, mask)), order.index(("count", None, mask))) for each, mask in wanted.items())
    return Fused(statement=_sql(answer, dialect), places=places)


class _Groups:
    """The rows grouped by the conditions they satisfy. Not grouped when no condition tells the aggregates apart."""

    def __init__(self, rows: ir.Table, wanted: dict[Aggregate, tuple[Atom, ...]]) -> None:
        different = list(dict.fromkeys(atom for mask in wanted.values() for atom in mask))
        self.flags = {atom: f"c{number}" for number, atom in enumerate(different)}
        self.parts = {("count", None): "n"}
        for aggregate in wanted:
            if aggregate.kind in ("sum", "min", "max"):
                self.parts.setdefault((aggregate.kind, aggregate.column), f"p{len(self.parts)}")
        self.table = rows
        if self.flags:
            by = {name: masks.expression(rows, atom) for atom, name in self.flags.items()}
            partial = {name: _over(rows, kind, column) for (kind, column), name in self.parts.items()}
            self.table = rows.group_by(**by).aggregate(**partial)

    def total(self, kind: str, column: str | None, mask: tuple[Atom, ...]) -> ir.Scalar:
        """This aggregate over the rows (or groups) that satisfy the mask."""
        if not self.flags:
            return _over(self.table, kind, column)
        part = self.table[self.parts[kind, column]]
        where = None
        for atom in mask:
            flag = self.table[self.flags[atom]]
            where = flag if where is None else where & flag
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


def _key(aggregate: Aggregate, mask: tuple[Atom, ...]) -> tuple[Any, ...]:
    return (aggregate.kind, aggregate.column if aggregate.kind != "count" else None, mask)


def _check(shape: Shape, aggregate: Aggregate) -> None:
    for column in masks.columns_read(aggregate):
        shape.kind(column)
    if aggregate.kind in ("sum", "min", "max"):
        kind = shape.kind(aggregate.column or "")
        if kind == "string" or (aggregate.kind == "sum" and kind != "int64"):
            raise AnjuError.of(
                "figures.not_a_number", f"“{aggregate.column}”不是数值列，不能用于{aggregate.kind}。", where=shape.table_name
            )


def _where(table: ir.Table, wanted: tuple[Atom, ...]) -> ir.Table:
    mask = masks.every(table, wanted)
    return table if mask is None else table.filter(mask)


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
    # Not select().distinct(): ibis 12 then adds the filtered columns to the DISTINCT of the postgres dialect and values come doubled.
    rows = _rows(shape, aggregate).group_by(column).aggregate(n=ibis._.count())
    return _sql(rows.order_by(ibis.asc(rows[column], nulls_first=False)).limit(limit).select(column), dialect)


def _rows(shape: Shape, aggregate: Aggregate) -> ir.Table:
    _check(shape, aggregate)
    return _where(shape.table(), masks.atoms(aggregate))


def _order(rows: ir.Table, aggregate: Aggregate) -> list[Any]:
    dated = [rows[aggregate.window.column]] if aggregate.window.kind != "any" else []
    return [*dated, rows.record_table, rows.record_id]


def _contributed(rows: ir.Table, aggregate: Aggregate) -> ir.IntegerValue:
    if aggregate.kind == "sum" and aggregate.column:
        return rows[aggregate.column].fill_null(0)
    return ibis.literal(1, type="int64")


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
