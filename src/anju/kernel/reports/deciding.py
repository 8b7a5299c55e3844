"""Decide a condition on exact values; a comparison with a figure that is missing does not hold."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction

from anju.kernel.figures.figure import Figure
from anju.kernel.quantities.units import convert, unit
from anju.kernel.reports.language.nodes import Amount, Both, Compare, Condition, Known, Not, Reference

_OPERATORS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


def holds(condition: Condition, figures: Mapping[Reference, Figure]) -> bool:
    """Whether the condition holds. Raises AnjuError `quantities.unit_mismatch` when it compares different kinds of things."""
    if isinstance(condition, Compare):
        return _compare(condition, figures)
    if isinstance(condition, Known):
        return figures[condition.reference].value is not None
    if isinstance(condition, Not):
        return not holds(condition.inner, figures)
    if isinstance(condition, Both):
        return all(holds(part, figures) for part in condition.parts)
    return any(holds(part, figures) for part in condition.parts)


def _compare(condition: Compare, figures: Mapping[Reference, Figure]) -> bool:
    left, right = condition.left, condition.right
    unit_name = next((figures[side].unit for side in (left, right) if isinstance(side, Reference)), "")
    first, second = _value(left, unit_name, figures), _value(right, unit_name, figures)
    return first is not None and second is not None and _OPERATORS[condition.operator](first, second)


def _value(side: Reference | Amount, unit_name: str, figures: Mapping[Reference, Figure]) -> Fraction | None:
    """The value of one side in `unit_name`; a number without a unit is already in it."""
    if isinstance(side, Amount):
        return side.value if not side.unit or not unit_name else convert(side.value, unit(side.unit), unit(unit_name))
    figure = figures[side]
    if figure.value is None or figure.unit == unit_name:
        return figure.value
    return convert(figure.value, unit(figure.unit), unit(unit_name))
