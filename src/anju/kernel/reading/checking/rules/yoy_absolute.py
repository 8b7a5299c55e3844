"""Growth beside its absolute change, its base, or both ends: 比上年增加B、增长p%; 由A增加到B, 增长p% ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from anju.kernel.quantities.intervals import FAR, Interval
from anju.kernel.reading.checking.examined import AMOUNTS, Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.saying import percent_range, range_like, said, value_like
from anju.kernel.reading.figure import ReadFigure

_UP = r"增加|增长|提高|上升|扩大|提升|攀升|增|升|扩|跃升|突破"
_DOWN = r"减少|下降|降低|压缩|缩短|缩小|回落|减|降|压减"
_FROM = re.compile(r"(?:由|从)[^，。；]{0,16}$")
_TO = re.compile(rf"^[^，。；\d]{{0,8}}(?:({_UP})|({_DOWN}))(?:到|至|为)(?:了)?[^，。；\d]{{0,6}}$")
_LAST_YEAR = re.compile(r"^(?!.*[比较由从]).*(?:上年同期|去年同期|上年末|上年|去年)(?:的|为|是)?[^，。；\d]{0,10}$")
NEAR, REACH = 2, 5
_APART = re.compile(r"；|其中")
_MOVED = re.compile(rf"^[，,、](?:共|累计|同比)?(?:{_UP}|{_DOWN})了?(?:约|近)?$")
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


def _change(examined: Examined, change: ReadFigure, attached: ReadFigure) -> Iterator[Finding]:
    """The growth beside a change, on any level of the sentence it may belong to; a finding where it fits none."""
    growth = _growth_beside(examined, change, attached)
    moved = examined.interval(change)
    if growth is None or moved is None or change.dimension == "rate":
        return
    if change.direction is not None and growth.direction is not None and change.direction != growth.direction:
        message = f"{said(attached)}的增减额写“{change.text}”、幅度写“{growth.text}”，一升一降。"
        yield examined.finding("yoy_absolute", "error", message, "请核对升降的词。", attached, change, growth)
        return
    signed = moved.times(Fraction(-1)) if change.direction == "down" else moved
    printed = examined.growth(growth)
    grown = [(level, _grown_by(examined, level, signed)) for level in _levels(examined, change, attached)]
    if printed is None or not grown or any(expected is not None and expected.meets(printed) for _, expected in grown):
        return
    level, expected = grown[0]
    if expected is None:
        message = f"{said(level)}比增加的{change.text}还少。"
        yield examined.finding("yoy_absolute", "error", message, "请核对本期数和增加额。", level, change)
    else:
        sign = "+" if change.direction == "down" else "-"
        yield from _compare(examined, expected, growth, f"{change.text} ÷ ({level.text} {sign} {change.text})", level, change)


def _growth_beside(examined: Examined, change: ReadFigure, level: ReadFigure) -> ReadFigure | None:
    """The growth behind the change (增加630个，增长25%) or before it (同比增长10.85%，增收2798万元)."""
    near = [examined.figures[index] for index in (change.index + 1, change.index - 1) if 0 <= index < len(examined.figures)]
    for figure in near:
        beside = figure.position.sentence == change.position.sentence and figure.role == "yoy"
        if (
            beside
            and figure.attaches_to == level.index
            and examined.growth(figure) is not None
            and not _APART.search(_gap(examined, figure, change))
        ):
            return figure
    return None


def _gap(examined: Examined, one: ReadFigure, other: ReadFigure) -> str:
    first, last = sorted((one, other), key=lambda figure: figure.index)
    return examined.between(first, last)


def _levels(examined: Examined, change: ReadFigure, attached: ReadFigure) -> list[ReadFigure]:
    """The level it attaches to and those of its unit before it in the sentence, up to four figures back."""
    before = examined.figures[max(0, change.index - REACH) : change.index]
    same = [each for each in before if each.position.sentence == change.position.sentence]
    found = [attached, *(each for each in same if each.index != attached.index)]
    return [each for each in found if each.dimension == change.dimension and each.role in AMOUNTS and not each.masked]


def _grown_by(examined: Examined, level: ReadFigure, signed: Interval) -> Interval | None:
    """change / (level - change); None when the level is less than what it grew by."""
    now = examined.known(level)
    if now.low <= signed.high:
        return None if now.high < signed.low else Interval(Fraction(0), FAR)
    corners = [each / (end - each) for each in (signed.low, signed.high) for end in (now.low, now.high)]
    return Interval(min(corners), max(corners))


def _base(examined: Examined, base: ReadFigure) -> Iterator[Finding]:
    """上年同期 of a level beside it in the sentence, with the growth on either of them: 17个，上年为12个，增长41.7%."""
    if not _LAST_YEAR.search(examined.before(base)):
        return
    near = [examined.figures[index] for index in range(base.index - NEAR, base.index + NEAR + 1) if 0 <= index < len(examined.figures)]
    for level in near:
        same = level.index != base.index and level.dimension == base.dimension and level.role in AMOUNTS
        if not same or level.position.sentence != base.position.sentence or _APART.search(_gap(examined, level, base)):
            continue
        growth = examined.growth_of(base) or examined.growth_of(level)
        if growth is not None and not _LAST_YEAR.search(examined.before(level)):
            yield from _grown(examined, base, level, growth)
            return


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
    behind = [each for each in examined.figures[last.index + 1 : last.index + 3] if each.position.sentence == last.position.sentence]
    for before, following in zip((last, *behind), behind, strict=False):
        if not _follows(examined, before, following):
            return
        if following.role in ("yoy", "mom") and examined.growth(following) is not None and first.dimension != "rate":
            yield from _grown(examined, first, last, following)
        elif _is_step(examined, last, before, following):
            yield from _step(examined, first, last, following)


def _follows(examined: Examined, last: ReadFigure, following: ReadFigure) -> bool:
    """The growth says of the same step what it came to; yearly averages say something else."""
    return "均" not in examined.between(last, following) and bool(_BACK.match(_words(examined, last, following)))


def _words(examined: Examined, first: ReadFigure, second: ReadFigure) -> str:
    return re.sub(rf"(?:{_UP}|{_DOWN})(?:了)?(?:约|近)?$", "", examined.between(first, second))


def _is_step(examined: Examined, last: ReadFigure, before: ReadFigure, step: ReadFigure) -> bool:
    """What the move came to, directly behind its word: 提高1.3个百分点, 压缩2.5个工作日."""
    kind = "points of rate" if last.dimension == "rate" else last.dimension
    return step.dimension == kind and bool(_MOVED.match(examined.between(before, step)))


def _step(examined: Examined, first: ReadFigure, last: ReadFigure, step: ReadFigure) -> Iterator[Finding]:
    """由A%提高到B%，提高C个百分点; 由A天压缩到B天，压缩C天: C = |B - A|."""
    start, end, moved = (examined.interval(each) for each in (first, last, step))
    if start is None or end is None or moved is None:
        return
    gap = end.minus(start)
    turned = (start.below(end) and step.direction == "down") or (end.below(start) and step.direction == "up")
    if turned:
        message = f"由{first.text}到{last.text}，与后面“{step.text}”的升降相反。"
        yield examined.finding("direction", "error", message, "请核对升降的词。", step, first, last)
        return
    size = gap if gap.middle >= 0 else gap.times(Fraction(-1))
    if not size.meets(moved):
        shown = value_like(size.middle, step, max(first.places, last.places, step.places))
        message = f"{last.text}与{first.text}相差{shown}，与“{step.text}”不符。"
        arithmetic = f"两数相差在{range_like(size, step)}；{step.text}是{range_like(moved, step)}"
        yield examined.finding("yoy_absolute", "error", message, "请核对三个数。", step, first, last, arithmetic=arithmetic)


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
