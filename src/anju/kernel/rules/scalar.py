"""Terms for one case: plain Python integers, None where a value is unknown. Exact whatever their size."""

from __future__ import annotations

import calendar
import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from anju.kernel.rules.terms import Term

Value = int | bool | None


def evaluate(term: Term, given: Mapping[str, Value], memo: dict[int, Value] | None = None) -> Value:
    """The value of a term for these inputs; None when it hangs on something unknown.

    Three-valued: `false and unknown` is false, `true or unknown` is true, everything else with something unknown is unknown.
    """
    held = {} if memo is None else memo
    if id(term) not in held:
        held[id(term)] = _value(term, given, held)
    return held[id(term)]


def _value(term: Term, given: Mapping[str, Value], memo: dict[int, Value]) -> Value:
    match term.op:
        case "given":
            return given[term.data["name"]]
        case "const" | "parameter":
            return int(term.data["value"])
        case "known":
            return evaluate(term.args[0], given, memo) is not None
        case "and" | "or":
            return _joined(term.op == "and", [evaluate(arg, given, memo) for arg in term.args])
        case "choose":
            condition = evaluate(term.args[0], given, memo)
            return None if condition is None else evaluate(term.args[1 if condition else 2], given, memo)
    values = [evaluate(arg, given, memo) for arg in term.args]
    if any(value is None for value in values):
        return None
    return PLAIN[term.op](*values) if term.op in PLAIN else WITH_DATA[term.op](term.data, *values)


def _joined(conjunction: bool, values: list[Value]) -> Value:
    deciding = not conjunction
    if any(value is deciding for value in values):
        return deciding
    return None if any(value is None for value in values) else conjunction


def half_up(over: int, under: int) -> int:
    """over / under rounded half away from zero; `under` is positive."""
    units = (2 * abs(over) + under) // (2 * under)
    return -units if over < 0 else units


def months_later(day: int, months: int) -> int | None:
    """The ordinal of the day so many months later, the last of a shorter month; None beyond the calendar."""
    at = date.fromordinal(day)
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(at.day, calendar.monthrange(year, month + 1)[1])).toordinal()


def _positive(value: int) -> int | None:
    return value if value > 0 else None


def _rescaled(data: Mapping[str, Any], value: int) -> int:
    return value * int(data["by"])


def _divided(data: Mapping[str, Any], over: int, under: int) -> int:
    return half_up(over * data["up"], under * data["down"])


def _is_in(data: Mapping[str, Any], code: int) -> bool:
    return code in data["codes"]


def _table(data: Mapping[str, Any], key: int) -> int | None:
    rows: Mapping[str, int] = data["rows"]
    if data["clamp"]:
        keys = [int(at) for at in rows]
        key = min(max(key, min(keys)), max(keys))
        return rows[str(max(at for at in keys if at <= key))]
    return rows.get(str(key))


PLAIN: Mapping[str, Callable[..., Value]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "positive": _positive,
    "min": min,
    "max": max,
    "le": operator.le,
    "lt": operator.lt,
    "ge": operator.ge,
    "gt": operator.gt,
    "eq": operator.eq,
    "not": operator.not_,
    "months_later": months_later,
}
WITH_DATA: Mapping[str, Callable[..., Value]] = {"rescale": _rescaled, "divide": _divided, "in": _is_in, "table": _table}
