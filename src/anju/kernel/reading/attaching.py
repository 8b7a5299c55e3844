"""Which figure a growth, rate, share, rank or part belongs to: across 、 ， ； and sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from anju.kernel.reading.figure import LEVELS, ReadFigure
from anju.kernel.reading.layout import Layout

_OF_WHICH = re.compile(r"其中|包括|含(?=[\u4e00-\u9fff])|分别为|分别是")
_DESCRIBING = frozenset({"yoy", "mom", "change_abs", "share", "rate", "rank"})
_COUNTERS = frozenset({"个", "项", "处", "家", "件", "宗", "起"})
_REACH = 40
"""How many figures back a whole may stand."""


def attach(layout: Layout, figures: Sequence[ReadFigure]) -> list[ReadFigure]:
    """The figures with `attaches_to` set, in one pass with a bounded look back."""
    done: list[ReadFigure] = []
    for figure in figures:
        target = _described(layout, done, figures, figure) if _describes(figure) else _whole(layout, done, figure)
        done.append(replace(figure, attaches_to=target))
    return done


def _describes(figure: ReadFigure) -> bool:
    if figure.role in _DESCRIBING:
        return True
    return figure.role == "target" and figure.dimension in ("rate", "points of rate")


def _described(layout: Layout, done: list[ReadFigure], figures: Sequence[ReadFigure], figure: ReadFigure) -> int | None:
    growth = figure.role in ("yoy", "mom", "change_abs") or (figure.role == "target" and figure.direction is not None)
    for other in reversed(done[-_REACH:]):
        if other.position.sentence != figure.position.sentence:
            break
        between = layout.normal[other.end : figure.start]
        if "；" in between or ";" in between:
            break
        if growth:
            if _may_grow(other, figure, between):
                return other.index
        elif figure.role == "rank" or figure.role == "share":
            if other.role in LEVELS or other.role in ("rate", "share", "yoy"):
                return other.index
        elif other.role in LEVELS and other.dimension not in ("rate",) and _rates(figure, other, between):
            return other.index
    return _ahead(layout, figures, figure) if growth else None


def _may_grow(other: ReadFigure, figure: ReadFigure, between: str) -> bool:
    if figure.dimension == "points of rate":
        return other.role in ("rate", "share", "yoy", "target") or other.role in LEVELS
    if figure.role == "change_abs" and other.dimension != figure.dimension:
        return False
    return other.role in LEVELS or other.role in ("rate", "share")


def _rates(figure: ReadFigure, other: ReadFigure, between: str) -> bool:
    """Whether a rate describes this level: its own words are only 完成率, 开工率, or share a word with the level's subject."""
    own = re.split(r"[，,、]", between)[-1]
    if between.count("，") + between.count(",") > 3:
        return False
    stem = re.search(r"([\u4e00-\u9fff]{1,6}?)(?:率|比)?(?:分别)?(?:稳定)?(?:达到|达|为|：|约)?$", own)
    if len(own) <= 8:
        return True
    words = {own[place : place + 2] for place in range(len(own) - 1)} - {"完成", "达到", "全市", "全县", "覆盖", "率达"}
    return stem is not None and any(word in other.subject for word in words)


def _ahead(layout: Layout, figures: Sequence[ReadFigure], figure: ReadFigure) -> int | None:
    """增长5.2%，达到300亿元: the level follows its growth."""
    following = figures[figure.index + 1] if figure.index + 1 < len(figures) else None
    if following is None or following.position.sentence != figure.position.sentence or following.role not in LEVELS:
        return None
    between = layout.normal[figure.end : following.start]
    return following.index if re.match(r"，?(?:总量|规模|总额)?(?:达到|达|至|为)", between) and len(between) <= 12 else None


def _whole(layout: Layout, done: list[ReadFigure], figure: ReadFigure) -> int | None:
    """The whole a part behind 其中 belongs to."""
    if not figure.scope.of_which:
        return None
    start = _marker(layout, done, figure)
    best: tuple[float, int] | None = None
    for distance, other in enumerate(reversed(done[-_REACH:])):
        if other.start >= start or figure.position.paragraph != other.position.paragraph:
            continue
        if figure.position.sentence - other.position.sentence > 1:
            break
        if (other.role not in LEVELS and other.role not in ("level",)) or not _comparable(figure, other):
            continue
        score = _likeness(figure.subject, other.subject) * 3 - distance * 0.2
        if best is None or score > best[0]:
            best = (score, other.index)
    return None if best is None else best[1]


def _marker(layout: Layout, done: list[ReadFigure], figure: ReadFigure) -> int:
    sentence = layout.sentence_at(figure.start)
    marks = [match.start() for match in _OF_WHICH.finditer(layout.normal, sentence.start, figure.start)]
    return marks[-1] if marks else sentence.start


def _comparable(figure: ReadFigure, other: ReadFigure) -> bool:
    return figure.dimension == other.dimension or (figure.unit in _COUNTERS and other.unit in _COUNTERS)


def _likeness(first: str, second: str) -> float:
    one = {first[place : place + 2] for place in range(len(first) - 1)}
    two = {second[place : place + 2] for place in range(len(second) - 1)}
    return len(one & two) / max(min(len(one), len(two)), 1)
