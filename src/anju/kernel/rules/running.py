"""A rule for many cases at once; any row can be judged again by itself, with its trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from anju.kernel.rules.columns import Column, compute
from anju.kernel.rules.judging import Judgement, Verdict, judge, out_of_bounds, stored
from anju.kernel.rules.rule import Rule
from anju.kernel.rules.scalar import Value


@dataclass(frozen=True, slots=True)
class Judgements:
    """One row per case. `verdict`: as `Verdict`. `amount`: stored value granted, 0 where none is.

    `failed`, `open`: bit i stands for check i, refused and undecided. `steps`: further columns that were asked for, 0 where unknown.
    """

    verdict: NDArray[np.int8]
    amount: NDArray[np.int64]
    failed: NDArray[np.int64]
    open: NDArray[np.int64]
    steps: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)


def judge_many(rule: Rule, given: Mapping[str, Column], rows: int, *, steps: tuple[str, ...] = ()) -> Judgements:
    """Judge `rows` cases. `given`: a column per input of the rule; one left out is unknown for all. See `judging.stored` for errors."""
    columns = _accepted(rule, given)
    memo: dict[int, Column] = {}
    failed, undecided = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    for place, check in enumerate(rule.checks):
        found = compute(check.term, columns, memo)
        failed |= np.where(np.logical_and(found.mask, ~np.asarray(found.values, bool)), np.int64(1 << place), np.int64(0))
        if found.known is not None:
            undecided |= np.where(found.known, np.int64(0), np.int64(1 << place))
    granted = Column(0) if rule.granted is None else compute(rule.granted.term, columns, memo)
    verdict = np.where(
        failed != 0, Verdict.REFUSED, np.where((undecided != 0) | ~np.asarray(granted.mask), Verdict.UNKNOWN, Verdict.GRANTED)
    )
    amount = np.where(verdict == Verdict.GRANTED, granted.values, 0).astype(np.int64)
    further = {name: np.broadcast_to(compute(rule.steps[name].term, columns, memo).values, (rows,)).astype(np.int64) for name in steps}
    return Judgements(verdict.astype(np.int8), amount, failed, undecided, further)


def judge_row(rule: Rule, given: Mapping[str, Column], row: int) -> Judgement:
    """The trace of one row of a run."""
    return judge(rule, {name: value_at(column, row) for name, column in given.items()})


def value_at(column: Column, row: int) -> Value:
    """What a column holds for a row; None when it is unknown."""
    if column.known is not None and not (column.known if np.ndim(column.known) == 0 else column.known[row]):
        return None
    value = column.values if np.ndim(column.values) == 0 else column.values[row]
    return bool(value) if isinstance(value, bool | np.bool_) else int(value)


def _accepted(rule: Rule, given: Mapping[str, Column]) -> dict[str, Column]:
    stored(rule, dict.fromkeys(given))
    accepted = {}
    for name, one in rule.givens.items():
        column = given.get(name, Column(0, np.zeros((), dtype=bool)))
        values = np.where(column.mask, column.values, 0) if column.known is not None else np.asarray(column.values)
        values = values.astype(bool) if one.term.kind == "truth" else values.astype(np.int64)
        if one.term.kind != "truth" and values.size and not one.term.low <= int(values.min()) <= int(values.max()) <= one.term.high:
            raise out_of_bounds(one)
        accepted[name] = Column(values[()] if values.ndim == 0 else values, column.known)
    return accepted
