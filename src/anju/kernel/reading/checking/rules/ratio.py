"""Rates and shares that do not follow from their two figures, or follow from another base (invariants 9, 13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from anju.kernel.quantities.intervals import Interval
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.rules.ratio_pairs import Pair, pairs_of
from anju.kernel.reading.checking.saying import percent_range, said
from anju.kernel.reading.figure import ReadFigure

_ROLES = ("rate", "share", "target", "plan")
CLOSE = Fraction(1, 20)


def check_ratio(examined: Examined) -> Iterator[Finding]:
    """ratio: printed rate = numerator / denominator within the roundings of all three; silent where the text prints no base for it.

    A base that the words leave open gives a warning, and only when the quotient comes within a twentieth of the printed rate or the base
    is the only one in the sentence.
    """
    for rate in examined.figures:
        printed = examined.interval(rate)
        if printed is None or rate.unit not in ("%", "％") or rate.role not in _ROLES or rate.direction is not None:
            continue
        pairs = list(pairs_of(examined, rate))
        if not pairs or any(pair.quotient.meets(printed) for pair in pairs):
            continue
        firm = [pair for pair in pairs if pair.firm]
        close = [pair for pair in pairs if abs(pair.quotient.middle - printed.middle) <= printed.middle * CLOSE]
        likely = close or [pair for pair in pairs if pair.likely]
        chosen = firm[0] if firm else likely[0] if likely else None
        if chosen is not None:
            yield _finding(examined, rate, printed, chosen, [pair for pair in pairs if pair is not chosen])


def _finding(examined: Examined, rate: ReadFigure, printed: Interval, chosen: Pair, others: Sequence[Pair]) -> Finding:
    computed, stated = _percent(chosen.quotient, rate.places + 1), _percent(printed, rate.places + 1)
    division = f"{chosen.above.text} ÷ {chosen.below.text}"
    ways = "；".join(f"{pair.above.text} ÷ {pair.below.text} = {_percent(pair.quotient, rate.places)}" for pair in others)
    advice = "请核对分子、分母与比率是否同一范围、同一截止日期；若分母另有口径，请写明。" + (f"另一算法：{ways}。" if ways else "")
    return examined.finding(
        "ratio",
        "error" if chosen.firm else "warning",
        f"{division} = {computed}，与{said(rate)}不符。",
        advice,
        rate,
        chosen.above,
        chosen.below,
        arithmetic=f"{division}在{computed}之间；{rate.text}是{stated}",
    )


def _percent(interval: Interval, places: int) -> str:
    return percent_range(interval.times(Fraction(1, 100)), places)
