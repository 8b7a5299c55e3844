"""Words of completion against the figures beside them: 全部开工 of 98 of 100, 超额完成 at 95%, 任务超半 at 45% (invariants 21, 23, 32)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from anju.kernel.quantities.intervals import Interval
from anju.kernel.reading.checking.examined import AMOUNTS, Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.saying import said
from anju.kernel.reading.figure import ReadFigure

_BEYOND = re.compile(r"超额完成|提前超额|超额(?:实现|达到)")
_ALL = re.compile(
    r"(?<![未没])(?:全部|全面|均已|已全部|100%)(?:完成|开工|竣工|完工|办结|整改|交付|签约|拆除|分配|入住|建成|整改到位)|(?<![未没])如期全面完成"
)
_HALF = re.compile(r"任务[超过]半|双过半|时间过半")
_UNDONE = re.compile(r"未完成(?:年度|全年|目标)?(?:任务|计划|目标)")
_DONE_RATE = re.compile(
    r"(?:完成率|开工率|竣工率|办结率|整改率|交付率|签约率|完成比例?)(?:为|达到?|约)?$|(?:完成|占)[^，。；]{0,14}(?:任务|计划|目标)[^，。；]{0,4}$"
)
_WISH = re.compile(r"力争|确保|争取|计划|预计|将|年底前|月底前|要求|目标是|差距|对标|实现[^，。]{0,4}目标需")
FULL = Interval.exactly(100)
HALF = Fraction(50)


def check_completion(examined: Examined) -> Iterator[Finding]:
    """completion."""
    for pattern, check in ((_BEYOND, _beyond), (_ALL, _all), (_HALF, _half), (_UNDONE, _undone)):
        for match in pattern.finditer(examined.text):
            start, end = examined.sentence_at(match.start())
            clause = examined.text[slice(*examined.clause(match.start()))]
            if not _WISH.search(clause):
                yield from check(examined, match, start, end)


def _rates(examined: Examined, start: int, end: int) -> list[ReadFigure]:
    """The rates of completion of a sentence."""
    return [
        figure
        for figure in examined.within(start, end)
        if figure.unit in ("%", "％") and figure.direction is None and not figure.masked and _DONE_RATE.search(examined.before(figure))
    ]


def _beyond(examined: Examined, match: re.Match[str], start: int, end: int) -> Iterator[Finding]:
    rates = _beside(examined, match, _rates(examined, start, end))
    for rate in rates:
        interval = examined.interval(rate)
        if interval is not None and interval.below(FULL):
            yield _finding(examined, match, f"写了“{match[0]}”，{said(rate)}却不到100%", rate)


def _all(examined: Examined, match: re.Match[str], start: int, end: int) -> Iterator[Finding]:
    verb = match[0][-2:]
    for rate in _beside(examined, match, _rates(examined, start, end)):
        interval = examined.interval(rate)
        if verb in examined.before(rate) and interval is not None and interval.below(FULL):
            yield _finding(examined, match, f"写了“{match[0]}”，{said(rate)}却不到100%", rate)
    figures = [each for each in examined.within(start, match.start(), -12) if each.role in AMOUNTS]
    for done in figures:
        if verb not in examined.before(done) and verb not in examined.after(done, 4):
            continue
        for other in figures:
            whole, part = examined.interval(other), examined.interval(done)
            if other.index < done.index and other.dimension == done.dimension and whole and part and part.below(whole):
                if verb in examined.before(other) or done.scope.of_which:
                    continue
                yield _finding(examined, match, f"写了“{match[0]}”，{said(done)}却少于{said(other)}", other, done)


def _beside(examined: Examined, match: re.Match[str], rates: list[ReadFigure]) -> list[ReadFigure]:
    """Rates in the clause of the words or in the clause next to it."""
    begin, finish = examined.clause(match.start())
    return [rate for rate in rates if finish >= rate.start >= begin or 0 <= rate.start - finish <= 16 or 0 <= begin - rate.end <= 2]


def _half(examined: Examined, match: re.Match[str], start: int, end: int) -> Iterator[Finding]:
    for rate in _rates(examined, start, match.start())[-1:]:
        interval = examined.interval(rate)
        if interval is not None and interval.high < HALF:
            yield _finding(examined, match, f"写了“{match[0]}”，{said(rate)}却不到50%", rate)


def _undone(examined: Examined, match: re.Match[str], start: int, end: int) -> Iterator[Finding]:
    for rate in _rates(examined, start, end):
        interval = examined.interval(rate)
        if interval is not None and interval.low > FULL.high:
            yield _finding(examined, match, f"写了“{match[0]}”，{said(rate)}却超过100%", rate)


def _finding(examined: Examined, match: re.Match[str], what: str, *figures: ReadFigure) -> Finding:
    spans = [(match.start(), match.end()), *((figure.start, figure.end) for figure in figures)]
    advice = "“全部”“超额”是对数字的判断；请改写这句话，或先核对数字。"
    return examined.finding("completion", "error", f"{what}。", advice, *figures, spans=spans, arithmetic=what)
