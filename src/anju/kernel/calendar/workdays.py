"""The working-day table as a value: which days are worked, counted in constant time by prefix sums.

A working day is a weekday that no notice made a day off, or a weekend day that a notice made a working day
(domain notes on construction, 10.1.8). A day outside the years whose notices are known is never guessed.
"""

from __future__ import annotations

import datetime
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from anju.kernel.errors import AnjuError

Day = datetime.date
WEEKDAYS = "一二三四五六日"


class DayKind(StrEnum):
    """What a notice makes of a day."""

    HOLIDAY = "holiday"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day that a notice speaks of: 放假 or 上班, for which feast, by which document."""

    kind: DayKind
    name: str
    notice: str


class UnknownYear(AnjuError):
    """The days of a year whose notice has not been entered were asked for. `year`: which."""

    year: int

    @classmethod
    def of_year(cls, year: int, known: range) -> UnknownYear:
        """Says which year is missing and where its notice is entered."""
        there = f"已录入{known[0]}年至{known[-1]}年。" if known else "还没有录入任何年份。"
        made = cls.of(
            "calendar.unknown_year",
            f"{year}年的放假安排尚未录入，不能推算工作日。{there}",
            advice=f"请在“管理 → 工作日历”按国务院办公厅通知录入{year}年的放假安排。",
        )
        refusal = cls(made.problems)
        refusal.year = year
        return refusal


class WorkingDays:
    """An immutable calendar of one region. `version`: the number of the newest notice in it; 0 for one made by hand.

    `years`: the unbroken run of years that is known. Days are counted by ordinal (`date.toordinal`).
    """

    def __init__(self, exceptions: Mapping[Day, DayMark], years: Iterable[int], *, version: int = 0) -> None:
        self.version = version
        self.years = _run(years)
        self._exceptions = dict(exceptions)
        self._first = Day(self.years[0], 1, 1).toordinal() if self.years else 1
        self._last = Day(self.years[-1], 12, 31).toordinal() if self.years else 0
        self._before = array("l", [0])
        self._working = array("l")
        for ordinal in range(self._first, self._last + 1):
            if self._is_working(ordinal):
                self._working.append(ordinal)
            self._before.append(len(self._working))

    def __repr__(self) -> str:
        return f"<WorkingDays {self.years} version {self.version}>"

    def _is_working(self, ordinal: int) -> bool:
        exception = self._exceptions.get(Day.fromordinal(ordinal))
        return (ordinal - 1) % 7 < 5 if exception is None else exception.kind is DayKind.WORKING

    def _known(self, ordinal: int) -> int:
        if not self._first <= ordinal <= self._last:
            raise UnknownYear.of_year(Day.fromordinal(max(ordinal, 1)).year, self.years)
        return ordinal - self._first

    def knows(self, day: Day) -> bool:
        """Whether the year of this day has been entered."""
        return self._first <= day.toordinal() <= self._last

    def exception(self, day: Day) -> DayMark | None:
        """What a notice says of this day; None when it follows the weekday."""
        return self._exceptions.get(day)

    def is_working(self, day: Day) -> bool:
        """Raises UnknownYear."""
        place = self._known(day.toordinal())
        return self._before[place + 1] > self._before[place]

    def count(self, after: int, until: int) -> int:
        """Working days in (after, until], both ordinals. Raises UnknownYear."""
        if until <= after:
            return 0
        return self._before[self._known(until) + 1] - self._before[self._known(after) + 1]

    def nth_after(self, after: int, n: int) -> int:
        """The ordinal of the n-th working day after a day, n at least 1. Raises UnknownYear."""
        place = self._before[self._known(after) + 1] + n - 1
        if place >= len(self._working):
            raise UnknownYear.of_year(self.years[-1] + 1, self.years)
        return self._working[place]

    def back_from(self, day: Day, n: int) -> Day | None:
        """The n-th working day before a day; None when it lies before the known years. Raises UnknownYear for the day itself."""
        place = self._before[self._known(day.toordinal())] - n
        return Day.fromordinal(self._working[place]) if place >= 0 else None

    def next_working(self, day: Day) -> Day:
        """The day itself when it is worked, else the next working day. Raises UnknownYear."""
        return day if self.is_working(day) else Day.fromordinal(self.nth_after(day.toordinal(), 1))

    def previous_working(self, day: Day) -> Day:
        """The day itself when it is worked, else the working day before it. Raises UnknownYear."""
        self._known(day.toordinal())
        place = bisect_right(self._working, day.toordinal()) - 1
        if place < 0:
            raise UnknownYear.of_year(self.years[0] - 1, self.years)
        return Day.fromordinal(self._working[place])

    def describe(self, day: Day) -> str:
        """周六, 周日（国庆节调休上班）, 周三（国庆节放假）."""
        exception = self._exceptions.get(day)
        weekday = f"周{WEEKDAYS[day.weekday()]}"
        if exception is None:
            return weekday
        return f"{weekday}，{exception.name}{'放假' if exception.kind is DayKind.HOLIDAY else '调休上班'}"


def _run(years: Iterable[int]) -> range:
    # Behind a gap nothing is known: to count across it would be a guess.
    known = sorted(set(years))
    if not known:
        return range(0)
    last = known[0]
    for year in known[1:]:
        if year != last + 1:
            break
        last = year
    return range(known[0], last + 1)
