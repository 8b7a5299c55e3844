"""The same figure twice in one text with two values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from anju.kernel.reading.checking.examined import Examined
from anju.kernel.reading.checking.finding import Finding
from anju.kernel.reading.checking.saying import range_like, said
from anju.kernel.reading.checking.slipped import slips
from anju.kernel.reading.figure import ReadFigure

SUBJECT_MIN, DIGITS_MIN = 4, 3
_FILLING = re.compile(r"[\s“”的了已共为达约]|全年|今年|上半年|目前|累计|完成|实现|其中")
_EVENTS = re.compile(r"召开|开展|组织|举办|新增|发现|每|各|第|分别|一批|再|又|另|次$|平均")
Key = tuple[str, str, str, str, str]


def check_duplicate_value(examined: Examined) -> Iterator[Finding]:
    """duplicate_value: one subject, unit, role, place and period; intervals that do not meet. Each later place is set against the first."""
    groups: dict[Key, list[ReadFigure]] = defaultdict(list)
    for figure in examined.figures:
        key = identity(examined, figure)
        if key is not None:
            groups[key].append(figure)
    for figures in groups.values():
        first = figures[0]
        stated = examined.interval(first)
        for other in figures[1:]:
            again = examined.interval(other)
            apart = other.position.paragraph != first.position.paragraph or other.position.sentence - first.position.sentence > 1
            if stated is None or again is None or stated.meets(again) or not apart or not _slip(first, other):
                continue
            message = f"同一个数前后不一：前面是{said(first)}，这里是{said(other)}。"
            arithmetic = f"{first.text}是{range_like(stated, first)}；{other.text}是{range_like(again, other)}"
            advice = "请核对哪个数对；若口径或时点不同，请写明。"
            yield examined.finding("duplicate_value", "warning", message, advice, first, other, arithmetic=arithmetic)


def _slip(first: ReadFigure, other: ReadFigure) -> bool:
    """The two differ as one number written twice does: by a digit, by two exchanged, by 万 for 亿. Other values are other figures."""
    one, two = (re.sub(r"[^\d.]", "", figure.text) for figure in (first, other))
    if len(one.replace(".", "")) < DIGITS_MIN or len(two.replace(".", "")) < DIGITS_MIN:
        return False
    return one == two or any(re.sub(r"[^\d.]", "", text) == two for text, _ in slips(first)) or _lost_digit(one, two)


def _lost_digit(one: str, two: str) -> bool:
    longer, shorter = sorted((one, two), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def identity(examined: Examined, figure: ReadFigure) -> Key | None:
    """What makes two figures the same one; None for figures too loosely named to tell, masked, planned, parts or estimated."""
    subject = _FILLING.sub("", figure.subject)
    loose = len(subject) < SUBJECT_MIN or figure.masked or figure.role not in ("level", "cumulative", "average")
    if loose or figure.scope.of_which or figure.attaches_to is not None or _EVENTS.search(figure.subject) or examined.planned(figure):
        return None
    period = figure.scope.period.code if figure.scope.period else figure.scope.period_text
    return subject, figure.dimension, "average" if figure.role == "average" else "level", figure.scope.place, period
