"""Averages that do not follow from their totals (invariant 11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from anju.kernel.quantities.intervals import Interval
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.partitions.whole import adds_up
from anju.kernel.reading.checking.saying import range_like, said, value_like
from anju.kernel.reading.figure import ReadFigure
from anju.kernel.reading.units import read_unit
from anju.kernel.reports.findings.facts_of import number

_AVERAGE = re.compile(r"均价|平均|均(?!衡|等|有|已|为100|可|按|由|在)")
MEASURES = "户|人|套|栋|亩|平方米|个|件|台|处|笔|起|宗|批|家|座|辆|村|校|班|项|次|幢|株|头|所|期|份|盏|条|场|公顷|公里|吨|泊位|部|名|例"
_PER = re.compile(rf"({MEASURES})均|平均每({MEASURES})|每({MEASURES})平均")
_CLASSES = re.compile(
    r"非住宅|商品住宅|商品住房|二手住房|住宅|商业用房|商业|商铺|办公|写字楼|公寓|车位|存量房|二手房|二手住宅|安置房|保障房|公租房|廉租房|商品房|新房|土地|厂房|别墅"
)
_SAME_CLASS = {
    "商品住宅": "住宅",
    "商品住房": "住宅",
    "二手住房": "二手房",
    "二手住宅": "二手房",
    "存量房": "二手房",
    "商业用房": "商业",
    "商铺": "商业",
    "新房": "商品房",
    "写字楼": "办公",
}
_OWN_MEASURE = re.compile(
    r"均[^，。；\d]{0,8}(?:收入|消费|生产总值|GDP|工资|养老金|支出|寿命|价格指数|标准|经费|增收|增加|减少|提高)|均(?:增|减)"
)
_NOT_SOLD = re.compile(r"开发面积|施工|开工|竣工|库存|待售|拆迁|征收面积")
_PER_OTHER = re.compile(r"(?:日|月|年|周|时|季度|每年|每月|每天)均")
REACH, TOPIC, BESIDE, SENTENCES = 14, 120, 2, 2


@dataclass(frozen=True, slots=True)
class _Pair:
    above: ReadFigure
    below: ReadFigure
    quotient: Interval
    fitting: bool
    """Numerator and denominator are of the same kind of houses as the average."""


def check_average(examined: Examined) -> Iterator[Finding]:
    """average: average = total / quantity of the same kind, within the roundings of all three."""
    for figure in examined.figures:
        printed = examined.interval(figure)
        kinds = _kinds(examined, figure)
        if printed is None or kinds is None or not printed.bounded:
            continue
        pairs = list(_pairs(examined, figure, *kinds))
        if not pairs or any(pair.quotient.meets(printed) for pair in pairs):
            continue
        fitting = sorted((pair for pair in pairs if pair.fitting), key=lambda pair: abs(pair.above.index - pair.below.index))
        chosen = (
            fitting[0]
            if fitting
            else _beside(figure, [pair for pair in pairs if not {pair.above.index, pair.below.index} & examined.whole_of.keys()])
        )
        if chosen is not None and _comparable(chosen, printed):
            yield _finding(examined, figure, printed, chosen)


def _beside(average: ReadFigure, pairs: list[_Pair]) -> _Pair | None:
    """The one pair beside the average (发放312户、46.80万元，户均1500元), which is sure; else the one with its amount in the sentence, else
    the one within the two sentences before."""
    before = [pair for pair in pairs if max(pair.above.index, pair.below.index) < average.index]
    adjacent = [pair for pair in before if average.index - min(pair.above.index, pair.below.index) <= BESIDE + 1]
    told = [pair for pair in before if pair.above.position.sentence == average.position.sentence]
    since = average.position.sentence - SENTENCES
    recent = [pair for pair in before if min(pair.above.position.sentence, pair.below.position.sentence) >= since]
    chosen = adjacent or told or recent
    return replace(chosen[0], fitting=chosen is adjacent) if len(chosen) == 1 else None


def _kinds(examined: Examined, figure: ReadFigure) -> tuple[str, str, Fraction] | None:
    """The dimensions an average divides (money and 户 for 户均5.97万元), and how many base units one of the second is."""
    before = examined.before(figure)
    if _PER_OTHER.search(before) or _OWN_MEASURE.search(before):
        return None
    per = _PER.search(before)
    above, slash, below = figure.dimension.partition("/")
    if slash and (figure.role == "average" or _AVERAGE.search(before)):
        return above, below, Fraction(1)
    if per is not None and figure.dimension not in ("", "rate"):
        unit = read_unit(next(group for group in per.groups() if group))
        return figure.dimension, unit.dimension, unit.factor
    return None


def _pairs(examined: Examined, average: ReadFigure, above: str, below: str, each_one: Fraction) -> Iterator[_Pair]:
    near = [
        each
        for each in examined.figures[max(0, average.index - REACH) : average.index + 4]
        if each.position.paragraph == average.position.paragraph
        and not _NOT_SOLD.search(examined.before(each))
        and adds_up(examined, each)
        and not each.masked
        and each.index != average.index
    ]
    kind = kind_of(examined, average)
    tops = [each for each in near if each.dimension == above]
    for bottom in (each for each in near if each.dimension == below):
        for top in tops:
            top_kind, bottom_kind = kind_of(examined, top), kind_of(examined, bottom)
            if top_kind != bottom_kind or abs(top.index - bottom.index) > REACH:
                continue
            amount, quantity = examined.interval(top), examined.interval(bottom)
            quotient = amount.over(quantity) if amount is not None and quantity is not None else None
            if quotient is not None and quotient.bounded:
                yield _Pair(top, bottom, quotient.times(each_one), top_kind == kind and bool(kind))


def kind_of(examined: Examined, figure: ReadFigure) -> str:
    """The kind of houses a figure is about: the last named in its clause, else the last named since the figure of its unit before."""
    from anju.kernel.reading.checking.partitions.whole import naming

    for words in (examined.text[examined.clause(figure.start)[0] : figure.start], naming(examined, figure, TOPIC)):
        named = _CLASSES.findall(words)
        if named:
            last: str = named[-1]
            return _SAME_CLASS.get(last, last)
    return ""


def _comparable(pair: _Pair, printed: Interval) -> bool:
    """An average ten times off belongs to other totals, or to the rule on magnitudes."""
    return pair.fitting or (pair.quotient.low / 12 < printed.high and printed.low < pair.quotient.high * 12)


def _finding(examined: Examined, figure: ReadFigure, printed: Interval, pair: _Pair) -> Finding:
    value = value_like(pair.quotient.middle, figure)
    span = range_like(pair.quotient, figure, 2)
    gap = abs(pair.quotient.middle - printed.middle)
    share = gap / pair.quotient.middle * 100
    message = (
        f"{said(pair.above)} ÷ {said(pair.below)} = {value}（计入舍入，只能在{span}之间），"
        f"与{said(figure)}不符，相差{value_like(gap, figure)}（{number(share, '%')}）。"
    )
    arithmetic = f"{pair.above.text} ÷ {pair.below.text}在{span}之间；{figure.text}是{range_like(printed, figure)}"
    advice = "请以总额除以总量为准；若均价另有口径（如各月或各项目均价的平均），应写明口径。"
    return examined.finding(
        "average", "error" if pair.fitting else "warning", message, advice, figure, pair.above, pair.below, arithmetic=arithmetic
    )
