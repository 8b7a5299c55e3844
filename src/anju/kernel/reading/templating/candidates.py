"""Which indicators a figure may be: candidates in order, each with the reasons that speak for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anju.kernel.figures.indicators import Indicator
from anju.kernel.figures.periods import Period
from anju.kernel.quantities.units import RATE
from anju.kernel.reading.figure import ReadFigure, Reading
from anju.kernel.reading.templating.phrases import full_subject
from anju.kernel.reading.words import keyed_words

LEAST, SURE = 45, 70
AHEAD = 6
"""Points from which a candidate is offered, and from which the best one is taken for granted until somebody looks; `AHEAD`
is by how much it must lead."""
MOST = 5
_SAME_WORDS = tuple((written, "".join(meant)) for written, meant in keyed_words("same_words.txt").items())


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator offered for a figure: `points` of 100, `why` in Chinese."""

    key: str
    name: str
    points: int
    why: tuple[str, ...]
    part: str = ""
    """The period inside the report's own the figure speaks of: 1Q for 第一季度 of a half year."""


def candidates(
    reading: Reading, figure: ReadFigure, indicators: Mapping[str, Indicator], mapped: Mapping[int, str] | None = None
) -> tuple[Candidate, ...]:
    """At most `MOST` indicators of the figure's kind, best first. `mapped`: indicators of figures already decided, by index."""
    pairs = _pairs(measured(full_subject(reading, figure), figure))
    whole = (mapped or {}).get(figure.attaches_to) if figure.attaches_to is not None else None
    found = []
    for indicator in indicators.values():
        if not _comparable(figure, indicator) or indicator.key == whole:
            continue
        likeness = _likeness(pairs, _pairs(indicator.name))
        if likeness < 20:
            continue
        points, why = _weigh(figure, indicator, likeness, mapped or {})
        if points >= LEAST:
            found.append(Candidate(indicator.key, indicator.name, min(points, 100), why, part_of(reading, figure)))
    return tuple(sorted(found, key=lambda each: (-each.points, each.key))[:MOST])


_MEASURES = {"元": "金额", "㎡": "面积", "平方米": "面积", "公里": "长度", "%": "率"}


def measured(subject: str, figure: ReadFigure) -> str:
    """The subject with the word for what is measured, as indicators are named: 商品房销售 in 套 is 商品房销售套数."""
    if "/" in figure.unit or not figure.unit:
        return subject
    word = _MEASURES.get(figure.unit, figure.unit if figure.unit.endswith("次") else f"{figure.unit}数")
    named = any(each in subject for each in (word, "额", "率", "价", "资金", "投资", "产值", "占比")) and figure.unit in _MEASURES
    return subject if named or subject.endswith(word) else subject + word


def part_of(reading: Reading, figure: ReadFigure) -> str:
    """`1Q` when the figure speaks of the first quarter of a half-year report; "" for the report's own period."""
    inner, outer = figure.scope.period, reading.period
    if inner is None or outer is None or inner == outer or not _inside(inner, outer) or inner.kind not in ("half", "quarter", "month"):
        return ""
    letter = {"half": "H", "quarter": "Q", "month": "M"}[inner.kind]
    parts = outer.parts(inner.kind)
    return f"{parts.index(inner) + 1}{letter}" if inner in parts else ""


def _inside(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _comparable(figure: ReadFigure, indicator: Indicator) -> bool:
    if figure.dimension == "":
        return indicator.unit.dimension not in (RATE, "area")
    return figure.dimension == indicator.unit.dimension


def _weigh(figure: ReadFigure, indicator: Indicator, likeness: int, mapped: Mapping[int, str]) -> tuple[int, tuple[str, ...]]:
    points, why = likeness * 70 // 100, [f"名称相近{likeness}%"]
    if indicator.show is not None and figure.unit in (indicator.show.name, indicator.unit.name):
        points, why = points + 5, [*why, f"单位同为{figure.unit}"]
    standing = indicator.time is not None and indicator.time.kind in ("cumulative", "stock")
    if (figure.role == "cumulative") == standing:
        points, why = points + 8, [*why, "都是累计或时点数" if standing else "都是报告期内的数"]
    whole = mapped.get(figure.attaches_to) if figure.attaches_to is not None else None
    if whole is not None and indicator.of_which == whole:
        points, why = points + 20, [*why, "其中项与总项的关系一致"]
    if whole is not None and whole in indicator.inputs:
        points, why = points + 20, [*why, "由所描述的指标算出"]
    if figure.role == "average" and indicator.kind == "average":
        points, why = points + 8, [*why, "都是平均数"]
    return points, tuple(why)


def _pairs(words: str) -> frozenset[str]:
    """The characters and pairs of characters of some words, synonyms said one way."""
    for written, meant in _SAME_WORDS:
        words = words.replace(written, meant)
    return frozenset(words[place : place + 2] for place in range(len(words) - 1)) | frozenset(words)


def _likeness(one: frozenset[str], two: frozenset[str]) -> int:
    """What is shared in percent: the mean of Dice's measure and of how much of the indicator's name is said."""
    common = len(one & two)
    return (200 * common // (len(one) + len(two)) + 100 * common // len(two)) // 2 if one and two else 0
