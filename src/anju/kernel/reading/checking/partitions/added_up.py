"""Lists that say their sum: A、B，合计C; and lists with what is left: A of which B done, C left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.partitions.whole import PARTS_MAX, Whole, adds_up, make_whole
from anju.kernel.reading.figure import ReadFigure

_ADDED = re.compile(r"(?:合计|共计|总计|总共|合共)[^，。；、\d]{0,6}$")
_BREAK = re.compile(r"；(?!合计|共计|总计|总共)|(?:增加|提高|上升|增长|下降|减少|扩大|降|升)(?:到|至|为)")
_DIGIT = re.compile(r"\d")
_LEFT = re.compile(r"(?:剩余|其余|余下|剩下|尚余|还剩|尚有|仍有|未(?:整改|办结|完工|完成|交付|开工|竣工|拨付|使用))[^，。；、\d]{0,8}$")
_DONE = re.compile(r"已|完成|完工|竣工|办结|整改|交付|开工|拨付|发放|销售|使用|建成|签约|拆除|支付")
APART, NEAR = 2, 2 * PARTS_MAX


def added_up(examined: Examined) -> Iterator[Whole]:
    """合计C over the amounts of its unit directly before it, each without a 合计 of its own."""
    for figures in examined.by_sentence.values():
        for place, figure in enumerate(figures):
            if place < APART or not adds_up(examined, figure) or not _ADDED.search(examined.before(figure)):
                continue
            parts = _run_before(examined, figures[max(0, place - NEAR) : place], figure)
            if 2 <= len(parts) <= PARTS_MAX and not _DIGIT.search(examined.between(parts[-1], figure)):
                yield make_whole(examined, figure, parts, complete=True, direct=frozenset(part.index for part in parts))


def _run_before(examined: Examined, before: Sequence[ReadFigure], whole: ReadFigure) -> list[ReadFigure]:
    parts: list[ReadFigure] = []
    following = whole
    for each in reversed(before):
        if _BREAK.search(examined.between(each, following)) or _ADDED.search(examined.before(each)):
            break
        if each.dimension == whole.dimension and adds_up(examined, each):
            parts.append(each)
            following = each
        elif following.index - each.index > APART:
            break
    return parts[::-1]


def left_over(examined: Examined) -> Iterator[Whole]:
    """排查1248处，已整改1136处，剩余112处: with exactly two amounts of the unit before what is left, the first is the whole."""
    for figures in examined.by_sentence.values():
        for place, figure in enumerate(figures):
            if place < 2 or not adds_up(examined, figure) or not _LEFT.search(examined.before(figure)):
                continue
            before = [
                each for each in figures[max(0, place - NEAR) : place] if each.dimension == figure.dimension and adds_up(examined, each)
            ]
            if len(before) == 2 and _DONE.search(examined.before(before[1])) and "其中" not in examined.between(before[0], figure):
                parts = (before[1], figure)
                yield make_whole(examined, before[0], parts, complete=True, direct=frozenset(part.index for part in parts))
