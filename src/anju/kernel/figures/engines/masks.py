"""What a row must satisfy to contribute to an aggregate, as separate conditions that aggregates can share."""

from __future__ import annotations

import operator
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from anju.kernel.figures.aggregates import Aggregate, Condition, Window
from anju.kernel.figures.conditions import columns_of

_COMPARE = {"gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}

Atom = tuple[Any, ...]
"""One condition of an aggregate, comparable: ("region", prefix), ("bureau", id), ("window", Window) or ("where", Condition)."""


def atoms(aggregate: Aggregate) -> tuple[Atom, ...]:
    """The conditions of an aggregate; a row contributes when every one of them is true."""
    found: list[Atom] = []
    if aggregate.region:
        found.append(("region", aggregate.region))
    if aggregate.bureau_id is not None:
        found.append(("bureau", aggregate.bureau_id))
    if aggregate.window.kind != "any":
        found.append(("window", aggregate.window))
    parts = aggregate.where[1] if aggregate.where[0] == "all" else (aggregate.where,)
    return (*found, *(("where", part) for part in parts))


def every(table: ir.Table, wanted: tuple[Atom, ...]) -> ir.BooleanValue | None:
    """All of these conditions on the rows of the table; None when there are none."""
    return reduce(operator.and_, (expression(table, atom) for atom in wanted)) if wanted else None


def expression(table: ir.Table, atom: Atom) -> ir.BooleanValue:
    """One condition on the rows of the table."""
    match atom:
        case ("region", prefix):
            return within(table, prefix)
        case ("bureau", number):
            return table.bureau_id == number
        case ("window", window):
            return _time(table, window)
        case ("where", condition):
            return _condition(table, condition)
    raise ValueError(f"not an atom: {atom!r}")


def enclosing(aggregates: tuple[Aggregate, ...]) -> tuple[Atom, ...]:
    """Conditions that hold for every row any of the aggregates counts: what they share, and the hull of their times and places."""
    shared = set.intersection(*(set(atoms(aggregate)) for aggregate in aggregates))
    found = [atom for atom in atoms(aggregates[0]) if atom in shared]
    if not any(atom[0] == "region" for atom in found):
        prefix = _common_prefix([aggregate.region for aggregate in aggregates])
        found += [("region", prefix)] if prefix else []
    if not any(atom[0] == "window" for atom in found):
        hull = _hull([aggregate.window for aggregate in aggregates])
        found += [("window", hull)] if hull else []
    return tuple(found)


def within(table: ir.Table, region: str) -> ir.BooleanValue:
    """Rows of a region and below: a range instead of a prefix test, so that files and indexes can skip what lies outside."""
    stem = region.rstrip("9")
    above = table.region_code >= region
    # The least code after every code with this prefix; after 99 there is none. Codes are digits.
    return above & (table.region_code < stem[:-1] + str(int(stem[-1]) + 1)) if stem else above


def _time(table: ir.Table, window: Window) -> ir.BooleanValue:
    column = table[window.column]
    inside = column <= window.end
    if window.kind == "dated":
        return inside if window.start is None else (column >= window.start) & inside
    if window.until_column is None:
        return inside
    until = table[window.until_column]
    return inside & (until.isnull() | (until > window.end))


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


def _common_prefix(regions: list[str]) -> str:
    first, last = min(regions), max(regions)
    length = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:length]


def _hull(windows: list[Window]) -> Window | None:
    if any(window.kind == "any" for window in windows) or len({window.column for window in windows}) > 1:
        return None
    starts = [window.start if window.kind == "dated" else None for window in windows]
    start = None if None in starts else min(each for each in starts if each is not None)
    return Window(kind="dated", column=windows[0].column, start=start, end=max(window.end for window in windows))


def columns_read(aggregate: Aggregate) -> set[str]:
    """The columns an aggregate needs, identity apart."""
    window = {aggregate.window.column, aggregate.window.until_column} if aggregate.window.kind != "any" else set()
    return {name for name in {aggregate.column, *window, *columns_of(aggregate.where)} if name}
