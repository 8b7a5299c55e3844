"""Chains of figures told in one breath: 分别增长5.1%、6.2%和7.3%, 分别增至12个、9个, and 由71%提高到78%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from anju.kernel.reading.figure import ReadFigure
from anju.kernel.reading.layout import Layout

_LINK = re.compile(
    r"(?:以上|以下|左右|以内|余|多)?(?:、|和|及|与|以及)(?P<verb>(?:同比)?"
    r"(?:增长|下降|上升|提高|降低|减少|增加|回落|上涨|下滑))?[了约]?"
)
_DISTRIBUTES = re.compile(r"分别|依次|各")
_CHANGED_TO = re.compile(
    r"(?:提高|提升|上升|增加|增长|升|增|扩大|降低|下降|降|减少|回落|压缩|缩短|压减|下调|上调|调整|减|转为)+"
    r"(?:至|到|为)(?:了)?[ ]?(?:\d{4}年)?的?"
)
_GROWTH = frozenset({"yoy", "mom", "change_abs"})
_LISTED = re.compile(r"、[^，。；、\d]{0,20}")


@dataclass(frozen=True, slots=True)
class Chain:
    """Indices of figures with nothing between them but 、 or 和; `distributed` when 分别 stands before the first."""

    members: tuple[int, ...]
    distributed: bool


def chains_of(layout: Layout, figures: Sequence[ReadFigure]) -> dict[int, Chain]:
    """The chain of every figure that is in one."""
    found: dict[int, Chain] = {}
    group: list[int] = []
    for figure in [*figures, None]:
        if figure is not None and group and _links(layout, figures[group[-1]], figure):
            group.append(figure.index)
            continue
        if len(group) > 1:
            first = figures[group[0]]
            start = max(layout.clause(first.position.clause)[0], first.start - 60)
            chain = Chain(tuple(group), _DISTRIBUTES.search(layout.normal, start, first.start) is not None)
            found.update(dict.fromkeys(group, chain))
        group = [] if figure is None else [figure.index]
    return found


def _links(layout: Layout, first: ReadFigure, second: ReadFigure) -> bool:
    link = _LINK.fullmatch(layout.normal, first.end, second.start)
    if link is None or (first.unit != second.unit and not _deals_out(layout, first)):
        return False
    return not link["verb"] or (first.role in _GROWTH and second.role in _GROWTH)


def _deals_out(layout: Layout, first: ReadFigure) -> bool:
    """分别减少9起、5人: changes of different things in one breath."""
    start = max(layout.clause(first.position.clause)[0], first.start - 20)
    return first.role in _GROWTH and _DISTRIBUTES.search(layout.normal, start, first.start) is not None


def unify(layout: Layout, figures: Sequence[ReadFigure]) -> list[ReadFigure]:
    """The figures with the members of a chain sharing the first one's role and direction; 分别 deals out its subjects."""
    chains = chains_of(layout, figures)
    done: list[ReadFigure] = []
    for figure in figures:
        chain = chains.get(figure.index)
        if chain is not None and figure.index != chain.members[0]:
            figure = _like_first(layout, done[chain.members[0]], figure)
        elif done and done[-1].position.sentence == figure.position.sentence:
            figure = _like_previous(layout, done[-1], figure)
        done.append(figure)
    for chain in dict.fromkeys(chain for chain in chains.values() if chain.distributed):
        names = _dealt(done[chain.members[0]].subject, len(chain.members))
        for index, name in zip(chain.members, names, strict=False):
            done[index] = replace(done[index], subject=name)
    return done


def _like_first(layout: Layout, first: ReadFigure, figure: ReadFigure) -> ReadFigure:
    link = _LINK.search(layout.normal, max(figure.start - 12, first.end), figure.start)
    own_way = figure.direction if link is not None and link["verb"] else first.direction
    return replace(figure, role=first.role, direction=own_way, subject=first.subject)


def _like_previous(layout: Layout, previous: ReadFigure, figure: ReadFigure) -> ReadFigure:
    """由71%提高到78% keeps the role; 每千人拥有医师2.86人、护士3.31人 and 累计A 10处、B 20处 carry it along the list."""
    same = previous.unit == figure.unit
    if same and _CHANGED_TO.fullmatch(layout.normal, previous.end, figure.start) is not None:
        subject = figure.subject or previous.subject
        return replace(figure, role=previous.role if figure.role in ("level", "rate") else figure.role, subject=subject)
    carried = figure.role == "level" and (previous.role in ("cumulative", "plan") or (previous.role == "average" and same))
    if carried and _LISTED.fullmatch(layout.normal, previous.end, figure.start) is not None:
        return replace(figure, role=previous.role)
    return figure


def _dealt(subject: str, count: int) -> list[str]:
    """城镇、农村居民人均可支配收入 for two: each item with what the last one ends with."""
    items = re.split(r"[、和及与]", subject)
    if len(items) != count:
        return [subject] * count
    shared = re.search(r"[\u4e00-\u9fff]{2}(?:率|额|量|面积|数|收入|总额|项目)$", items[-1])
    tail = shared.group() if shared is not None else ""
    return [item if item.endswith(tail) else item + tail for item in items]
