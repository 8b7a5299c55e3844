"""Numbers no county can have: 万平方公里, homes of half a square metre, houses at 3元/㎡."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from anju.kernel.quantities.intervals import Interval
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, Severity
from anju.kernel.reading.checking.rules.average import kind_of
from anju.kernel.reading.checking.saying import range_like, said
from anju.kernel.reading.figure import ReadFigure

_CHINA = 9_600_000
_MOST: dict[str, tuple[Fraction, str]] = {
    "area": (Fraction(_CHINA) * 10**6, "全国陆地面积约960万平方公里"),
    "户": (Fraction(3 * 10**9), "全国约5亿户家庭"),
    "人": (Fraction(9 * 10**9), "全世界约80亿人"),
    "length": (Fraction(10**11), "绕地球两千多圈"),
}
_BUILT = re.compile(r"建筑面积|住房面积|房屋|楼盘|商品房|住宅|小区|车位|厂房")
_BUILT_MOST = Fraction(8 * 10**10)
_GROWTH_MOST = Fraction(1000)
_HOMES = frozenset(("套", "户"))
_HOME_AREA = Interval(Fraction(12), Fraction(1200))
_PRICE = Interval(Fraction(150), Fraction(400_000))
_TRADED = re.compile(r"销售|成交|交易|网签|备案|出让|均价|签约")
_FLOOR = re.compile(r"面积|㎡|销售|住宅|商品房|预售|网签|成交")
_AMOUNT = re.compile(r"额|金额|价款|元$")
_DWELLING = re.compile(r"住宅|商品房|住房|房屋|公寓|公租房|安置房|楼盘")
_PRICED = re.compile(r"价|均|每|标准|单位")
NEXT, FEN = 3, 2


def check_magnitude(examined: Examined) -> Iterator[Finding]:
    """magnitude: by itself, and by what it makes of the figures beside it."""
    for figure in examined.figures:
        interval = examined.interval(figure)
        if interval is not None:
            yield from _alone(examined, figure, interval)
    yield from _together(examined)


def _alone(examined: Examined, figure: ReadFigure, interval: Interval) -> Iterator[Finding]:
    most = _MOST.get(figure.dimension)
    if most is not None and interval.low > most[0]:
        yield _finding(examined, "error", f"{said(figure)}大得不可能：{most[1]}", figure)
    elif figure.dimension == "area" and interval.low > _BUILT_MOST and _BUILT.search(examined.before(figure)):
        yield _finding(examined, "error", f"{said(figure)}大得不可能：全国一年的房屋施工面积也不过八九十亿平方米", figure)
    elif figure.unit == "元" and figure.scale == 1 and figure.places > FEN and not _PRICED.search(examined.lead(figure, 20)):
        yield _finding(examined, "warning", f"{said(figure)}：元以下只有角和分，写到{figure.places}位小数的像是漏了“万”", figure)
    elif figure.role in ("yoy", "mom") and figure.unit in ("%", "％") and interval.low > _GROWTH_MOST:
        yield _finding(examined, "warning", f"{said(figure)}：增幅超过十倍", figure)


def _together(examined: Examined) -> Iterator[Finding]:
    """Homes with their area, and area sold with its amount, standing side by side."""
    for area in examined.figures:
        if area.dimension != "area" or area.role not in ("level", "cumulative") or area.masked:
            continue
        homes = _beside(examined, area, _HOMES)
        if homes is not None and _FLOOR.search(_clause(examined, area)) and _DWELLING.search(_words(examined, homes, area)):
            yield from _implied(examined, area, homes, _HOME_AREA, "每套", "㎡")
        amount = _beside(examined, area, frozenset(("money",)))
        if (
            amount is not None
            and _FLOOR.search(_clause(examined, area))
            and _TRADED.search(_words(examined, area, amount))
            and _AMOUNT.search(examined.before(amount) + "元")
        ):
            yield from _implied(examined, amount, area, _PRICE, "每㎡", "元")


def _clause(examined: Examined, figure: ReadFigure) -> str:
    """The words of the clause before a figure; those before the figure it stands directly behind when it has none."""
    words = examined.before(figure)
    return words if words.strip("、，（(共计约") else "面积"


def _words(examined: Examined, one: ReadFigure, other: ReadFigure) -> str:
    first, last = sorted((one, other), key=lambda figure: figure.index)
    return examined.lead(first) + examined.text[first.end : last.start]


def _beside(examined: Examined, figure: ReadFigure, dimensions: frozenset[str]) -> ReadFigure | None:
    """The nearest level of these kinds in the sentence, of the same kind of houses."""
    near = sorted(
        examined.figures[max(0, figure.index - NEXT) : figure.index + NEXT + 1],
        key=lambda each: (abs(each.index - figure.index), each.index),
    )
    kind = kind_of(examined, figure)
    for each in near:
        first, last = sorted((figure, each), key=lambda one: one.index)
        if "；" in examined.text[first.end : last.start]:
            continue
        same = each.position.sentence == figure.position.sentence and each.role in ("level", "cumulative") and not each.masked
        if same and each.dimension in dimensions and kind_of(examined, each) == kind:
            between = examined.figures[min(each.index, figure.index) + 1 : max(each.index, figure.index)]
            return None if any(other.dimension == figure.dimension and other.role in ("level", "cumulative") for other in between) else each
    return None


def _implied(examined: Examined, above: ReadFigure, below: ReadFigure, bounds: Interval, each: str, unit: str) -> Iterator[Finding]:
    top, bottom = examined.interval(above), examined.interval(below)
    quotient = top.over(bottom) if top is not None and bottom is not None else None
    if quotient is None or quotient.meets(bounds):
        return
    value = f"{_short(quotient.middle)}{unit}"
    message = f"{said(above)} ÷ {said(below)}，{each}合{value}，不合常理"
    arithmetic = (
        f"{above.text}是{range_like(top, above)}，{below.text}是{range_like(bottom, below)}，{each}{value}" if top and bottom else ""
    )
    yield _finding(examined, "error", message, above, below, arithmetic=arithmetic)


def _short(value: Fraction) -> str:
    from anju.kernel.reports.findings.facts_of import number

    return number(value, "", 2 if value < 100 else 0)


def _finding(examined: Examined, severity: Severity, what: str, *figures: ReadFigure, arithmetic: str = "") -> Finding:
    return examined.finding(
        "magnitude", severity, f"{what}。", "请核对数字和单位（元、万元、亿元，㎡、万㎡）。", *figures, arithmetic=arithmetic
    )
