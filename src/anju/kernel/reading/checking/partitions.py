"""Wholes and the parts the text gives them: what 其中 names, what 合计 adds up, what stands in brackets behind a total.

Only what stands together in the text is a candidate; no set of figures is ever searched for a sum that happens to fit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from anju.kernel.quantities.intervals import Interval, total
from anju.kernel.reading.checking.examined import AMOUNTS, Examined
from anju.kernel.reading.figure import ReadFigure

PARTS_MAX, NEARER_MAX, TELLING = 24, 12, 9
_ADDED = re.compile(r"(?:合计|共计|总计|总共|三项合计|两项合计|合共)[^，。；、\d]{0,6}$")
_BREAK = re.compile(r"；(?!合计|共计|总计|总共)")
_MOVED = re.compile(r"(?:增加|提高|上升|增长|下降|减少|扩大|降|升)(?:到|至|为)")
_NOT_ADDED = frozenset(("", "rate", "points of rate", "pure", "doublings", "points"))
_ADDED_ALONE = re.compile(r"\d")
_OPEN = re.compile(r"^(?:余|多)?[^，。；、]{0,8}等(?![级候待额效])")
_EACH = re.compile(r"^(?!.*其中).*分别")
_REST = re.compile(r"其余|剩余|其他|其它|余下|剩下|另有|另外")
_GRADE = re.compile(r"([A-F一二三四五六])(?:级|类|档|等|期)[^，。；]{0,8}$")
_OPPOSITES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"新建|新开工|新增|新申请", r"改建|续建|改造|结转|扩建|原有|存量"),
        (r"(?:^|[，：；、（(])(?:其中)?[：:，]?全?市(?:级|本级|直|区|属)?[^，。；县区]{0,10}$", r"县区|区县|县市|县级|各县|乡镇"),
        (r"住宅", r"非住宅|商业|办公|商铺|其他"),
        (r"男", r"女"),
        (r"城镇|城市|城区", r"农村|乡村|乡镇"),
        (r"中央", r"地方|省级|县级"),
        (r"新房|一手房|新建商品房|商品房", r"二手房|存量房"),
        (r"完工|竣工|已完成|已交付|已办结|办结|已整改|已入住", r"未完|未竣工|在建|正在|剩余|未交付|未办结|未整改|办理中|尚有|空置"),
        (r"(?<!不)合格|达标", r"不合格|不达标|未达标"),
        (r"一季度", r"二季度"),
        (r"上半年", r"下半年"),
        (r"备案", r"注销"),
        (r"国有|公有", r"民营|私有|非公"),
        (r"党员", r"非党员|群众"),
        (r"市级", r"县级|县区"),
        (r"税收", r"非税"),
        (r"县级", r"乡镇|乡级|村级"),
    )
)


@dataclass(frozen=True, slots=True)
class Whole:
    """`parts` stand with `whole` in one unit. `complete`: the words (or the sum of a sister quantity) say that nothing is left out."""

    whole: ReadFigure
    parts: tuple[ReadFigure, ...]
    complete: bool
    sums: tuple[Interval, Interval] | None
    """What the parts add up to and what the whole is printed as; None when one of them is masked."""

    @property
    def holds(self) -> bool:
        return self.sums is not None and self.sums[0].meets(self.sums[1])


def wholes(examined: Examined) -> tuple[Whole, ...]:
    """Every whole with at least one part, in reading order; linear in the figures."""
    found = list(_attached(examined)) + list(_added_up(examined))
    by_place = {(each.whole.index, tuple(part.index for part in each.parts)): each for each in found}
    return tuple(_with_sisters(examined, [by_place[key] for key in sorted(by_place)]))


def _attached(examined: Examined) -> Iterator[Whole]:
    owned: dict[int, list[ReadFigure]] = defaultdict(list)
    for index, describing in examined.describing.items():
        for each in describing:
            owned[_nearer_whole(examined, each, index)].append(each)
    for index, describing in sorted(owned.items()):
        whole = examined.figures[index]
        parts = _one_list(examined, whole, [each for each in describing if _is_part(each, whole)][:PARTS_MAX])
        if parts:
            yield _whole(examined, whole, parts, _says_complete(examined, whole, parts))


def _nearer_whole(examined: Examined, part: ReadFigure, index: int) -> int:
    """The amount directly before 其中, when a ； parts the one the reading chose from it (归集A；支取B，其中C、D)."""
    whole = examined.figures[index]
    if not part.scope.of_which or whole.dimension != part.dimension or part.index - index > NEARER_MAX:
        return index
    between = examined.text[whole.end : part.start]
    semicolon, of_which = between.rfind("；", 0, max(between.rfind("其中"), 0)), between.rfind("其中")
    if semicolon < 0 or "；" in between[of_which:]:
        return index
    inside = examined.within(whole.end + semicolon, whole.end + of_which)
    nearer = [each for each in inside if each.dimension == part.dimension and each.role in AMOUNTS and not each.scope.of_which]
    return nearer[-1].index if nearer else index


def _one_list(examined: Examined, whole: ReadFigure, parts: list[ReadFigure]) -> tuple[ReadFigure, ...]:
    """The parts up to the first ； where those make the list (A1845件、B915件、C515件；办结3242件), else all (住宅57.69；商业12.21)."""
    first = [part for part in parts if "；" not in examined.text[(parts[0].end if parts else 0) : part.start]]
    if not 2 <= len(first) < len(parts):
        return tuple(parts)
    everything = _whole(examined, whole, tuple(parts), False)
    return tuple(parts) if everything.holds else tuple(first)


def _is_part(figure: ReadFigure, whole: ReadFigure) -> bool:
    return figure.role in AMOUNTS and figure.dimension == whole.dimension not in _NOT_ADDED and whole.role in AMOUNTS


def _added_up(examined: Examined) -> Iterator[Whole]:
    """A、B，合计C: the figures of the unit directly before 合计, each without a 合计 of its own, in one run of clauses."""
    for figures in examined.by_sentence.values():
        for place, figure in enumerate(figures):
            if place < 2 or figure.role not in AMOUNTS or not _ADDED.search(examined.before(figure)):
                continue
            parts: list[ReadFigure] = []
            for each in reversed(figures[:place]):
                following = parts[-1] if parts else figure
                if (
                    _BREAK.search(examined.between(each, following))
                    or _MOVED.search(examined.between(each, following))
                    or _ADDED.search(examined.before(each))
                ):
                    break
                if each.dimension == figure.dimension not in _NOT_ADDED and each.role in AMOUNTS:
                    parts.append(each)
                elif following.index - each.index > 2:
                    break
            if 2 <= len(parts) <= PARTS_MAX and not _ADDED_ALONE.search(examined.between(parts[0], figure)):
                yield _whole(examined, figure, tuple(reversed(parts)), True)


def _whole(examined: Examined, whole: ReadFigure, parts: tuple[ReadFigure, ...], complete: bool) -> Whole:
    known = [interval for part in parts if (interval := examined.interval(part)) is not None]
    stated = examined.interval(whole)
    sums = (total(known), stated) if len(known) == len(parts) and stated is not None else None
    return Whole(whole, parts, complete, sums)


def _says_complete(examined: Examined, whole: ReadFigure, parts: tuple[ReadFigure, ...]) -> bool:
    if len(parts) < 2 or any(_OPEN.search(examined.text[part.end : part.end + 12]) for part in parts):
        return False
    names = [naming(examined, part) for part in parts]
    if len(parts) > 2 and _graded(names):
        return True
    if _REST.search(names[-1]) or _EACH.search(examined.text[whole.end : parts[0].start]):
        return True
    if len(parts) > 2:
        return False
    return any(one.search(names[0]) and other.search(names[1]) for one, other in _OPPOSITES)


def _graded(names: list[str]) -> bool:
    """A级、B级、C级; 一类、二类、三类: the grades in their order, from the first."""
    grades = [match[1] if (match := _GRADE.search(name)) else "" for name in names]
    return any(grades == list(row[: len(grades)]) for row in ("ABCDEF", "一二三四五六"))


def naming(examined: Examined, figure: ReadFigure, reach: int = 40) -> str:
    """The words that name a part: back to the figure before it of the same kind, within the sentence and `reach` characters."""
    start = examined.sentence_start(figure)
    for previous in reversed(examined.figures[max(0, figure.index - 6) : figure.index]):
        if previous.dimension == figure.dimension:
            start = max(start, previous.end)
            break
    return examined.text[max(start, figure.start - reach) : figure.start]


def _with_sisters(examined: Examined, found: list[Whole]) -> Iterator[Whole]:
    """Parts given in two quantities side by side (宗数 and 面积): where one adds up exactly, the other must too."""
    sums = [each for each in found if len(each.parts) >= 2 and each.holds and _telling(each)]
    for each in found:
        sister = next((other for other in sums if other is not each and _side_by_side(each, other)), None)
        yield replace(each, complete=True) if sister is not None else each


def _telling(whole: Whole) -> bool:
    """A sum that adds up by its digits and not because its parts are open or tiny."""
    if whole.sums is None:
        return False
    stated = whole.sums[1]
    return stated.high - stated.low < stated.high / 20 and stated.high > TELLING


def _side_by_side(one: Whole, other: Whole) -> bool:
    near = abs(one.whole.index - other.whole.index) <= 4
    return (
        near
        and len(one.parts) == len(other.parts)
        and all(0 < abs(a.index - b.index) <= 3 for a, b in zip(one.parts, other.parts, strict=True))
    )
