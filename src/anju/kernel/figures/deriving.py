"""Exact arithmetic above the engines: ratios, sums, growth, ranks. Plain numbers in, plain numbers out; nothing is rounded here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from anju.kernel.figures.aggregates import Aggregate, AggregateResult
from anju.kernel.figures.figure import Missing
from anju.kernel.figures.indicators import EXTREMES, Indicator, RankRule, ScopeChange
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Question
from anju.kernel.quantities.units import RATE

Answers = Mapping[Aggregate, AggregateResult]


@dataclass(frozen=True, slots=True)
class Solved:
    """A question and its exact value in the indicator's unit, or why there is none."""

    question: Question
    value: Fraction | None
    rows: int
    missing: Missing | None = None
    inputs: tuple[Solved, ...] = ()


def solve(question: Question, answers: Answers) -> Solved:
    """The value of a question from the engine's integers."""
    if question.aggregate is not None:
        answer = answers[question.aggregate]
        if answer.value is None and question.indicator.kind in EXTREMES:
            return Solved(question, None, answer.rows, "no_rows")
        return Solved(question, (answer.value or 0) * question.factor, answer.rows)
    inputs = tuple(solve(each, answers) for each in question.inputs)
    rows = _rows(question, answers)
    known = [each.value for each in inputs if each.value is not None]
    if len(known) != len(inputs):
        return Solved(question, None, rows, next(each.missing for each in inputs if each.missing), inputs)
    if question.indicator.kind == "sum_of":
        factor = question.indicator.unit.factor
        total = sum((value * each.question.indicator.unit.factor for value, each in zip(known, inputs, strict=True)), Fraction(0))
        return Solved(question, total / factor, rows, None, inputs)
    value, missing = _quotient(question.indicator, inputs)
    return Solved(question, value, rows, missing, inputs)


def _rows(question: Question, answers: Answers) -> int:
    """Rows behind a derived value: those of each set of rows once, however many columns of it are used."""
    aggregates = [leaf.aggregate for leaf in question.leaves() if leaf.aggregate is not None]
    return sum({aggregate.row_set(): answers[aggregate].rows for aggregate in aggregates}.values())


def _quotient(indicator: Indicator, inputs: Sequence[Solved]) -> tuple[Fraction | None, Missing | None]:
    above, below = inputs
    if indicator.kind == "completion" and below.rows == 0:
        return None, "no_target"
    if indicator.inverse:
        above, below = below, above
    top, bottom = above.question.indicator.unit, below.question.indicator.unit
    return quotient((above.value or Fraction(0)) * top.factor, (below.value or Fraction(0)) * bottom.factor, indicator)


def quotient(above: Fraction, below: Fraction, indicator: Indicator) -> tuple[Fraction | None, Missing | None]:
    """One amount in base units over another, in the indicator's unit (percent for rates). No number over zero (invariant 14)."""
    if below == 0:
        return None, "zero_denominator"
    percent = 100 if indicator.unit.dimension == RATE else 1
    return above / below * percent / indicator.unit.factor, None


def growth(now: Fraction, base: Fraction) -> tuple[Fraction | None, Missing | None]:
    """(now - base) / base in percent; none over a zero or negative base (invariant 15)."""
    if base == 0:
        return None, "zero_base"
    if base < 0:
        return None, "negative_base"
    return (now - base) / base * 100, None


def scope_change_between(question: Question, base: Period) -> ScopeChange | None:
    """The scope change that parts a period from its base: the latest incomparable one, else the latest."""
    changes = set(question.indicator.scope_changes)
    for leaf in question.leaves():
        changes.update(leaf.indicator.scope_changes)
    flow = any(leaf.indicator.time is not None and leaf.indicator.time.kind == "flow" for leaf in question.leaves())
    # A flow counts from its first day on, a stock only on its last: a change on 1 January parts 2023H1 from 2022H1 either way.
    begin = base.start if flow else base.end
    crossed = [change for change in changes if begin < change.on <= question.period.end]
    return max(crossed, key=lambda change: (not change.comparable, change.on), default=None)


def was_recorded(base: Question, answers: Answers) -> bool:
    """False when a book the base needs had not begun by then: what is not recorded is not zero."""
    for leaf in base.leaves():
        time, begins = leaf.indicator.time, leaf.begins
        if time is None or begins is None:
            continue
        first = answers[begins].value
        from_day = time.start(base.period)
        starts = leaf.indicator.recorded_from or base.indicator.recorded_from
        if first is None or date.fromordinal(first) > base.period.end:
            return False
        if starts is not None and (base.period.start if time.kind == "flow" else base.period.end) < starts:
            return False
        if from_day is not None and from_day > base.period.end:
            return False
    return True


def positions(values: Mapping[str, Fraction], rule: RankRule) -> dict[str, int]:
    """The place of each, on unrounded values (invariant 20). Equal values share a place."""
    counts = Counter(values.values())
    places, ahead = {}, 0
    for value in sorted(counts, reverse=rule.order == "desc"):
        places[value] = ahead + 1
        ahead += 1 if rule.ties == "dense" else counts[value]
    return {name: places[value] for name, value in values.items()}
