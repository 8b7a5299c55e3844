"""Which whole a part belongs to: behind 其中, 包括 and in brackets, before 共计, and where parts add up to the figure before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anju.kernel.reading.figure import ReadFigure
from anju.kernel.reading.layout import Layout

_STANDING = frozenset({"level", "cumulative", "target", "plan"})
_OF_WHICH = re.compile(r"其中|包括|(?<![包\w])含(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])中(?=，)")
_TOTAL = re.compile(r"(?:共计|合计|总计|总共)(?:达|为|约)?$")
_LIMITS = re.compile(r"控制在|核定|限额|计划|目标|需求")
_SO_FAR = re.compile(r"[^，。；、\d]{0,14}已[^，。；、\d]{1,10}|，(?:现|目前)?已(?:经)?[\u4e00-\u9fff]{2,4}")
_COUNTERS = frozenset({"个", "项", "处", "家", "件", "宗", "起"})
_REACH = 30
_MOST_PARTS = 12
_SEMICOLON = re.compile("[；;]")
_NEAR = Fraction(1, 20)
"""Parts told behind a semicolon belong to a whole that they fill to within a twentieth."""


def wholes_of(layout: Layout, figures: Sequence[ReadFigure]) -> dict[int, int]:
    """index of a part → index of its whole."""
    found: dict[int, int] = {}
    for figure in figures:
        if figure.role not in _STANDING:
            continue
        mark = _mark_before(layout, figure)
        if mark is not None:
            whole = _whole_before(layout, figures, figure, mark)
            if whole is not None:
                found[figure.index] = whole
        elif _TOTAL.search(layout.normal[max(figure.start - 6, 0) : figure.start]):
            _total_behind(figures, figure, found)
        elif figure.index and _done_of(layout, figures[figure.index - 1], figure):
            found[figure.index] = figure.index - 1
    _brackets(layout, figures, found)
    _sums(figures, found)
    _drop_other_topics(layout, figures, found)
    return found


def _mark_before(layout: Layout, figure: ReadFigure) -> int | None:
    """Where the 其中 (包括, 含) stands that the figure is under: in its sentence, not shut off by the end of a bracket."""
    sentence = layout.sentence_at(figure.start)
    if _LIMITS.search(layout.normal[max(figure.start - 12, sentence.start) : figure.start].split("，")[-1]):
        return None
    start = max(sentence.start, figure.start - 400)
    marks = [match.start() for match in _OF_WHICH.finditer(layout.normal, start, figure.start)]
    if not marks:
        return None
    opened = layout.normal.rfind("(", start, marks[-1])
    if opened >= 0 and marks[-1] - opened <= 2 and ")" in layout.normal[marks[-1] : figure.start]:
        return None
    return marks[-1]


def _whole_before(layout: Layout, figures: Sequence[ReadFigure], figure: ReadFigure, mark: int) -> int | None:
    best: tuple[float, int] | None = None
    within = layout.normal[mark] == "中"
    opens = mark - layout.sentence_at(mark).start <= 2
    for distance, other in enumerate(reversed(figures[max(figure.index - _REACH, 0) : figure.index])):
        if other.position.paragraph != figure.position.paragraph or figure.position.sentence - other.position.sentence > 1:
            break
        if other.start >= mark or other.role not in _STANDING:
            continue
        if within and layout.clause_at(mark) != other.position.clause:
            break
        if _comparable(figure, other):
            score = likeness(figure.subject, other.subject) * 4 - distance * 0.1
            best = max(best, (score, other.index)) if best is not None else (score, other.index)
        if _heads(other) and not (opens and best is None):
            break
    return None if best is None else best[1]


def _heads(other: ReadFigure) -> bool:
    """A count with a subject of its own begins the topic that 其中 divides."""
    return "/" not in other.dimension and other.dimension not in ("money", "area") and len(other.subject) > 2


def _comparable(figure: ReadFigure, other: ReadFigure) -> bool:
    return figure.dimension == other.dimension or (figure.unit in _COUNTERS and other.unit in _COUNTERS)


def _done_of(layout: Layout, whole: ReadFigure, figure: ReadFigure) -> bool:
    """8个重点项目已开工7个: what of a count is already done, in one clause."""
    counted = whole.unit == figure.unit and whole.role in _STANDING and whole.dimension not in ("money", "area")
    fits = whole.value is None or figure.value is None or figure.value <= whole.value
    return counted and fits and _SO_FAR.fullmatch(layout.normal, whole.end, figure.start) is not None


def _total_behind(figures: Sequence[ReadFigure], total: ReadFigure, found: dict[int, int]) -> None:
    """新建3条、改造5条，共计8条: at least two figures of the sentence before a total are its parts."""
    parts = []
    for other in reversed(figures[max(total.index - _MOST_PARTS, 0) : total.index]):
        if other.position.sentence != total.position.sentence or other.dimension != total.dimension or other.role != total.role:
            break
        parts.append(other.index)
    if len(parts) >= 2:
        found.update(dict.fromkeys(parts, total.index))


def _brackets(layout: Layout, figures: Sequence[ReadFigure], found: dict[int, int]) -> None:
    """8.5万亩（新建6万亩、改造2.5万亩）: two or more of its kind in the bracket directly behind a figure."""
    for whole in figures:
        if layout.normal[whole.end : whole.end + 1] != "(" or whole.role not in _STANDING:
            continue
        end = layout.normal.find(")", whole.end, whole.end + 200)
        inside = [f for f in figures[whole.index + 1 : whole.index + 1 + _MOST_PARTS] if f.end <= end]
        parts = [f.index for f in inside if f.dimension == whole.dimension and f.role in _STANDING]
        if len(parts) >= 2:
            found.update({index: whole.index for index in parts if index not in found})


def _sums(figures: Sequence[ReadFigure], found: dict[int, int]) -> None:
    """A figure whose direct followers of its kind add up to it exactly is their whole, with or without 其中."""
    for place, whole in enumerate(figures):
        if not whole.value or whole.role not in _STANDING:
            continue
        total, parts = Fraction(0), []
        for other in figures[place + 1 : place + 1 + 2 * _MOST_PARTS]:
            if other.position.paragraph != whole.position.paragraph or other.position.sentence - whole.position.sentence > 1:
                break
            if other.dimension != whole.dimension or other.role not in _STANDING or other.value is None or other.unit != whole.unit:
                continue
            if found.get(other.index, whole.index) != whole.index:
                break
            total += other.value
            parts.append(other.index)
            if total >= whole.value:
                break
        if total == whole.value and len(parts) >= 2:
            found.update(dict.fromkeys(parts, whole.index))


def _drop_other_topics(layout: Layout, figures: Sequence[ReadFigure], found: dict[int, int]) -> None:
    """Behind a semicolon 其中 still holds only for figures that fill the whole with the parts before, or that name the same thing."""
    by_whole: dict[int, list[int]] = {}
    for index in sorted(found):
        if index > found[index]:
            by_whole.setdefault(found[index], []).append(index)
    for whole, parts in by_whole.items():
        later = [index for index in parts if _SEMICOLON.search(layout.normal, figures[parts[0]].end, figures[index].start)]
        while later and not _belongs(figures, figures[whole], parts, later[-1]):
            found.pop(later[-1])
            parts.remove(later.pop())


def _belongs(figures: Sequence[ReadFigure], whole: ReadFigure, parts: list[int], last: int) -> bool:
    figure = figures[last]
    if figure.unit != whole.unit:
        return False
    values = [figures[index].value for index in parts]
    if whole.value is None or None in values:
        return likeness(figure.subject, whole.subject) >= 0.4
    total = sum(value for value in values if value is not None)
    return abs(total - whole.value) <= whole.value * _NEAR


def likeness(first: str, second: str) -> float:
    """How much of the shorter subject's pairs of characters the other has, from 0 to 1."""
    one = {first[place : place + 2] for place in range(len(first) - 1)}
    two = {second[place : place + 2] for place in range(len(second) - 1)}
    return len(one & two) / max(min(len(one), len(two)), 1)
