"""How a figure is named in text: `market.amount[use=residential]@Q1#yoy`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anju.kernel.errors import AnjuError
from anju.kernel.figures.indicators import MEASURES, Measure
from anju.kernel.figures.periods import Period

_KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+", re.ASCII)
_SUFFIX = re.compile(r"\[(?P<filters>[^\[\]]*)\]|@(?P<part>[A-Z0-9][A-Z0-9-]*)|#(?P<measure>[a-z]+)", re.ASCII)
MAX_LENGTH = 400

Filters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FigureName:
    """`part` names a period inside the asker's own (`Q3` by name, `1Q` by place); filters are sorted by column."""

    key: str
    filters: Filters = ()
    part: str = ""
    measure: Measure = "value"

    def __str__(self) -> str:
        part = f"@{self.part}" if self.part else ""
        return f"{self.key}{filters_text(self.filters)}{part}{measure_text(self.measure)}"

    def period_in(self, period: Period) -> Period:
        """The period meant inside the asker's period. Raises AnjuError `figures.part_outside`."""
        return period.part(self.part)


def parse_name(text: str) -> FigureName:
    """Read a reference; suffixes in any order, each at most once. Raises AnjuError `figures.bad_reference`."""
    text = text.strip()
    head = _KEY.match(text[:MAX_LENGTH])
    if head is None or len(text) > MAX_LENGTH:
        raise _bad(text, "开头应是指标的键")
    found: dict[str, str] = {}
    position = head.end()
    while position < len(text):
        suffix = _SUFFIX.match(text, position)
        if suffix is None:
            raise _bad(text, f"从“{text[position:]}”起读不懂")
        kind = str(suffix.lastgroup)
        if kind in found:
            raise _bad(text, "同一种后缀写了两次")
        found[kind] = suffix[kind]
        position = suffix.end()
    measure = found.get("measure", "value")
    if measure not in MEASURES:
        raise _bad(text, f"没有“#{measure}”这个量，可用的：{'、'.join(MEASURES)}")
    return FigureName(head[0], _filters(text, found.get("filters", "")), found.get("part", ""), measure)


def filters_text(filters: Filters) -> str:
    """`[batch=10,use=residential]`, empty without filters."""
    return f"[{','.join(f'{column}={value}' for column, value in filters)}]" if filters else ""


def measure_text(measure: str) -> str:
    """`#yoy`; nothing for the value itself."""
    return "" if measure == "value" else f"#{measure}"


def _filters(text: str, written: str) -> Filters:
    pairs = []
    for part in filter(None, (piece.strip() for piece in written.split(","))):
        column, equals, value = (piece.strip() for piece in part.partition("="))
        if not (column and equals and value):
            raise _bad(text, f"筛选“{part}”应写成“列=值”")
        pairs.append((column, value))
    if len(dict(pairs)) != len(pairs):
        raise _bad(text, "同一列筛选了两次")
    return tuple(sorted(pairs))


def _bad(text: str, why: str) -> AnjuError:
    advice = "写法是“键[列=值]@Q1#yoy”，方括号、@和#都可以省略。"
    return AnjuError.of("figures.bad_reference", f"“{text[:80]}”不是指标引用：{why}。", advice=advice)
