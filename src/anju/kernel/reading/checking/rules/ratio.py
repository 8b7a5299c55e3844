"""Rates and shares that do not follow from their two figures, or follow from another base (invariants 9, 13)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from anju.kernel.quantities.intervals import Interval
from anju.kernel.reading.checking.examined import AMOUNTS, Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.saying import percent_range, said
from anju.kernel.reading.figure import ReadFigure

_OF = re.compile(r"^(?:户|套|个|元)?(?:左右|以上)?的(?:约|近|比重为|比例为)?$")
_OF_BEFORE = re.compile(r"占|完成|为|是|达到?|相当于")
_SHARE = re.compile(r"占(?:比|总数的?|总量的?|总额的?|全部的?|其中的?|总户数的?|总套数的?|总面积的?)?(?:为|约|达到?|约为)?$")
_OF_NAMED = re.compile(
    r"占(?:全部|年度|全年|上半年|总)?([\u4e00-\u9fff]{2,8}?)(?:总?(?:户数|套数|件数|人数|个数|面积|数量|数|额|量))?的?(?:约|近)?$"
)
_RATE = re.compile(r"([\u4e00-\u9fff]{2})率(?:为|是|达到?|约|约为|仅|仅为)?$")
_QUALIFIED = re.compile(r"(?:按|以)[^，。；]{1,10}(?:计|算)|时间进度|序时|平均|综合|环境|资产负债|失业|人口|自然增长")
_WHOLE_WORDS = re.compile(r"任务|计划|目标|应|共|总|全部|涉及|纳入|需|受理|接|收到|排查|发现|检查|抽")
_RIVAL = re.compile(r"率|占|比")
REACH = 8
CLOSE = Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class _Pair:
    above: ReadFigure
    below: ReadFigure
    quotient: Interval
    firm: bool
    """The words leave no doubt that this is the base."""


def check_ratio(examined: Examined) -> Iterator[Finding]:
    """ratio: printed rate = numerator / denominator within the roundings of all three; silent where the text prints no base for it."""
    for rate in examined.figures:
        printed = examined.interval(rate)
        if (
            printed is None
            or rate.unit not in ("%", "％")
            or rate.role not in ("rate", "share", "target", "plan")
            or rate.direction is not None
        ):
            continue
        pairs = list(_pairs(examined, rate))
        if not pairs or any(pair.quotient.meets(printed) for pair in pairs):
            continue
        firm = [pair for pair in pairs if pair.firm]
        close = [pair for pair in pairs if abs(pair.quotient.middle - printed.middle) <= printed.middle * CLOSE]
        chosen = firm[0] if firm else close[0] if close else None
        if chosen is not None:
            yield _finding(examined, rate, printed, chosen, pairs, certain=bool(firm))


def _pairs(examined: Examined, rate: ReadFigure) -> Iterator[_Pair]:
    """The quotients the words allow: `占B的p%`, a part with its share, `办结率` behind 办结N件 and a total."""
    before = examined.before(rate, 30)
    previous = examined.figures[rate.index - 1] if rate.index else None
    if previous is not None and _OF.match(examined.between(previous, rate)) and _OF_BEFORE.search(examined.before(previous)):
        above = _nearest(examined, previous, previous)
        if above is not None:
            yield from _pair(examined, above, previous, firm=True)
        return
    if _SHARE.search(before) or _OF_NAMED.search(before):
        yield from _shares(examined, rate)
        return
    named = _RATE.search(before)
    if named is not None and not _QUALIFIED.search(examined.lead(rate, 40)):
        yield from _named(examined, rate, named[1])


def _shares(examined: Examined, rate: ReadFigure) -> Iterator[_Pair]:
    """其中A户，占34.42%: the part over its whole; 占任务的72%: over the 任务 named before in the sentence."""
    part = _part(examined, rate)
    if part is None:
        return
    named = None if _SHARE.search(examined.before(rate, 30)) else _OF_NAMED.search(examined.before(rate, 30))
    before = [
        each for each in _near(examined, rate) if each.index < part.index and each.dimension == part.dimension and each.role in AMOUNTS
    ]
    if named is not None:
        bases = [each for each in before if named[1] in examined.before(each) + examined.after(each, 6)]
    elif part.attaches_to is not None and examined.figures[part.attaches_to].dimension == part.dimension:
        bases = [examined.figures[part.attaches_to]]
    else:
        bases = [each for each in before if each.position.sentence == part.position.sentence and _WHOLE_WORDS.search(examined.before(each))]
    for base in bases[-1:]:
        yield from _pair(examined, part, base, firm=part.position.sentence == base.position.sentence)


def _part(examined: Examined, rate: ReadFigure) -> ReadFigure | None:
    """The figure a share is of: the one it attaches to, or the one whose growth it stands behind; never another share."""
    figure = examined.figures[rate.attaches_to] if rate.attaches_to is not None else None
    if figure is not None and figure.role in ("yoy", "mom") and figure.attaches_to is not None:
        figure = examined.figures[figure.attaches_to]
    return figure if figure is not None and figure.dimension not in ("rate", "") and figure.role in AMOUNTS else None


def _named(examined: Examined, rate: ReadFigure, verb: str) -> Iterator[_Pair]:
    """交付率: 已交付796套 over a total of 套 nearby."""
    above = _doing(examined, rate, verb)
    if above is None:
        return
    bases = [each for each in _near(examined, rate) if _may_be_base(examined, each, above, verb)]
    told = [each for each in bases if each.role in ("plan", "target") or _WHOLE_WORDS.search(examined.before(each))]
    beside = [each for each in told or bases if each.position.sentence == above.position.sentence]
    for base in bases:
        firm = len(bases) == 1 or (len(told) == 1 and base is told[0]) or (len(beside) == 1 and base is beside[0])
        yield from _pair(examined, above, base, firm=firm and base.position.sentence >= above.position.sentence - 1)


def _near(examined: Examined, rate: ReadFigure) -> list[ReadFigure]:
    """Figures of the paragraph up to eight before the rate, and behind it in its own sentence."""
    before = examined.figures[max(0, rate.index - REACH) : rate.index]
    behind = examined.figures[rate.index + 1 : rate.index + 3]
    same = [each for each in before if each.position.paragraph == rate.position.paragraph]
    return same + [each for each in behind if each.position.sentence == rate.position.sentence]


def _doing(examined: Examined, rate: ReadFigure, verb: str) -> ReadFigure | None:
    """The figure the rate is about: the one it attaches to when it says the verb, else the nearest before that does."""
    for figure in reversed(examined.figures[max(0, rate.index - REACH) : rate.index]):
        if figure.position.paragraph != rate.position.paragraph:
            return None
        words = examined.before(figure) + examined.after(figure, 4)
        if verb in words and figure.role in AMOUNTS and not figure.masked and figure.dimension not in ("rate", ""):
            return figure
    return None


def _may_be_base(examined: Examined, figure: ReadFigure, above: ReadFigure, verb: str) -> bool:
    return (
        figure.index != above.index
        and figure.dimension == above.dimension
        and figure.role in AMOUNTS
        and not figure.masked
        and verb not in examined.before(figure)
        and above.index not in (figure.attaches_to,)
        and not (figure.scope.of_which and figure.attaches_to is not None)
    )


def _nearest(examined: Examined, figure: ReadFigure, like: ReadFigure) -> ReadFigure | None:
    """The nearest level before a figure with its kind of unit, in its sentence."""
    for each in reversed(examined.figures[max(0, figure.index - 4) : figure.index]):
        if each.position.sentence != figure.position.sentence:
            return None
        if each.dimension == like.dimension and each.role in AMOUNTS:
            return each
    return None


def _pair(examined: Examined, above: ReadFigure, below: ReadFigure, *, firm: bool) -> Iterator[_Pair]:
    top, bottom = examined.interval(above), examined.interval(below)
    if top is not None and bottom is not None and above.dimension:
        quotient = top.over(bottom)
        if quotient is not None:
            yield _Pair(above, below, quotient.times(Fraction(100)), firm)


def _finding(examined: Examined, rate: ReadFigure, printed: Interval, chosen: _Pair, pairs: list[_Pair], *, certain: bool) -> Finding:
    computed = percent_range(chosen.quotient.times(Fraction(1, 100)), max(rate.places, 0) + 1)
    stated = percent_range(printed.times(Fraction(1, 100)), rate.places + 1)
    division = f"{chosen.above.text} ÷ {chosen.below.text}"
    message = f"{division} = {computed}，与{said(rate)}不符。"
    others = "；".join(
        f"{pair.above.text} ÷ {pair.below.text} = {percent_range(pair.quotient.times(Fraction(1, 100)), rate.places)}"
        for pair in pairs
        if pair is not chosen
    )
    advice = "请核对分子、分母与比率是否同一范围、同一截止日期；若分母另有口径，请写明。" + (f"另一算法：{others}。" if others else "")
    arithmetic = f"{division}在{computed}之间；{rate.text}是{stated}"
    severity = "error" if certain else "warning"
    return examined.finding(
        "ratio", "error" if severity == "error" else "warning", message, advice, rate, chosen.above, chosen.below, arithmetic=arithmetic
    )
