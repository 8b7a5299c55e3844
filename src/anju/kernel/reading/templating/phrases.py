"""The words a figure is known by: its subject, filled up from the figures beside it, and the phrase a mapping is remembered under."""

from __future__ import annotations

import re

from anju.kernel.reading.figure import LEVELS, ReadFigure, Reading

_COMPANION = re.compile(r"^(?:合计|共计|总计|累计|涉及|总|建筑)*(?:面积|金额|资金|投资|建筑面积|套数|户数|数量)?$")
_LOOK_BACK = 4
_DIGITS = re.compile(r"[\d*一二三四五六七八九十百千万]+(?=年|月|季度|批)")


def full_subject(reading: Reading, figure: ReadFigure) -> str:
    """The subject of a figure; 面积 or 金额 alone is filled up with what was counted before it (商品房销售 2531套，建筑面积35.52万㎡)."""
    if not _COMPANION.match(figure.subject):
        return figure.subject
    for other in reversed(reading.figures[max(figure.index - _LOOK_BACK, 0) : figure.index]):
        if other.position.paragraph != figure.position.paragraph or figure.position.sentence - other.position.sentence > 0:
            break
        if other.role in LEVELS and not _COMPANION.match(other.subject):
            return other.subject + (figure.subject if figure.subject not in other.subject else "")
    return figure.subject


def phrase_of(reading: Reading, figure: ReadFigure) -> str:
    """What a mapping is remembered under: subject, kind of quantity, role and part, without years, numbers and places."""
    subject = _DIGITS.sub("", full_subject(reading, figure))
    base = reading.figures[figure.attaches_to] if figure.attaches_to is not None and figure.role not in LEVELS else None
    about = _DIGITS.sub("", full_subject(reading, base)) if base is not None and base.subject != figure.subject else ""
    place = "" if figure.scope.place.startswith(("我", "全")) else figure.scope.place
    return "|".join((subject, figure.dimension, figure.role, about, place))[:200]
