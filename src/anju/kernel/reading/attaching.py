"""Which figure a growth, rate, share, rank or part belongs to: across 、 ， ； and sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from anju.kernel.quantities.units import RATE
from anju.kernel.reading.chains import Chain, chains_of
from anju.kernel.reading.figure import LEVELS, ReadFigure
from anju.kernel.reading.layout import Layout
from anju.kernel.reading.wholes import wholes_of
from anju.kernel.reading.words import word_list

_GROWTH = frozenset({"yoy", "mom", "change_abs"})
_RATED = frozenset({"rate", "share"})
_REACH = 30
"""How many figures back the described figure may stand."""
_SEMICOLON = re.compile("[；;]")
_COMPANION = re.compile(r"^(?:总|建筑|合计|涉及)?(?:面积|金额|资金|投资|总额)?$")
_NOT_RATED = frozenset({RATE, "days", "working days", "months"})
_OF_THE_PLAN = re.compile(
    r"^(?:[已约]|超额)?(?:完成|为|达到?|占|是|相当于)[^，]{0,16}(?:计划|目标|任务|预算|指标|总量|总数|总额|数|年|上年同期|去年同期)的?(?:的)$"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_BARE_RATES = frozenset(word_list("rates_of_the_figure_before.txt"))
_TASK = re.compile(r"任务(?:完成)?[比率]")
_ABOUT_GROWTH = re.compile(r"增速|增幅|涨幅|平均水平|全[国省市]|目标|预期|高于|低于|快于|高出")


def attach(layout: Layout, figures: Sequence[ReadFigure]) -> list[ReadFigure]:
    """The figures with `attaches_to` set, in one pass with a bounded look back."""
    chains = chains_of(layout, figures)
    wholes = wholes_of(layout, figures)
    targets: list[int | None] = []
    for figure in figures:
        chain = chains.get(figure.index)
        if not describes(figure):
            targets.append(wholes.get(figure.index))
        elif chain is not None and figure.index != chain.members[0]:
            targets.append(_paired(layout, figures, chain, figure, targets))
        elif chain is not None and (pairs := _pairs(layout, figures, chain)):
            targets.append(pairs[0])
        else:
            targets.append(_described(layout, figures, figure))
    return [replace(figure, attaches_to=target) for figure, target in zip(figures, targets, strict=True)]


def describes(figure: ReadFigure) -> bool:
    """Whether a figure says something about another one rather than standing for itself."""
    return figure.role in _GROWTH | _RATED | {"rank"} or (figure.role == "target" and figure.dimension == RATE)


def _pairs(layout: Layout, figures: Sequence[ReadFigure], chain: Chain) -> list[int]:
    """进口、出口分别为10亿元、20亿元，分别增长5%和6%: the levels directly before, as many as the chain has members.

    A second chain of changes (分别减少9起、5人，下降12.5%和10.9%) speaks of the levels of the first.
    """
    size, first = len(chain.members), figures[chain.members[0]]
    describing = first.role in _GROWTH | {"share"} or (first.role == "rate" and len(_stem(_own_words(layout, first))) <= 4)
    start = max(layout.sentence_at(first.start).start, first.start - 80)
    if not describing or not (chain.distributed or "分别" in layout.normal[start : first.start]):
        return []
    found: list[int] = []
    for other in reversed(figures[max(first.index - _REACH, 0) : first.index]):
        if other.position.sentence != first.position.sentence or len(found) == size:
            break
        if other.role in LEVELS:
            found.append(other.index)
        elif found or other.role not in _GROWTH:
            return []
    return list(reversed(found)) if len(found) == size else []


def _paired(layout: Layout, figures: Sequence[ReadFigure], chain: Chain, figure: ReadFigure, targets: Sequence[int | None]) -> int | None:
    pairs = _pairs(layout, figures, chain)
    place = chain.members.index(figure.index)
    return pairs[place] if pairs else targets[chain.members[0]]


def _described(layout: Layout, figures: Sequence[ReadFigure], figure: ReadFigure) -> int | None:
    growing = figure.role in _GROWTH or (figure.role == "target" and figure.direction is not None)
    candidates = _before(layout, figures, figure)
    if growing and _MOVES.search(_own_words(layout, figure)):
        return next((other.index for other in reversed(figures[max(figure.index - 3, 0) : figure.index]) if other.role == "rank"), None)
    if growing:
        return _grown(layout, candidates, figure) if candidates else _ahead(layout, figures, figure)
    if figure.role == "rank":
        ranked = [other for other in candidates if other.role != "change_abs"]
        return ranked[0].index if ranked and _ranks_only(layout, figure) else None
    if figure.role == "share":
        return next((other.index for other in candidates if other.role in LEVELS), None)
    return _rated(layout, figures, candidates, figure)


_COMPARING = re.compile(
    r"同比|环比|[比较与和](?:[去上]年|上(?:个)?月|上期|年初|同期|(?:19|20)\d\d年)(?:末|底|同期|全年)?(?:相比)?|上年同期|去年同期|按(?:可比|不变)(?:价格?|口径)(?:计算)?|可比口径|"
    r"同口径|扣除价格(?:因素)?|实际|名义|增长|上升|提高|增加|上涨|下跌|攀升|回升|上调|下调|下降|减少|降低|回落|下滑|增产|减产|增收|短收|净增|净减|前进|缩短|扩大|收窄|增幅|降幅|涨幅|增速|总量|规模|总数|分别|"
    r"均|都|年均|平均|每年|约|近|超过?|达到?|为|了|又|再|也|且|将|可|已|多|少|增|减|高|低|升|降|翻|于|出|"
    r"全[国省市县区]|平均水平|目标|省定|市定|原|计划|预期|力争|，|的|[（(]|[ ]"
)


def _bracketed_off(layout: Layout, other: ReadFigure, figure: ReadFigure) -> bool:
    """Whether a bracket around the other figure closes before this one: 任务(1.5万人)的57.6% is no share of the bracket."""
    between = layout.normal[other.end : figure.start]
    return between.find(")") >= 0 and between.count(")") > between.count("(")


_MOVES = re.compile(r"前进|后退|位次")
_RANKING = re.compile(
    r"[，、；和并且]|连续|[一二三四五六七八九十\d]+年|全[国省市区县州]|[省市区县州]内?|各|城市|同类|系统|排名?|名次|"
    r"位次|位列?|[居列占获]|名列|综合|"
    r"总量|增速|均|稳|保持|跃升|上升|至|到|为|首|在|中|第|的"
)


def _ranks_only(layout: Layout, figure: ReadFigure) -> bool:
    """Whether the words before a rank in its clause say nothing but where it ranks (全市排名第二)."""
    return len(_RANKING.sub("", _own_words(layout, figure))) <= 1


def _before(layout: Layout, figures: Sequence[ReadFigure], figure: ReadFigure) -> list[ReadFigure]:
    """Figures of the same sentence before this one, nearest first, none beyond a semicolon, ranks left out."""
    found = []
    for other in reversed(figures[max(figure.index - _REACH, 0) : figure.index]):
        if other.position.sentence != figure.position.sentence or _SEMICOLON.search(layout.normal, other.end, figure.start):
            break
        if other.role != "rank" and not _bracketed_off(layout, other, figure):
            found.append(other)
    return found


def _grown(layout: Layout, candidates: list[ReadFigure], figure: ReadFigure) -> int | None:
    if figure.dimension == "points of rate":
        about_growth = _ABOUT_GROWTH.search(layout.normal, candidates[0].end, figure.start) is not None
        for other in candidates:
            rated = other.role in _RATED or (other.role == "target" and other.dimension == RATE)
            if rated or (other.role in _GROWTH and about_growth and other.dimension != "points of rate"):
                return other.index
    own = _COMPARING.sub("", _own_words(layout, figure))
    for other in candidates:
        if other.role not in LEVELS or (figure.role == "change_abs" and other.dimension != figure.dimension):
            continue
        if len(own) < 2 or _overlap(own, other.subject) >= 0.4:
            return other.index
        if len(own) >= 2 and other.position.clause < figure.position.clause - 4:
            break
    if len(own) < 2:
        return next((other.index for other in candidates if other.role in _RATED), None)
    return None


def _ahead(layout: Layout, figures: Sequence[ReadFigure], figure: ReadFigure) -> int | None:
    """增长5.2%，达到300亿元: the level follows its growth."""
    following = figures[figure.index + 1] if figure.index + 1 < len(figures) else None
    if following is None or following.position.sentence != figure.position.sentence or following.role not in LEVELS:
        return None
    between = layout.normal[figure.end : following.start]
    return following.index if re.match(r"，?(?:总量|规模|总额|总数)?(?:达到|达|至|为)", between) and len(between) <= 12 else None


def _rated(layout: Layout, figures: Sequence[ReadFigure], candidates: list[ReadFigure], figure: ReadFigure) -> int | None:
    named = [other for other in candidates if other.role in LEVELS and other.dimension != RATE]
    levels = [other for other in named if other.dimension not in _NOT_RATED]
    own = _own_words(layout, figure)
    stem = _stem(own)
    if levels and levels[0].position.clause == figure.position.clause and "、" not in layout.normal[levels[0].end : figure.start]:
        return levels[0].index
    if _OF_THE_PLAN.search(own):
        return levels[0].index if levels else None
    if stem in _BARE_RATES or (stem and any(stem in other.subject for other in levels[:3])):
        return _nearest(levels, stem)
    for other in named:
        if _overlap(stem, other.subject) >= 0.5:
            return other.index
    return _in_sentences_before(figures, figure, own, stem)


def _stem(own: str) -> str:
    """What a rate is the rate of: 按期办结率达到 is 办结."""
    stem = re.sub(
        r"(?:率|比例|比|程度)?(?:均|都|分别|稳定|已|约|也|平均|保持|继续|仅)*(?:达到|达|为|是|到|至|在|：|:)?(?:了)?[ ]?$", "", own
    )
    return re.sub(r"^(?:其中|全[市县区省]|总体|整体|累计|平均|综合|上半年|全年|按期|及时|规范|年度|按时|即时|首次|一次性|群众)+", "", stem)


def _nearest(levels: list[ReadFigure], stem: str) -> int | None:
    for other in levels[:3]:
        if stem and stem[-2:] in other.subject:
            return other.index
    for place, other in enumerate(levels[:3]):
        has_head = place + 1 < len(levels) and "/" not in other.dimension
        if not (_COMPANION.match(other.subject) and other.dimension in ("area", "money") and has_head):
            return other.index
    return None


def _in_sentences_before(figures: Sequence[ReadFigure], figure: ReadFigure, own: str, stem: str) -> int | None:
    """已交付住宅796套。… 全部任务交付率为51.69%: the verb of the rate names the level, up to two sentences before."""
    for other in reversed(figures[max(figure.index - _REACH, 0) : figure.index]):
        distance = figure.position.sentence - other.position.sentence
        if other.position.paragraph != figure.position.paragraph or distance > 2:
            return None
        if other.role not in LEVELS or other.dimension == RATE or distance == 0:
            continue
        if other.subject.startswith(stem[-2:]) or other.subject.endswith(stem[-2:]) or (_TASK.search(own) and distance == 1):
            return other.index
    return None


def _own_words(layout: Layout, figure: ReadFigure) -> str:
    """From the last comma or 、 to the figure; what stands in brackets between is left out."""
    start = max(layout.sentence_at(figure.start).start, figure.start - 60)
    return re.split(r"[，,、；：。(]", _BRACKETED.sub("", layout.normal[start : figure.start]))[-1]


def _overlap(first: str, second: str) -> float:
    """The part of the first's pairs of characters that the second has."""
    pairs = {first[place : place + 2] for place in range(len(first) - 1)}
    return sum(pair in second for pair in pairs) / len(pairs) if pairs else 0.0
