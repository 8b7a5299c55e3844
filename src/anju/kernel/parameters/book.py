"""All values of one state of the table, answered from memory: which value holds in a region on a day, and by which document.

Nearest region up the tree wins; in one region what the bureau entered wins over what came with the product.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from anju.kernel.errors import AnjuError
from anju.kernel.parameters.declaration import COUNTRY

Day = datetime.date
_PREFIXES = (12, 9, 6, 4, 2)


@dataclass(frozen=True, slots=True)
class Value:
    """A value in force. `value`: as code uses it. `version`: what a decision stores. `end`: exclusive, None while open."""

    name: str
    value: Any
    version: int
    document: str
    region: str
    start: Day
    end: Day | None
    own: bool

    def holds_on(self, day: Day) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days on which a value is the one that holds in a region: from `start` until `end` (exclusive, None: open)."""

    start: Day
    end: Day | None
    value: Value


def region_chain(code: str) -> tuple[str, ...]:
    """The region and everything above it, nearest first, the whole country last."""
    return (*(code[:length] for length in _PREFIXES if length <= len(code)), COUNTRY)


class Book:
    """`version`: the highest version in it. Looking up is a search in a sorted list that is made at the first question."""

    def __init__(self, values: Iterable[Value], version: int) -> None:
        self.version = version
        self._by_place: dict[tuple[str, str], list[Value]] = {}
        self._by_version: dict[int, Value] = {}
        for value in values:
            self._by_place.setdefault((value.name, value.region), []).append(value)
            self._by_version[value.version] = value
        self._lines: dict[tuple[str, str], tuple[list[Day], list[Value | None]]] = {}

    def __len__(self) -> int:
        return len(self._by_version)

    def at(self, name: str, region: str, day: Day) -> Value:
        """The value in force. Raises AnjuError `parameters.not_found` (GN-01: RULE_NOT_FOUND)."""
        found = self.find(name, region, day)
        if found is None:
            raise _not_found(name, region, day)
        return found

    def find(self, name: str, region: str, day: Day) -> Value | None:
        """The value in force, or None."""
        line = self._lines.get((name, region))
        if line is None:
            line = self._lines[name, region] = self._line(name, region)
        starts, values = line
        place = bisect_right(starts, day) - 1
        return values[place] if place >= 0 else None

    def line(self, name: str, region: str) -> list[Stretch]:
        """What holds in a region one after the other, oldest first, inherited values included; days without a value are left out."""
        self.find(name, region, Day.max)
        starts, values = self._lines[name, region]
        ends: list[Day | None] = [*starts[1:], None]
        found: list[Stretch] = []
        for start, end, value in zip(starts, ends, values, strict=True):
            if value is None:
                continue
            if found and found[-1].value.version == value.version and found[-1].end == start:
                found[-1] = Stretch(found[-1].start, end, value)
            else:
                found.append(Stretch(start, end, value))
        return found

    def in_region(self, name: str, region: str) -> list[Value]:
        """The values of exactly this region, oldest first."""
        return sorted(self._by_place.get((name, region), []), key=lambda value: (value.start, value.own))

    def _line(self, name: str, region: str) -> tuple[list[Day], list[Value | None]]:
        layers = [
            value for code in region_chain(region) for value in sorted(self._by_place.get((name, code), []), key=lambda one: not one.own)
        ]
        starts = sorted({value.start for value in layers} | {value.end for value in layers if value.end is not None})
        return starts, [next((value for value in layers if value.holds_on(day)), None) for day in starts]


def _not_found(name: str, region: str, day: Day) -> AnjuError:
    place = f"地区{region}" if region else "全国"
    return AnjuError.of(
        "parameters.not_found",
        f"{place}在{day}没有参数“{name}”的值，不能据以办理。",
        advice="请在“管理 → 政策参数”按文件录入当日有效的值；不在文件执行期内的，不予办理。",
    )
