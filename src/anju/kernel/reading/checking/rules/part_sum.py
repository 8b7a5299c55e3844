"""Parts that do not add up to the whole the text gives them (invariants 8, 10, 12, 87)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from anju.kernel.quantities.intervals import Interval, total
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding, Severity
from anju.kernel.reading.checking.partitions.whole import Whole
from anju.kernel.reading.checking.saying import range_like, said, value_like
from anju.kernel.reading.checking.slipped import repairs, scaled, slips
from anju.kernel.reading.figure import ReadFigure

_OPEN = re.compile(r"^[^，。；、]{0,8}等(?![级候待额效])")
SOURCES = 8
CHANCE, LIKELY, FULL, MANY, FAR_OFF = Fraction(1, 8), Fraction(2), Fraction(3, 5), 3, 12
Ways = Callable[[ReadFigure], Iterator[tuple[str, Interval]]]
NEAR, NEARER = Fraction(1, 50), Fraction(1, 200)
"""A list whose parts make up all but 2 % (0.5 %) of the whole was meant to be complete."""


def check_part_sum(examined: Examined) -> Iterator[Finding]:
    """part_sum: total = Σ parts within what the printed roundings allow; only where the text says or shows that the list is complete."""
    for whole in examined.wholes:
        if len(whole.parts) < 2 or whole.sums is None or whole.holds:
            continue
        severity = _severity(whole, *whole.sums) or _slipped(examined, whole, *whole.sums)
        if severity is not None:
            yield _finding(examined, whole, severity, *whole.sums)
    yield from _sources(examined)


def _severity(whole: Whole, added: Interval, stated: Interval) -> Severity | None:
    if whole.complete:
        return "error"
    gap = abs(added.middle - stated.middle)
    if stated.middle > 0 and gap <= stated.middle * NEARER:
        return "error"
    if (stated.middle > 0 and gap <= stated.middle * NEAR) or added.high > stated.high > added.low / MANY:
        return "warning"
    return None


def _finding(examined: Examined, whole: Whole, severity: Severity, added: Interval, stated: Interval) -> Finding:
    words = " + ".join(part.text for part in whole.parts)
    gap = value_like(abs(added.middle - stated.middle), whole.whole)
    sum_text = value_like(added.middle, whole.whole)
    arithmetic = f"{words} = {sum_text}，只能在{range_like(added, whole.whole)}；{whole.whole.text}是{range_like(stated, whole.whole)}"
    message = f"{words} = {sum_text}，与{said(whole.whole)}不等，相差{gap}。"
    advice = "请核对各分项和合计：分项应不重不漏，截止日期一致。" + _hint(examined, whole)
    return examined.finding("part_sum", severity, message, advice, whole.whole, *whole.parts, arithmetic=arithmetic)


def _repairs(examined: Examined, whole: Whole, ways: Ways = slips) -> list[tuple[ReadFigure, str]]:
    """Every slip of the pen, in one figure, that would explain it."""
    figures = (whole.whole, *whole.parts)
    intervals = [interval for figure in figures if (interval := examined.interval(figure)) is not None]

    def holds(position: int, changed: Interval) -> bool:
        values = [changed if place == position else each for place, each in enumerate(intervals)]
        return total(values[1:]).meets(values[0])

    return repairs(figures, holds, ways)


def _hint(examined: Examined, whole: Whole) -> str:
    found = _repairs(examined, whole)
    return f"若{found[0][0].text}应为{found[0][1]}，则正好相等。" if len(found) == 1 else ""


def _slipped(examined: Examined, whole: Whole, added: Interval, stated: Interval) -> Severity | None:
    """A list that one slip of the pen keeps from adding up, where a list left open on purpose would hardly look so by chance.

    A wrong 万 or 亿 shows by itself. Lists left open fill less than three fifths of their whole, nearly all of them (of forty-four lists in
    real reports eight were open, one of them filled more), so that more is believed of one that fills more.
    """
    if stated.middle <= 0 or any(_OPEN.search(examined.text[part.end : part.end + 12]) for part in whole.parts):
        return None
    if _repairs(examined, whole, scaled):
        return "warning"
    tried = sum(1 for figure in (whole.whole, *whole.parts) for _ in slips(figure))
    width = max(added.high - added.low + stated.high - stated.low, whole.whole.factor)
    chance = LIKELY if added.middle >= stated.middle * FULL else CHANCE
    if width * tried > stated.middle * chance or stated.high * FAR_OFF < added.low:
        return None
    return "warning" if _repairs(examined, whole) else None


def _sources(examined: Examined) -> Iterator[Finding]:
    """Funding sources said right behind a total investment explain it, or the rest is named (invariant 25)."""
    for figure in examined.figures:
        if figure.dimension != "money" or "总投资" not in examined.before(figure):
            continue
        behind = examined.figures[figure.index + 1 : figure.index + 1 + SOURCES]
        sources = [each for each in behind if each.position.sentence == figure.position.sentence and _is_source(examined, each.index)]
        known = [interval for each in sources if (interval := examined.interval(each)) is not None]
        stated = examined.interval(figure)
        if not 2 <= len(known) == len(sources) or stated is None or stated.meets(total(known)):
            continue
        added = total(known)
        words = " + ".join(each.text for each in sources)
        sums = f"{words} = {value_like(added.middle, figure)}"
        arithmetic = f"{sums}，只能在{range_like(added, figure)}；{figure.text}是{range_like(stated, figure)}"
        if stated.below(added):
            message = f"各项资金来源{sums}，超过总投资{figure.text}。"
            yield examined.finding("part_sum", "error", message, "请核对各项来源和总投资。", figure, *sources, arithmetic=arithmetic)
        else:
            rest = value_like(stated.middle - added.middle, figure)
            message = f"总投资{figure.text}只写了{sums}的来源，还有{rest}没有说明。"
            yield examined.finding("part_sum", "info", message, "请写明其余来源或缺口。", figure, *sources, arithmetic=arithmetic)


def _is_source(examined: Examined, index: int) -> bool:
    figure = examined.figures[index]
    words = examined.before(figure, 16)
    return figure.dimension == "money" and any(
        word in words for word in ("补助", "债券", "国债", "自筹", "贷款", "配套", "拨款", "专项资金")
    )
