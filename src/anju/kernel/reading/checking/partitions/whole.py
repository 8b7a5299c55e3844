"""A whole with its parts, and which figures can be either."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from anju.kernel.quantities.intervals import Interval, total
from anju.kernel.reading.checking.examined import AMOUNTS, Examined
from anju.kernel.reading.figure import ReadFigure

PARTS_MAX = 24
NOT_ADDED = frozenset(
    ("", "rate", "points of rate", "pure", "doublings", "points", "days", "working days", "months", "weeks", "age", "streak")
)
_CHANGE = re.compile(r"(?:增收|减收|增支|减支|增加|减少|多收|少收|净增|净减|回落|提高|下降|压缩|缩短|比上年增|比上年减)了?(?:约|近)?$")
_AVERAGE = re.compile(r"均(?:为|约|达)?$|每[^，。；\d]{1,6}$")
_BASE = re.compile(r"(?:左右)?的(?:约|近)?\d+(?:\.\d+)?[%％]")
_LIMIT = re.compile(r"控制在|核定|限额|不超过|(?:由|从(?![业事严优]))[^，。；\d]{0,8}$")
_LAST_YEAR = re.compile(r"(?:上年|去年|同期)[^，。；\d]{0,6}$")


@dataclass(frozen=True, slots=True)
class Whole:
    """`parts` stand with `whole` in one unit. `complete`: words (or the sum of a sister quantity) say that nothing is left out.

    `direct`: indexes of the parts that the mark governs beyond doubt. `among`: what several amounts before the mark come to together,
    when the parts may be of all of them.
    """

    whole: ReadFigure
    parts: tuple[ReadFigure, ...]
    complete: bool
    sums: tuple[Interval, Interval] | None
    """What the parts add up to and what the whole is printed as; None when one of them is masked."""
    direct: frozenset[int] = frozenset()
    among: Interval | None = None

    @property
    def holds(self) -> bool:
        return self.sums is not None and self.sums[0].meets(self.sums[1])


def make_whole(
    examined: Examined,
    whole: ReadFigure,
    parts: Sequence[ReadFigure],
    *,
    complete: bool,
    direct: frozenset[int] = frozenset(),
    among: Interval | None = None,
) -> Whole:
    """With the sums worked out; of a longer list the first twenty-four parts."""
    parts = tuple(parts[:PARTS_MAX])
    known = [interval for part in parts if (interval := examined.interval(part)) is not None]
    stated = examined.interval(whole)
    sums = (total(known), stated) if len(known) == len(parts) and stated is not None else None
    return Whole(whole, parts, complete, sums, direct, among)


def adds_up(examined: Examined, figure: ReadFigure) -> bool:
    """An amount that can be a whole or a part: no change, average, rate or base of a rate (占计划32亿元的104%)."""
    if figure.role not in AMOUNTS or figure.dimension in NOT_ADDED or "/" in figure.dimension:
        return False
    before = examined.before(figure, 12)
    return not (
        _CHANGE.search(before)
        or _AVERAGE.search(before)
        or _LAST_YEAR.search(before)
        or _LIMIT.search(before)
        or _BASE.match(examined.text[figure.end : figure.end + 10])
    )


def naming(examined: Examined, figure: ReadFigure, reach: int = 40) -> str:
    """The words that name a figure: back to the figure before it of the same kind, within the sentence and `reach` characters."""
    start = examined.sentence_start(figure)
    for previous in reversed(examined.figures[max(0, figure.index - 6) : figure.index]):
        if previous.dimension == figure.dimension:
            start = max(start, previous.end)
            break
    return examined.text[max(start, figure.start - reach) : figure.start]
