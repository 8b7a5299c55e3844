"""Shares of one whole that add up to more than 100%, or to nearly 100% and not to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from anju.kernel.quantities.intervals import Interval, total
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, Severity
from anju.kernel.reading.checking.saying import percent_range
from anju.kernel.reading.figure import ReadFigure

_SPLIT = re.compile(r"(?:分别)占(?!同期)|占比分别为|比重分别为|占[^，。；\d]{0,10}比[重例]分别为|比例分别为")
_JOIN = re.compile(r"^[、和及与]$")
HUNDRED, ONE = Interval.exactly(100), Fraction(1)


def check_shares(examined: Examined) -> Iterator[Finding]:
    """share_sum: 占比分别为30%、40%、35%."""
    for match in _SPLIT.finditer(examined.text):
        figures = _listed(examined, match.end(), examined.sentence_at(match.start())[1])
        known = [interval for figure in figures if (interval := examined.interval(figure)) is not None]
        if len(figures) < 2 or len(known) != len(figures):
            continue
        added = total(known)
        over, off = HUNDRED.below(added), abs(added.middle - 100) < ONE and not added.meets(HUNDRED)
        if not (over or off):
            continue
        words = " + ".join(figure.text for figure in figures)
        span = percent_range(added.times(Fraction(1, 100)))
        message = f"{words} = {percent_range(Interval.exactly(added.middle / 100))}，{'超过' if over else '不是'}100%。"
        advice = "请核对各占比；四舍五入所致的，可按最大余数法调整末位。"
        severity: Severity = "error" if over and not off else "warning"
        yield examined.finding("share_sum", severity, message, advice, *figures, arithmetic=f"合计在{span}之间")


def _listed(examined: Examined, start: int, end: int) -> list[ReadFigure]:
    figures: list[ReadFigure] = []
    for figure in examined.within(start, end):
        if figure.unit not in ("%", "％") or (figures and not _JOIN.match(examined.between(figures[-1], figure))):
            break
        figures.append(figure)
    return figures
