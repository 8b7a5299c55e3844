"""Terms for many cases at once: NumPy columns of 64-bit integers with a mask of what is known. Equal to `scalar`, row by row.

Where a value is unknown the column holds zero (false); nothing reads it without asking the mask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anju.kernel.rules.scalar import Value, evaluate
from anju.kernel.rules.terms import Term

Array = NDArray[Any]
EPOCH = 719_163
"""The ordinal of 1970-01-01."""


@dataclass(frozen=True, slots=True)
class Column:
    """`values` and `known` are arrays of one length, or one value for all rows. `known` None: all are."""

    values: Any
    known: Array | None = None

    @property
    def mask(self) -> Any:
        """What is known, as something to compute with."""
        return True if self.known is None else self.known


def compute(term: Term, given: Mapping[str, Column], memo: dict[int, Column] | None = None) -> Column:
    """The column of a term for columns of inputs."""
    held = {} if memo is None else memo
    if id(term) not in held:
        held[id(term)] = _column(term, given, held)
    return held[id(term)]


def _column(term: Term, given: Mapping[str, Column], memo: dict[int, Column]) -> Column:
    if term.op == "given":
        return given[term.data["name"]]
    if term.op in ("const", "parameter"):
        return Column(int(term.data["value"]))
    args = [compute(arg, given, memo) for arg in term.args]
    if term.op == "known":
        return Column(args[0].mask)
    if all(np.ndim(arg.values) == 0 for arg in args):
        return _single(term, args)
    if term.op in ("and", "or"):
        return _joined(term.op == "and", *args)
    if term.op == "choose":
        return _chosen(*args)
    known = _all_known(args)
    given_values = (arg.values for arg in args)
    values, extra = (PLAIN[term.op](*given_values), None) if term.op in PLAIN else WITH_DATA[term.op](term.data, *given_values)
    if extra is not None:
        known = extra if known is None else known & extra
    if known is not None:
        values = np.where(known, values, values.dtype.type(0))
    return Column(values, known)


def _single(term: Term, args: list[Column]) -> Column:
    """A term over single values is computed once, by the scalar definition."""
    inner = tuple(Term("given", kind=arg.kind, data={"name": str(place)}) for place, arg in enumerate(term.args))
    given: dict[str, Value] = {str(place): arg.values if np.all(arg.mask) else None for place, arg in enumerate(args)}
    value = evaluate(Term(term.op, inner, kind=term.kind, unit=term.unit, scale=term.scale, data=term.data), given)
    return Column(0, np.zeros((), dtype=bool)) if value is None else Column(value)


def _all_known(args: list[Column]) -> Array | None:
    known: Array | None = None
    for arg in args:
        if arg.known is not None:
            known = arg.known if known is None else known & arg.known
    return known


def _joined(conjunction: bool, one: Column, other: Column) -> Column:
    a, b, ka, kb = one.values, other.values, one.mask, other.mask
    if one.known is None and other.known is None:
        return Column(np.logical_and(a, b) if conjunction else np.logical_or(a, b))
    # A known false decides a conjunction, a known true a disjunction; unknown columns hold false.
    decided = (ka & ~np.asarray(a, bool)) | (kb & ~np.asarray(b, bool)) if conjunction else np.logical_or(a, b)
    known = np.logical_or(np.logical_and(ka, kb), decided)
    values = np.logical_and(a, b) if conjunction else np.logical_or(a, b)
    return Column(np.logical_and(values, known), known)


def _chosen(condition: Column, then: Column, otherwise: Column) -> Column:
    values = np.where(condition.values, then.values, otherwise.values)
    if condition.known is None and then.known is None and otherwise.known is None:
        return Column(values)
    known = np.logical_and(condition.mask, np.where(condition.values, then.mask, otherwise.mask))
    return Column(np.where(known, values, values.dtype.type(0)), known)


def _rescaled(data: Mapping[str, Any], values: Any) -> tuple[Any, None]:
    return values * data["by"], None


def _is_in(data: Mapping[str, Any], codes: Any) -> tuple[Any, None]:
    return np.isin(codes, data["codes"]), None


def _divide(data: Mapping[str, Any], over: Any, under: Any) -> tuple[Any, None]:
    up, down = over * data["up"], np.maximum(under * data["down"], 1)
    units = (2 * np.abs(up) + down) // (2 * down)
    return np.where(np.asarray(up) < 0, -units, units), None


def _positive(data: Mapping[str, Any], values: Any) -> tuple[Any, Array]:
    return values, values > 0


def _table(data: Mapping[str, Any], keys: Array) -> tuple[Array, Array | None]:
    at = np.array([int(key) for key in data["rows"]], dtype=np.int64)
    rows = np.array(list(data["rows"].values()), dtype=np.int64)
    place = np.searchsorted(at, keys, side="right") - 1
    values = rows[np.maximum(place, 0)]
    return values, None if data["clamp"] else (place >= 0) & (at[np.maximum(place, 0)] == keys)


def _months_later(data: Mapping[str, Any], days: Any, months: Any) -> tuple[Any, Array]:
    day = (np.asarray(days) - EPOCH).astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    later = month + np.asarray(months)
    place = (day - month.astype("datetime64[D]")).astype(np.int64)
    length = ((later + 1).astype("datetime64[D]") - later.astype("datetime64[D]")).astype(np.int64)
    found = later.astype("datetime64[D]").astype(np.int64) + np.minimum(place, length - 1) + EPOCH
    number = later.astype(np.int64) + 1970 * 12
    return found, (number >= 12) & (number < 10_000 * 12)


PLAIN: Mapping[str, Callable[..., Any]] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "min": np.minimum,
    "max": np.maximum,
    "le": np.less_equal,
    "lt": np.less,
    "ge": np.greater_equal,
    "gt": np.greater,
    "eq": np.equal,
    "not": np.logical_not,
}
WITH_DATA: Mapping[str, Callable[..., tuple[Any, Array | None]]] = {
    "rescale": _rescaled,
    "positive": _positive,
    "divide": _divide,
    "in": _is_in,
    "table": _table,
    "months_later": _months_later,
}
