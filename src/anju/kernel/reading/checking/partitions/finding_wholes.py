"""Every whole of a text, from all the ways a text gives parts to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.partitions.added_up import added_up, left_over
from anju.kernel.reading.checking.partitions.completeness import says_complete
from anju.kernel.reading.checking.partitions.divided import divided
from anju.kernel.reading.checking.partitions.of_which import of_which
from anju.kernel.reading.checking.partitions.whole import Whole, adds_up, make_whole

TELLING, NEAR, BESIDE = 9, 4, 3


def wholes(examined: Examined) -> tuple[Whole, ...]:
    """Every whole with at least one part, in reading order; linear in the figures. A part has one whole of each kind of list."""
    found = [*of_which(examined), *added_up(examined), *left_over(examined), *divided(examined)]
    owned = {part.index for each in found for part in each.parts}
    found += [each for each in _attached(examined) if not owned & {part.index for part in each.parts}]
    by_place = {(each.whole.index, tuple(part.index for part in each.parts)): each for each in found}
    return tuple(_with_sisters([by_place[key] for key in sorted(by_place)]))


def _attached(examined: Examined) -> Iterator[Whole]:
    """What the reading attached without any of these words: brackets, lists that add up."""
    for index, describing in sorted(examined.describing.items()):
        whole = examined.figures[index]
        parts = [each for each in describing if each.dimension == whole.dimension and adds_up(examined, each)]
        if parts and adds_up(examined, whole):
            yield make_whole(examined, whole, parts, complete=says_complete(examined, whole, parts))


def _with_sisters(found: list[Whole]) -> Iterator[Whole]:
    """Parts given in two quantities side by side (宗数 and 面积): where one adds up exactly, the other must too."""
    sums: dict[int, list[Whole]] = defaultdict(list)
    for each in found:
        if len(each.parts) >= 2 and each.holds and _telling(each):
            sums[each.whole.index].append(each)
    for each in found:
        near = (other for index in range(each.whole.index - NEAR, each.whole.index + NEAR + 1) for other in sums.get(index, ()))
        sister = next((other for other in near if other is not each and _side_by_side(each, other)), None)
        yield replace(each, complete=True) if sister is not None else each


def _telling(whole: Whole) -> bool:
    """A sum that adds up by its digits and not because its parts are open or tiny."""
    if whole.sums is None:
        return False
    stated = whole.sums[1]
    return stated.high - stated.low < stated.high / 20 and stated.high > TELLING


def _side_by_side(one: Whole, other: Whole) -> bool:
    return len(one.parts) == len(other.parts) and all(
        0 < abs(a.index - b.index) <= BESIDE for a, b in zip(one.parts, other.parts, strict=True)
    )
