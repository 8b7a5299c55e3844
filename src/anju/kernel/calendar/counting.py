"""Counting days by the rules of Chinese law: domain notes on construction, section 10.

- The day of the event is not counted (民法典 Art. 201); counting begins the day after.
- A period in months or years ends on the same number day; where the month has none, on its last day (Art. 202).
- Where the last day of a period in days, months or years is not worked, the next working day is the last one (Art. 203). A wage date moves
  to the working day before instead (保障农民工工资支付条例 Art. 14). A period in working days never ends on a day off.
- A suspension is a closed interval of dates: its first and its last day are both not counted; overlapping ones merge (10.2.4, reading).
- A period in months that was suspended is lengthened by the days of suspension (reading).
"""

from __future__ import annotations

import calendar as gregorian
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from anju.kernel.calendar.spans import Span, Unit
from anju.kernel.calendar.workdays import Day, UnknownYear, WorkingDays
from anju.kernel.errors import AnjuError

PEOPLES_TIME = ZoneInfo("Asia/Shanghai")
FIRST_YEAR, LAST_YEAR = 1900, 2300


class Roll(StrEnum):
    """Where a period that ends on a day off moves."""

    NEXT = "next"
    PREVIOUS = "previous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that are not counted, both ends included. `last` None: not over yet."""

    first: Day
    last: Day | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a period: `nominal` by counting alone, `due` after moving off days off."""

    nominal: Day
    due: Day


def counting_day(moment: datetime.datetime) -> Day:
    """The date in Asia/Shanghai that counts for an instant; after office hours is still that day (10.5.1, 10.5.2)."""
    return moment.astimezone(PEOPLES_TIME).date()


def add_months(day: Day, months: int) -> Day:
    """The same number day some months on; the month's last day when it has no such day (民法典 Art. 202)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return Day(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))


def due_moment(start: datetime.datetime, span: Span) -> datetime.datetime:
    """The end of a period in hours: natural hours from the moment itself (民法典 Art. 201), never moved."""
    if span.unit is not Unit.HOUR:
        raise AnjuError.of("calendar.bad_span", f"“{span.words}”不是按小时计算的期限。", advice="按日、工作日、月计算的期限用日期推算。")
    return start + datetime.timedelta(hours=span.count)


def due(days: WorkingDays, start: Day, span: Span, suspensions: Sequence[Suspension] = (), *, roll: Roll = Roll.NEXT) -> Day:
    """The last day of a period that an event on `start` begins. Raises UnknownYear; `calendar.stopped` while a suspension is open."""
    found = ending(days, start, (span,), suspensions, roll=roll)
    if found is None:
        raise AnjuError.of("calendar.stopped", "期限正在中止，尚无到期日。", advice="恢复计算后再推算，或按假定的恢复日推算。")
    return found.due


def ending(
    days: WorkingDays, start: Day, spans: Sequence[Span], suspensions: Sequence[Suspension] = (), *, roll: Roll = Roll.NEXT
) -> Ending | None:
    """The end of periods that follow each other; None when an open suspension begins before it. Raises UnknownYear.

    A period of another unit begins where the one before nominally ended.
    """
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise AnjuError.of("calendar.unlikely_day", f"起算日{start}不成立。", where="起算日", advice="请核对年份。")
    out = merged(suspensions)
    reached: int | None = start.toordinal()
    for span in spans:
        if reached is None:
            return None
        reached = _reach(days, reached, span, out)
    if reached is None:
        return None
    nominal = Day.fromordinal(reached)
    return Ending(nominal, moved(days, nominal, roll))


def moved(days: WorkingDays, nominal: Day, roll: Roll) -> Day:
    """A last day, moved off days off. Raises UnknownYear unless it stays where it is."""
    if roll is Roll.NONE:
        return nominal
    return days.next_working(nominal) if roll is Roll.NEXT else days.previous_working(nominal)


def elapsed(days: WorkingDays, start: Day, at: Day, unit: Unit, suspensions: Sequence[Suspension] = ()) -> int:
    """Days counted after `start` until the end of `at`: working days for `wd`, calendar days else. Raises UnknownYear."""
    return _counted(days, start.toordinal(), at.toordinal(), unit, merged(suspensions))


def merged(suspensions: Sequence[Suspension]) -> list[tuple[int, int]]:
    """Closed intervals of ordinals, in order and apart; an open one ends beyond every date."""
    spans = sorted((one.first.toordinal(), one.last.toordinal() if one.last else _NEVER) for one in suspensions)
    apart: list[tuple[int, int]] = []
    for first, last in spans:
        if apart and first <= apart[-1][1] + 1:
            apart[-1] = (apart[-1][0], max(last, apart[-1][1]))
        else:
            apart.append((first, last))
    return apart


_NEVER = Day.max.toordinal()


def _reach(days: WorkingDays, start: int, span: Span, out: list[tuple[int, int]]) -> int | None:
    working = span.unit is Unit.WORKING_DAY
    wanted = span.count
    if span.unit is Unit.HOUR:
        raise AnjuError.of("calendar.bad_span", f"“{span.words}”按小时计算，不能按日期推算。", advice="按小时的期限从时刻起算。")
    if span.unit in (Unit.MONTH, Unit.YEAR):
        begin = Day.fromordinal(start)
        wanted = add_months(begin, span.count * (12 if span.unit is Unit.YEAR else 1)).toordinal() - start
    position = start
    for first, last in out:
        if last <= position:
            continue
        before = max(first - 1, position)
        room = _room(days, position, before, wanted, working)
        if room >= wanted:
            break
        wanted -= room
        if last == _NEVER:
            return None
        position = last
    return days.nth_after(position, wanted) if working else position + wanted


def _room(days: WorkingDays, after: int, until: int, wanted: int, working: bool) -> int:
    """How many days count in (after, until]; a stop in a year not known yet asks for that year only when the count gets there."""
    if not working:
        return min(until - after, wanted)
    try:
        return days.count(after, until)
    except UnknownYear:
        days.nth_after(after, wanted)
        return wanted


def _counted(days: WorkingDays, after: int, until: int, unit: Unit, out: list[tuple[int, int]]) -> int:
    working = unit is Unit.WORKING_DAY
    found, position = 0, after
    for first, last in [*out, (until + 1, _NEVER)]:
        if last <= position or position >= until:
            continue
        before = min(max(first - 1, position), until)
        found += days.count(position, before) if working else before - position
        position = last
    return found
