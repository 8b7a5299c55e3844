"""Growth of a whole against the growth of its parts (invariant 18)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anju.kernel.quantities.intervals import Interval, total
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.partitions.whole import Whole
from anju.kernel.reading.checking.saying import percent_range, range_like, said
from anju.kernel.reading.figure import ReadFigure

_AT_CONSTANT_PRICES = re.compile(r"可比|不变价|扣除价格|实际增长|同口径|生产总值|GDP|增加值|总产值")
"""Growths that are not those of the printed values; they still lie between the growths of their parts."""

ONE = Interval.exactly(1)


def check_yoy_decomposition(examined: Examined) -> Iterator[Finding]:
    """yoy_decomposition: last year's parts add up to last year's whole; with one part known, what is left of last year is not negative."""
    for whole in examined.wholes:
        growth = examined.growth_of(whole.whole)
        pairs = [(part, examined.growth_of(part)) for part in whole.parts]
        known = [(part, its) for part, its in pairs if its is not None and its.index != (growth.index if growth else -1)]
        if growth is None or not known or whole.sums is None:
            continue
        if len(known) == len(whole.parts) >= 2 and whole.holds:
            yield from _all_parts(examined, whole, growth, known)
        else:
            for part, its in known:
                yield from _one_part(examined, whole, growth, part, its)


def last_year(examined: Examined, figure: ReadFigure, growth: ReadFigure) -> Interval | None:
    """What the figure was a year before, by its growth."""
    now, grown = examined.interval(figure), examined.growth(growth)
    return None if now is None or grown is None else now.over(ONE.plus(grown))


def _all_parts(examined: Examined, whole: Whole, growth: ReadFigure, known: list[tuple[ReadFigure, ReadFigure]]) -> Iterator[Finding]:
    grown = [interval for _, its in known if (interval := examined.growth(its)) is not None]
    least, most = min(each.low for each in grown), max(each.high for each in grown)
    printed = examined.growth(growth)
    outside = printed is not None and (printed.high < least or printed.low > most)
    before = last_year(examined, whole.whole, growth)
    parts = [interval for part, its in known if (interval := last_year(examined, part, its)) is not None]
    if before is None or len(parts) != len(known) or total(parts).meets(before):
        return
    if not outside and _AT_CONSTANT_PRICES.search(examined.text[slice(*examined.sentence_at(growth.start))]):
        return
    words = "、".join(f"{said(part)}{its.text}" for part, its in known)
    reason = "不在各分项的增幅之间" if outside else "与各分项的增幅合不上"
    arithmetic = (
        f"上年同期：分项合计{range_like(total(parts), whole.whole)}，总量{range_like(before, whole.whole)}；"
        f"分项增幅在{percent_range(Interval(least, most))}之间"
    )
    message = f"{said(whole.whole)}的同比{growth.text}{reason}（{words}）。"
    advice = "总量的增幅是各分项增幅的加权平均；请核对增幅，或上年同期是否同一口径。"
    figures = [growth, *(its for _, its in known)]
    yield examined.finding("yoy_decomposition", "error", message, advice, *figures, arithmetic=arithmetic)


def _one_part(examined: Examined, whole: Whole, growth: ReadFigure, part: ReadFigure, its: ReadFigure) -> Iterator[Finding]:
    before, part_before = last_year(examined, whole.whole, growth), last_year(examined, part, its)
    if before is None or part_before is None or not before.below(part_before):
        return
    if _AT_CONSTANT_PRICES.search(examined.text[slice(*examined.sentence_at(growth.start))]):
        return
    if examined.known(whole.whole).below(examined.known(part)):  # no part of it now either
        return
    arithmetic = f"上年同期：分项{range_like(part_before, whole.whole)}，总量{range_like(before, whole.whole)}"
    message = f"按增幅推算，上年同期{said(part)}已大于总量{said(whole.whole)}。"
    advice = "请核对两个增幅，或两个数是否同一口径。"
    yield examined.finding("yoy_decomposition", "error", message, advice, growth, its, arithmetic=arithmetic)
