"""Averages that do not follow from their totals (invariant 11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from anju.kernel.quantities.intervals import Interval
from anju.kernel.reading.checking.examined import AMOUNTS, Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.saying import range_like, said, value_like
from anju.kernel.reading.figure import ReadFigure
from anju.kernel.reading.units import read_unit
from anju.kernel.reports.findings.facts_of import number

_AVERAGE = re.compile(r"均价|平均|均(?!衡|等|有|已|为100|可|按|由|在)")
_PER = re.compile(
    r"(户|人|套|栋|亩|平方米|个|件|台|处)均|平均每(户|人|套|栋|亩|平方米|个|件|台|处)|每(户|人|套|栋|亩|平方米|个|件|台|处)平均"
)
_CLASSES = re.compile(
    r"非住宅|商品住宅|住宅|商业用房|商业|商铺|办公|写字楼|公寓|车位|存量房|二手房|二手住宅|安置房|保障房|公租房|廉租房|商品房|新房|土地|厂房|别墅"
)
_SAME_CLASS = {
    "商品住宅": "住宅",
    "二手住宅": "二手房",
    "存量房": "二手房",
    "商业用房": "商业",
    "商铺": "商业",
    "新房": "商品房",
    "写字楼": "办公",
}
_OWN_MEASURE = re.compile(r"均[^，。；\d]{0,8}(?:收入|消费|生产总值|GDP|工资|养老金|支出|寿命|价格指数)")
_PER_OTHER = re.compile(r"(?:日|月|年|周|时|季度|每年|每月|每天)均")
REACH, TOPIC, BESIDE = 12, 120, 2


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
        if printed is None or kinds is None:
            continue
        pairs = list(_pairs(examined, figure, *kinds))
        if not pairs or any(pair.quotient.meets(printed) for pair in pairs):
            continue
        fitting = [pair for pair in pairs if pair.fitting] or _in_sentence(figure, pairs)
        chosen = fitting[0] if fitting else pairs[0] if len(pairs) == 1 else None
        if chosen is not None and _comparable(chosen, printed):
            yield _finding(examined, figure, printed, chosen)


def _in_sentence(average: ReadFigure, pairs: list[_Pair]) -> list[_Pair]:
    """The one pair that stands in the sentence of the average: 发放312户、46.80万元，户均1500元."""
    sentence = average.position.sentence
    near = [
        pair
        for pair in pairs
        if pair.above.position.sentence == pair.below.position.sentence == sentence
        and 0 < average.index - max(pair.above.index, pair.below.index) <= BESIDE
        and abs(pair.above.index - pair.below.index) <= BESIDE
    ]
    return [replace(pair, fitting=True) for pair in near] if len(near) == 1 else []


def _kinds(examined: Examined, figure: ReadFigure) -> tuple[str, str] | None:
    """The dimensions an average divides: money and area for 元/㎡; money and 户 for 户均5.97万元."""
    before = examined.before(figure)
    if _PER_OTHER.search(before):
        return None
    if _OWN_MEASURE.search(before):
        return None
    per = _PER.search(before)
    above, slash, below = figure.dimension.partition("/")
    if slash and (figure.role == "average" or _AVERAGE.search(before)):
        return above, below
    if per is not None and figure.dimension not in ("", "rate"):
        return figure.dimension, read_unit(next(group for group in per.groups() if group)).dimension
    return None


def _pairs(examined: Examined, average: ReadFigure, above: str, below: str) -> Iterator[_Pair]:
    near = [
        each
        for each in examined.figures[max(0, average.index - REACH) : average.index + 4]
        if each.position.paragraph == average.position.paragraph
        and each.role in AMOUNTS
        and not each.masked
        and each.index != average.index
    ]
    kind = kind_of(examined, average)
    tops = [each for each in near if each.dimension == above]
    for bottom in (each for each in near if each.dimension == below):
        for top in tops:
            top_kind, bottom_kind = kind_of(examined, top), kind_of(examined, bottom)
            if top_kind != bottom_kind or abs(top.index - bottom.index) > REACH // 2:
                continue
            amount, quantity = examined.interval(top), examined.interval(bottom)
            quotient = amount.over(quantity) if amount is not None and quantity is not None else None
            if quotient is not None:
                yield _Pair(top, bottom, quotient, top_kind == kind and bool(kind))


def kind_of(examined: Examined, figure: ReadFigure) -> str:
    """The kind of houses a figure is about: the last named in its clause, else the last named since the figure of its unit before."""
    from anju.kernel.reading.checking.partitions import naming

    for words in (examined.text[examined.clause(figure.start)[0] : figure.start], naming(examined, figure, TOPIC)):
        named = _CLASSES.findall(words)
        if named:
            last: str = named[-1]
            return _SAME_CLASS.get(last, last)
    return ""


def _comparable(pair: _Pair, printed: Interval) -> bool:
    """An average ten times off belongs to other totals, or to the rule on magnitudes."""
    return pair.fitting or (pair.quotient.low / 3 < printed.high and printed.low < pair.quotient.high * 3)


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
