"""Parts behind 其中: their whole is the amount of their unit nearest before the mark."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from anju.kernel.quantities.intervals import Interval, total
from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.partitions.completeness import says_complete
from anju.kernel.reading.checking.partitions.whole import PARTS_MAX, Whole, adds_up, make_whole
from anju.kernel.reading.figure import ReadFigure

_MARK = re.compile(r"(?P<open>[（(])?其中")
_END = re.compile(r"[）)]")
_TRAILING = re.compile(r"[：:为是共约]+$")
_LETTERS = re.compile(r"[\u4e00-\u9fff]+")
REACH, LISTED, SHORT_NAME, SAME_ENDING = 12, 40, 4, 4
FILLS = 20
"""A list that comes to within a twentieth of the whole is the one meant."""


def of_which(examined: Examined) -> Iterator[Whole]:
    """Every 其中 with the parts behind it, one whole for each unit."""
    for match in _MARK.finditer(examined.text):
        start, end = examined.sentence_at(match.start())
        if match["open"]:
            closed = _END.search(examined.text, match.end(), end)
            end = closed.start() if closed else end
        following = _MARK.search(examined.text, match.end(), end)
        listed = _listed(examined, match.end(), following.start() if following else end)
        before = _before(examined, match.start(), start)
        for dimension, parts in listed.items():
            whole = next((each for each in reversed(before) if each.dimension == dimension), None)
            if whole is not None:
                yield _whole(examined, match.end(), whole, parts, _together(examined, before, whole, match.start()))


def _listed(examined: Examined, start: int, end: int) -> dict[str, list[ReadFigure]]:
    """The amounts behind the mark by unit, in order."""
    found: dict[str, list[ReadFigure]] = defaultdict(list)
    for figure in examined.within(start, end, LISTED):
        if adds_up(examined, figure) and not _aside(examined.text[start : figure.start]):
            found[figure.dimension].append(figure)
    return found


def _aside(words: str) -> bool:
    """Inside a bracket opened behind the mark: 公共停车场5200个（含立体泊位1260个）."""
    return words.count("（") + words.count("(") > words.count("）") + words.count(")")


def _before(examined: Examined, mark: int, sentence: int) -> list[ReadFigure]:
    """The amounts before the mark in its sentence; those of the sentence before when 其中 opens a sentence."""
    opens = not examined.text[sentence:mark].strip(" \u3000（(")
    start = examined.sentence_at(sentence - 1)[0] if opens and sentence else sentence
    if opens and "\n" in examined.text[start:sentence].strip("\n"):
        return []
    return [each for each in examined.within(start, mark, -REACH) if adds_up(examined, each)]


def _together(examined: Examined, before: Sequence[ReadFigure], whole: ReadFigure, mark: int) -> Interval | None:
    """What the amounts of the unit before the mark come to, when there are several: 甲100户、乙50户，其中低保户120户."""
    same = [each for each in before if each.dimension == whole.dimension]
    return total(examined.known(each) for each in same) if len(same) > 1 else None


def _whole(examined: Examined, mark: int, whole: ReadFigure, parts: list[ReadFigure], among: Interval | None) -> Whole:
    parts = parts[:PARTS_MAX]
    first = [part for part in parts if "；" not in examined.text[mark : part.start]]
    every = make_whole(examined, whole, parts, complete=says_complete(examined, whole, parts))
    direct = frozenset(part.index for part in first)
    chosen, complete = parts, every.complete
    if 1 < len(first) < len(parts) and not every.holds and not _alike(examined, parts):
        chosen, complete = first, says_complete(examined, whole, first)
    elif len(first) == 1 < len(parts) and not complete and not _fills(every) and not _alike(examined, parts):
        chosen, complete = first, False
    return make_whole(examined, whole, chosen, complete=complete, direct=direct, among=among)


def _fills(whole: Whole) -> bool:
    if whole.sums is None:
        return False
    added, stated = whole.sums
    return abs(added.middle - stated.middle) * FILLS <= abs(stated.middle)


def _alike(examined: Examined, parts: Sequence[ReadFigure]) -> bool:
    """The names of the parts end alike: 住宅开发面积, 商业开发面积; 简易程序, 普通程序; but not 新开工面积, 竣工面积."""
    names = [_TRAILING.sub("", examined.before(part)) for part in parts]
    short = min(len(_LETTERS.findall(name)[-1]) if _LETTERS.findall(name) else 0 for name in names)
    size = 2 if short <= SHORT_NAME else SAME_ENDING
    endings = {name[-size:] for name in names}
    return len(endings) == 1 and len(endings.pop()) == size
