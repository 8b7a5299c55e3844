"""Growth beside its absolute change, its base, or both ends: 比上年增加B、增长p%; 由A增加到B, 增长p% ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from anju.kernel.quantities.intervals import Interval
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.saying import percent_range, said
from anju.kernel.reading.figure import ReadFigure
from anju.kernel.reports.findings.facts_of import number

_UP = r"增加|增长|提高|上升|扩大|提升|攀升|增|升|扩|跃升|突破"
_DOWN = r"减少|下降|降低|压缩|缩短|缩小|回落|减|降|压减"
_FROM = re.compile(r"(?:由|从)[^，。；]{0,16}$")
_TO = re.compile(rf"^[^，。；\d]{{0,8}}(?:({_UP})|({_DOWN}))(?:到|至|为)(?:了)?[^，。；\d]{{0,6}}$")
_LAST_YEAR = re.compile(r"^(?!.*[比较由从]).*(?:上年同期|去年同期|上年末|上年|去年)(?:的|为|是)?[^，。；\d]{0,10}$")
NEAR = 2
_APART = re.compile(r"；|其中")
_BACK = re.compile(r"^[，,、][^，。；]{0,4}(?:同比|累计|比[^，。；]{1,8}|较[^，。；]{1,8})?[^，。；]{0,4}$")


def check_yoy_absolute(examined: Examined) -> Iterator[Finding]:
    """yoy_absolute: growth = change / (level - change) = (level - base) / base, within the roundings."""
    for figure in examined.figures:
        if figure.role == "change_abs" and figure.attaches_to is not None:
            yield from _change(examined, figure, examined.figures[figure.attaches_to])
        elif figure.role in ("level", "cumulative"):
            yield from _base(examined, figure)
        if figure.index:
            yield from _ends(examined, examined.figures[figure.index - 1], figure)


def _change(examined: Examined, change: ReadFigure, level: ReadFigure) -> Iterator[Finding]:
    growth = examined.growth_of(level)
    moved, now = examined.interval(change), examined.interval(level)
    if growth is None or moved is None or now is None or change.dimension != level.dimension or change.dimension == "rate":
        return
    signed = moved.times(Fraction(-1)) if change.direction == "down" else moved
    base = now.minus(signed)
    if change.direction is not None and growth.direction is not None and change.direction != growth.direction:
        message = f"{said(level)}的增减额写“{change.text}”、幅度写“{growth.text}”，一升一降。"
        yield examined.finding("yoy_absolute", "error", message, "请核对升降的词。", level, change, growth)
    elif base.high < 0:
        message = f"{said(level)}比增加的{change.text}还少。"
        yield examined.finding("yoy_absolute", "error", message, "请核对本期数和增加额。", level, change)
    elif base.low > 0:
        corners = [each / (now_end - each) for each in (signed.low, signed.high) for now_end in (now.low, now.high) if now_end > each]
        expected = Interval(min(corners), max(corners))
        sign = "+" if change.direction == "down" else "-"
        yield from _compare(examined, expected, growth, f"{change.text} ÷ ({level.text} {sign} {change.text})", level, change)


def _base(examined: Examined, level: ReadFigure) -> Iterator[Finding]:
    """The level, its growth and 上年同期 of the same unit in one sentence."""
    growth = examined.growth_of(level)
    if growth is None or growth.position.sentence != level.position.sentence:
        return
    bases = [each for each in examined.by_sentence[level.position.sentence] if _is_base(examined, each, level)]
    if len(bases) == 1:
        yield from _grown(examined, bases[0], level, growth)


def _is_base(examined: Examined, figure: ReadFigure, level: ReadFigure) -> bool:
    """上年同期 of the level: within two figures, of its unit, in its part of the sentence."""
    near = figure.dimension == level.dimension and 0 < abs(figure.index - level.index) <= NEAR
    if not near or figure.role not in ("level", "cumulative"):
        return False
    first, last = sorted((figure, level), key=lambda each: each.index)
    return bool(_LAST_YEAR.search(examined.before(figure))) and not _APART.search(examined.text[first.end : last.start])


def _ends(examined: Examined, first: ReadFigure, last: ReadFigure) -> Iterator[Finding]:
    """由A增加到B: the direction holds, and the growth said behind it."""
    if first.position.sentence != last.position.sentence or first.dimension != last.dimension or not _FROM.search(examined.before(first)):
        return
    match = _TO.match(examined.between(first, last))
    start, end = examined.interval(first), examined.interval(last)
    if match is None or start is None or end is None:
        return
    rising = bool(match[1])
    if last.role == "rank" or first.unit == "位":
        rising = not rising
    if (end.below(start) and rising) or (start.below(end) and not rising):
        word = match[1] or match[2]
        message = f"“由{first.text}{word}到{last.text}”：{last.text}{'小于' if end.below(start) else '大于'}{first.text}，与“{word}”相反。"
        yield examined.finding("direction", "error", message, "请核对两个数和升降的词。", first, last)
        return
    following = examined.figures[last.index + 1] if last.index + 1 < len(examined.figures) else None
    if following is None or following.position.sentence != last.position.sentence or not _follows(examined, last, following):
        return
    if examined.growth(following) is not None and following.unit == "%" and first.dimension != "rate":
        yield from _grown(examined, first, last, following)
    elif first.dimension == "rate" and following.unit == "百分点":
        yield from _points(examined, first, last, following)


def _follows(examined: Examined, last: ReadFigure, following: ReadFigure) -> bool:
    """The growth says of the same step what it came to; yearly averages say something else."""
    return "均" not in examined.between(last, following) and bool(_BACK.match(_words(examined, last, following)))


def _words(examined: Examined, first: ReadFigure, second: ReadFigure) -> str:
    return re.sub(rf"(?:{_UP}|{_DOWN})(?:了)?(?:约|近)?$", "", examined.between(first, second))


def _points(examined: Examined, first: ReadFigure, last: ReadFigure, points: ReadFigure) -> Iterator[Finding]:
    """由A%提高到B%，提高C个百分点: C = B - A."""
    start, end, moved = (examined.interval(each) for each in (first, last, points))
    if start is None or end is None or moved is None:
        return
    gap = end.minus(start)
    turned = (start.below(end) and points.direction == "down") or (end.below(start) and points.direction == "up")
    if turned:
        message = f"由{first.text}到{last.text}，与后面“{points.text}”的升降相反。"
        yield examined.finding("direction", "error", message, "请核对升降的词。", points, first, last)
        return
    size = gap if gap.middle >= 0 else gap.times(Fraction(-1))
    if not size.meets(moved):
        message = f"{last.text} - {first.text} = {number(size.middle, '个百分点', max(first.places, last.places))}，与“{points.text}”不符。"
        yield examined.finding("yoy_absolute", "error", message, "请核对三个数。", points, first, last, arithmetic=message)


def _grown(examined: Examined, base: ReadFigure, level: ReadFigure, growth: ReadFigure) -> Iterator[Finding]:
    before, now = examined.interval(base), examined.interval(level)
    if before is None or now is None or before.low <= 0:
        return
    quotient = now.over(before)
    if quotient is not None:
        expected = quotient.minus(Interval.exactly(1))
        yield from _compare(examined, expected, growth, f"({level.text} - {base.text}) ÷ {base.text}", level, base)


def _compare(
    examined: Examined, expected: Interval, growth: ReadFigure, formula: str, level: ReadFigure, other: ReadFigure
) -> Iterator[Finding]:
    printed = examined.growth(growth)
    if printed is None or printed.meets(expected):
        return
    computed = percent_range(expected, growth.places + 1)
    message = f"{formula} = {computed}，与{growth.text}不符。"
    arithmetic = f"{formula}在{computed}之间；{growth.text}是{percent_range(printed, growth.places + 1)}"
    advice = "请核对本期数、增减额（或上年数）和增幅；按可比口径计算的，请注明。"
    yield examined.finding("yoy_absolute", "error", message, advice, growth, level, other, arithmetic=arithmetic)
