"""Which two figures a rate may be the quotient of, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from anju.kernel.quantities.intervals import Interval
from anju.kernel.reading.checking.examined import AMOUNTS, Examined
from anju.kernel.reading.figure import ReadFigure

_OF = re.compile(r"^(?:左右|以上)?的(?:约|近|比重为|比例为)?$")
_OF_BEFORE = re.compile(r"占|完成|为|是|达到?|相当于")
_SHARE = re.compile(r"(?P<part>[\u4e00-\u9fffA-Z]{0,10})占(?P<of>[\u4e00-\u9fffA-Z]{0,12}?)(?:的)?(?:比重?|比例|份额)?(?:为|约|达到?|近)*$")
_OF_TASK = re.compile(r"(?:完成|为|是|达到?|相当于|实现)了?(?P<of>[\u4e00-\u9fff]{0,6}(?:任务|计划|目标|指标|预算))[数量额]?的(?:约|近)?$")
_RATE = re.compile(r"([\u4e00-\u9fff]{2})率(?:为|是|达到?|约|约为|仅|仅为)?$")
_QUALIFIED = re.compile(r"(?:按|以)[^，。；]{1,10}(?:计|算)|时间进度|序时|平均|综合|环境|资产负债|失业|人口|自然增长")
_WHOLE = re.compile(
    r"任务|计划|目标|应|共|总|全部|涉及|纳入|需|受理|接|收到|排查|发现|检查|抽|回访|调查|评价|测评|申请|申报|登记|报名|参加|签订|立案|在册|现有|到位|下达|归集|入账"
)
_BEGINNING = re.compile(r"^(?:全部|全年|年度|上半年|下半年|总|本年|年初|其|其中)+")
_ENDING = re.compile(r"(?:总?(?:户数|套数|件数|人数|个数|笔数|起数|面积|数量|金额|总量|总额|总数|数|额|量)|投资)?[的]?$")
_PHRASES = re.compile(r"一般公共预算|基金预算|公共财政预算|计划生育|目标任务完成")
_OWN_BASE = frozenset(("", "其中", "比", "全部", "总"))
HALF, HUNDRED = Fraction(50), Fraction(100)
REACH, FURTHER, PARAGRAPHS, SENTENCES, OWN = 12, 24, 4, 2, 4


@dataclass(frozen=True, slots=True)
class Pair:
    """A quotient in %. `firm`: the words leave no doubt that this is the base; `likely`: it is the only one beside it."""

    above: ReadFigure
    below: ReadFigure
    quotient: Interval
    firm: bool
    likely: bool = False


def pairs_of(examined: Examined, rate: ReadFigure) -> Iterator[Pair]:
    """`占B的p%`; `占任务的p%`, `为任务数的p%` with the 任务 told before; a part with its share; `办结率` behind 办结N件 and a total."""
    before = examined.before(rate, 30)
    previous = examined.figures[rate.index - 1] if rate.index else None
    if previous is not None and _OF.match(examined.between(previous, rate)) and _OF_BEFORE.search(examined.before(previous)):
        above = _nearest(examined, previous)
        if above is not None:
            yield from _pair(examined, above, previous, firm=True)
        return
    share, task, named = _SHARE.search(before), _OF_TASK.search(before), _RATE.search(before)
    if share is not None:
        yield from _shares(examined, rate, _core(share["part"]), _core(share["of"]))
    elif task is not None:
        yield from _tasks(examined, rate, _core(task["of"]))
    elif named is not None and not _QUALIFIED.search(examined.lead(rate, 40)):
        yield from _named(examined, rate, named[1])


def _core(words: str) -> str:
    """拨付额 is 拨付, 年度任务数 is 任务: what another figure's words must say to be meant."""
    return _ENDING.sub("", _BEGINNING.sub("", words))


def _shares(examined: Examined, rate: ReadFigure, part_words: str, of_words: str) -> Iterator[Pair]:
    """Every figure the share may be of; with several, what fits one is right and what fits none is no more than likely wrong."""
    parts = _parts(examined, rate, part_words)
    for part in parts:
        for pair in _share_of(examined, rate, part, of_words):
            yield pair if len(parts) == 1 else replace(pair, firm=False, likely=pair.firm)


def _parts(examined: Examined, rate: ReadFigure, words: str) -> list[ReadFigure]:
    """The figures its own words name (新建780套、改建450套，新建占63.4%), in the nearest sentence; else the one it attaches to."""
    if len(words) > 1:
        near = [each for each in _near(examined, rate) if each.index < rate.index and each.role in AMOUNTS]
        named = [each for each in near if words[:OWN] in _told(examined, each) and each.dimension not in ("rate", "")]
        return [each for each in named if each.position.sentence == named[-1].position.sentence]
    if rate.attaches_to is None:
        return []
    attached = examined.figures[rate.attaches_to]
    if attached.role in ("yoy", "mom") and attached.attaches_to is not None:
        attached = examined.figures[attached.attaches_to]
    return [attached] if attached.dimension not in ("rate", "") and attached.role in AMOUNTS else []


def _share_of(examined: Examined, rate: ReadFigure, part: ReadFigure, of_words: str) -> Iterator[Pair]:
    own = of_words in _OWN_BASE
    if not own and of_words not in _told(examined, part):
        before = examined.figures[max(0, rate.index - FURTHER) : rate.index]
        bases = [each for each in before if _may_be(each, part) and of_words in _told(examined, each)]
        for base in bases[-1:]:
            near = rate.position.paragraph - base.position.paragraph <= PARAGRAPHS
            yield from _pair(examined, part, base, firm=len(bases) == 1 and near)
        return
    found = examined.whole_of.get(part.index)
    whole = found.whole if found is not None else None
    if whole is not None and (own or of_words in _told(examined, whole)):
        yield from _pair(examined, part, whole, firm=part.position.sentence - whole.position.sentence <= 1)
    elif own:
        same = [each for each in _near(examined, rate) if each.index < part.index and _may_be(each, part)]
        told = [each for each in same if each.position.sentence == part.position.sentence and _WHOLE.search(examined.before(each))]
        for base in told[-1:]:
            yield from _pair(examined, part, base, firm=len(told) == 1)


def _tasks(examined: Examined, rate: ReadFigure, words: str) -> Iterator[Pair]:
    """完成任务的p%: over the one 任务 told before in the paragraph, close by."""
    part = examined.figures[rate.attaches_to] if rate.attaches_to is not None else None
    if part is None or part.role not in AMOUNTS:
        return
    near = [each for each in _near(examined, rate) if each.index < rate.index and _may_be(each, part)]
    bases = [each for each in near if words[-2:] in _told(examined, each) and words[-2:] not in _told(examined, part)]
    for base in bases[-1:]:
        yield from _pair(examined, part, base, firm=len(bases) == 1 and base.position.sentence == rate.position.sentence)


def _named(examined: Examined, rate: ReadFigure, verb: str) -> Iterator[Pair]:
    """交付率: 已交付796套 over a total of 套 nearby."""
    above = _doing(examined, rate, verb)
    if above is None:
        return
    found = examined.whole_of.get(above.index)
    of = found.whole if found is not None else None
    if of is not None and of.position.sentence == above.position.sentence:
        for pair in _pair(examined, above, of, firm=False):
            yield replace(pair, likely=True)
    bases = [each for each in _near(examined, rate) if each.index not in examined.whole_of and _may_be_base(examined, each, above, verb)]
    told = [each for each in bases if each.role in ("plan", "target") or _WHOLE.search(examined.before(each))]
    beside = [each for each in told or bases if each.position.sentence == above.position.sentence]
    for base in bases:
        firm = base in told and (len(told) == 1 or (len(beside) == 1 and base is beside[0]))
        alone = len(bases) == 1 and 0 <= above.position.sentence - base.position.sentence <= SENTENCES
        for pair in _pair(examined, above, base, firm=firm and base.position.sentence >= above.position.sentence - SENTENCES):
            yield replace(pair, likely=alone and above.dimension != "money" and HALF <= pair.quotient.middle <= HUNDRED)


def _told(examined: Examined, figure: ReadFigure) -> str:
    """The words of a figure's clause around it, without fixed phrases; those of the figure before where it has none (385笔、29.17亿元)."""
    words = examined.before(figure, 30)
    if figure.index and not words.strip("、，（(共约为 "):
        words = examined.before(examined.figures[figure.index - 1], 30)
    return _PHRASES.sub("", words + examined.after(figure, 6))


def _may_be(figure: ReadFigure, part: ReadFigure) -> bool:
    return figure.dimension == part.dimension and figure.index != part.index and figure.role in AMOUNTS and not figure.masked


def _near(examined: Examined, rate: ReadFigure) -> list[ReadFigure]:
    """Figures of the paragraph up to twelve before the rate, and behind it in its own sentence."""
    before = examined.figures[max(0, rate.index - REACH) : rate.index]
    behind = examined.figures[rate.index + 1 : rate.index + 3]
    same = [each for each in before if each.position.paragraph == rate.position.paragraph]
    return same + [each for each in behind if each.position.sentence == rate.position.sentence]


def _doing(examined: Examined, rate: ReadFigure, verb: str) -> ReadFigure | None:
    """The nearest amount before, in the paragraph, whose words say the verb."""
    for figure in reversed(examined.figures[max(0, rate.index - REACH) : rate.index]):
        if figure.position.paragraph != rate.position.paragraph:
            return None
        words = examined.before(figure) + examined.after(figure, 4)
        if verb in words and figure.role in AMOUNTS and not figure.masked and figure.dimension not in ("rate", ""):
            return figure
    return None


def _may_be_base(examined: Examined, figure: ReadFigure, above: ReadFigure, verb: str) -> bool:
    return (
        _may_be(figure, above)
        and verb not in examined.before(figure)
        and figure.attaches_to != above.index
        and not (figure.scope.of_which and figure.attaches_to is not None)
    )


def _nearest(examined: Examined, base: ReadFigure) -> ReadFigure | None:
    """The nearest level before a base with its kind of unit, in its sentence."""
    for each in reversed(examined.figures[max(0, base.index - 4) : base.index]):
        if each.position.sentence != base.position.sentence:
            return None
        if _may_be(each, base):
            return each
    return None


def _pair(examined: Examined, above: ReadFigure, below: ReadFigure, *, firm: bool) -> Iterator[Pair]:
    top, bottom = examined.interval(above), examined.interval(below)
    if top is not None and bottom is not None and above.dimension:
        quotient = top.over(bottom)
        if quotient is not None:
            yield Pair(above, below, quotient.times(Fraction(100)), firm)
