"""Which columns the evidence of a figure shows, and how their values read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.conditions import columns_of
from anju.kernel.figures.facts import Column, Fact

NAMING = 3
"""How many of a fact's first columns stand for what names a row: a number, a name, a place."""


def chosen_columns(fact: Fact, aggregates: Iterable[Aggregate]) -> tuple[Column, ...]:
    """What names a row and what decided that and how much it counts, in the fact's own order; never a personal identifier."""
    listable = listable_columns(fact)
    wanted = {column.name for column in listable[:NAMING]}
    for aggregate in aggregates:
        wanted |= {aggregate.column or "", aggregate.window.column, aggregate.window.until_column or "", *columns_of(aggregate.where)}
    return tuple(column for column in listable if column.name in wanted)


def listable_columns(fact: Fact) -> tuple[Column, ...]:
    """Every column but the digests that stand in for personal identifiers."""
    return tuple(column for column in fact.columns.values() if column.type != "digest")


def number(column: Column, value: int) -> Decimal:
    """A stored integer in the column's unit, exactly."""
    places = len(str(column.scale)) - 1
    return Decimal(value).scaleb(-places)


def shown(column: Column, value: Any) -> str:
    """A stored value as people read it: thousands separators, labels for codes, year and month for months."""
    if value is None:
        return ""
    if column.kind == "int64":
        return f"{number(column, value):,f}"
    if isinstance(value, date):
        return value.strftime("%Y-%m") if column.type == "month" else value.isoformat()
    return column.choices.get(value, str(value))
