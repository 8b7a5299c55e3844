"""Lengths of time as the law writes them: 7个工作日, 15日, 3个月."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from anju.kernel.errors import AnjuError

LONGEST = {"wd": 2500, "cd": 3660, "mo": 240, "yr": 70, "h": 8784}
"""The most of each unit that a span may have."""


class Unit(StrEnum):
    """What is counted. `cd`: 日 without more; `wd`: 工作日; which of them a text means: domain notes on construction, 10.1 and 10.3."""

    WORKING_DAY = "wd"
    DAY = "cd"
    MONTH = "mo"
    YEAR = "yr"
    HOUR = "h"


_WORDS = {Unit.WORKING_DAY: "个工作日", Unit.DAY: "日", Unit.MONTH: "个月", Unit.YEAR: "年", Unit.HOUR: "小时"}
_WRITTEN = re.compile(r"([1-9][0-9]{0,3})\s*(wd|cd|mo|yr|h|个工作日|工作日|个自然日|自然日|日|天|个月|年|小时)")
_UNITS = {word: unit for unit, word in _WORDS.items()}
_UNITS |= {unit.value: unit for unit in Unit}
_UNITS |= {"工作日": Unit.WORKING_DAY, "个自然日": Unit.DAY, "自然日": Unit.DAY, "天": Unit.DAY}


@dataclass(frozen=True, slots=True)
class Span:
    """`count` of a unit, at least one. `str()` writes 7wd, `words` 7个工作日."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.count <= LONGEST[self.unit]:
            raise AnjuError.of(
                "calendar.bad_span", f"期限{self.count}{_WORDS[self.unit]}不成立。", advice=f"应在1至{LONGEST[self.unit]}之间。"
            )

    @classmethod
    def parse(cls, text: str) -> Span:
        """`7wd`, `15 cd`, `3mo`, or 7个工作日, 15日, 3个月. Raises AnjuError `calendar.bad_span`."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise AnjuError.of(
                "calendar.bad_span", f"期限“{text[:40]}”读不懂。", advice="写数和单位，例如 7个工作日、15日、3个月（7wd、15cd、3mo）。"
            )
        return cls(int(found[1]), _UNITS[found[2]])

    @property
    def words(self) -> str:
        """As a Chinese text writes it."""
        return f"{self.count}{_WORDS[self.unit]}"

    def __str__(self) -> str:
        return f"{self.count}{self.unit.value}"


def total(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Neighbours of one unit added up: a limit of 20 wd extended by 10 wd is 30 wd from the first day (reading)."""
    summed: list[Span] = []
    for span in spans:
        if summed and summed[-1].unit is span.unit:
            summed[-1] = Span(summed[-1].count + span.count, span.unit)
        else:
            summed.append(span)
    return tuple(summed)
