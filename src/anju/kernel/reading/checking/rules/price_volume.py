"""Amount = quantity x price, in values and in growths (invariant 19)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from anju.kernel.quantities.intervals import Interval
from anju.kernel.reading.checking.examined import AMOUNTS, Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.partitions.whole import naming
from anju.kernel.reading.checking.rules.average import MEASURES, kind_of
from anju.kernel.reading.checking.saying import percent_range, range_like, said, value_like
from anju.kernel.reading.figure import ReadFigure
from anju.kernel.reading.units import read_unit

_RATE_OF_PAY = re.compile(rf"每({MEASURES})(?:每[年月])?(?:[^，。；\d平均]{{0,8}})$")
_TRADE = re.compile(r"销售|成交|交易|网签|出让")
ONE = Interval.exactly(1)


def check_price_volume(examined: Examined) -> Iterator[Finding]:
    """price_volume: (1 + growth of amount) = (1 + growth of quantity)(1 + growth of price); a rate of pay times a count is the money."""
    yield from _growths(examined)
    yield from _pay(examined)


def _growths(examined: Examined) -> Iterator[Finding]:
    for figures in examined.by_paragraph.values():
        groups: dict[str, dict[str, list[ReadFigure]]] = defaultdict(lambda: defaultdict(list))
        for figure in figures:
            if _traded(examined, figure) and examined.growth_of(figure) is not None:
                groups[kind_of(examined, figure)][figure.dimension].append(figure)
        for kind, found in groups.items():
            if kind and all(len(found[dimension]) == 1 for dimension in ("money", "area", "money/area")):
                yield from _compare(examined, *(found[dimension][0] for dimension in ("money", "area", "money/area")))


def _traded(examined: Examined, figure: ReadFigure) -> bool:
    """A price, or money and area of sales: the area built is no volume of a price."""
    if figure.dimension == "money/area":
        return True
    words = examined.text[examined.clause(figure.start)[0] : figure.start] + naming(examined, figure)
    return figure.dimension in ("money", "area") and bool(_TRADE.search(words))


def _compare(examined: Examined, amount: ReadFigure, area: ReadFigure, price: ReadFigure) -> Iterator[Finding]:
    described = [examined.growth_of(figure) for figure in (amount, area, price)]
    growths = [each for each in described if each is not None]
    intervals = [interval for each in growths if (interval := examined.growth(each)) is not None]
    if len(intervals) != 3:
        return
    of_amount, of_area, of_price = (ONE.plus(interval) for interval in intervals)
    product = of_area.times(of_price)
    if product.meets(of_amount):
        return
    expected = percent_range(product.minus(ONE))
    message = f"量增{growths[1].text}、价增{growths[2].text}，额的增幅应为{expected}，印的是{growths[0].text}（{said(amount)}）。"
    arithmetic = f"(1+量)(1+价)-1在{expected}之间；额是{percent_range(intervals[0])}"
    advice = "请核对三个增幅：额的增幅由量和价的增幅决定。"
    yield examined.finding("price_volume", "error", message, advice, *growths, arithmetic=arithmetic)


def _pay(examined: Examined) -> Iterator[Finding]:
    """按每户1.5万元的标准，兑付20户30万元: one rate, the count next behind it and the money behind that, in one part of a sentence."""
    parts = examined.whole_of
    for figures in examined.by_sentence.values():
        rates = [(figure, unit) for figure in figures if (unit := _per(examined, figure)) is not None]
        if len(rates) != 1 or "不同" in examined.text[slice(*examined.sentence_at(rates[0][0].start))]:
            continue
        rate, unit = rates[0]
        beside = [each for each in figures if each is not rate and each.role in AMOUNTS and not _parted(examined, rate, each)]
        counts = [each for each in beside if each.dimension == unit and each.index not in parts]
        sums = [each for each in beside if each.dimension == "money" and each.index not in parts]
        if len(counts) == 1 and len(sums) == 1:
            yield from _paid(examined, rate, counts[0], sums[0])


def _parted(examined: Examined, one: ReadFigure, other: ReadFigure) -> bool:
    first, last = sorted((one, other), key=lambda figure: figure.index)
    return "；" in examined.text[first.end : last.start]


def _paid(examined: Examined, rate: ReadFigure, count: ReadFigure, money: ReadFigure) -> Iterator[Finding]:
    price, quantity, paid = (examined.interval(each) for each in (rate, count, money))
    if price is None or quantity is None or paid is None:
        return
    product = price.times(quantity)
    if product.meets(paid) or not (product.bounded and paid.bounded):
        return
    formula = f"{rate.text} × {count.text}"
    message = f"{formula} = {value_like(product.middle, money)}，与{said(money)}不符。"
    arithmetic = f"{formula}在{range_like(product, money)}之间；{money.text}是{range_like(paid, money)}"
    advice = "请核对标准、数量和金额；若含上期结转或分档发放，请写明。"
    yield examined.finding("price_volume", "warning", message, advice, money, rate, count, arithmetic=arithmetic)


def _per(examined: Examined, figure: ReadFigure) -> str | None:
    """The kind of thing a rate of pay counts: 户 for 每户1000元 and for 1000元/户; None for averages and for other figures."""
    words = examined.before(figure)
    if "均" in words:
        return None
    above, slash, below = figure.dimension.partition("/")
    if slash and above == "money" and below != "area":
        return below
    match = _RATE_OF_PAY.search(words)
    return read_unit(match[1]).dimension if match and figure.dimension == "money" else None
