"""Conditions of indicators, normalised so that two ways of writing one thing are one aggregate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from anju.kernel.figures.aggregates import ALWAYS, Condition, Literalish


def every(conditions: Iterable[Condition]) -> Condition:
    """All of them: nested `all` flattened, doubles dropped, in a fixed order; a single one stands alone."""
    flat: set[Condition] = set()
    for condition in conditions:
        if condition[0] == "all":
            flat.update(condition[1])
        else:
            flat.add(condition)
    if len(flat) == 1:
        return next(iter(flat))
    return ("all", tuple(sorted(flat, key=_order)))


def both(*conditions: Condition) -> Condition:
    """`every` of the arguments."""
    return every(conditions)


def some(conditions: Iterable[Condition]) -> Condition:
    """At least one of them: nested `any` flattened, doubles dropped, in a fixed order; a single one stands alone."""
    flat: set[Condition] = set()
    for condition in conditions:
        if condition[0] == "any":
            flat.update(condition[1])
        else:
            flat.add(condition)
    if ALWAYS in flat:
        return ALWAYS
    if len(flat) == 1:
        return next(iter(flat))
    return ("any", tuple(sorted(flat, key=_order)))


def negated(condition: Condition) -> Condition:
    """Everything the condition does not hold for, nulls included."""
    return condition[1] if condition[0] == "not" else ("not", condition)


def is_one_of(column: str, literals: Iterable[Literalish]) -> Condition:
    """The column equals one of the literals."""
    return ("in", column, tuple(sorted(set(literals), key=_order)))


def compares(column: str, operator: str, literal: Literalish) -> Condition:
    """gt, gte, lt or lte."""
    return ("compare", column, operator, literal)


def is_null(column: str, null: bool = True) -> Condition:
    """The column is empty (or is not)."""
    return ("null", column, null)


def columns_of(condition: Condition) -> set[str]:
    """The columns a condition reads."""
    if condition[0] in ("all", "any"):
        return set().union(*(columns_of(each) for each in condition[1]))
    return columns_of(condition[1]) if condition[0] == "not" else {condition[1]}


def _order(value: Any) -> tuple[str, str]:
    # Any fixed total order will do; mixed types have none of their own, and numbers must not sort by their type alone.
    if isinstance(value, int) and not isinstance(value, bool):
        return ("int", f"{value + 10**30:040d}")
    return (type(value).__name__, value.isoformat() if isinstance(value, date) else repr(value))
