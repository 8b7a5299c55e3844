"""Where a clock stands on a day: its last day, what remains, whether it is overdue."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from anju.kernel.calendar.clock import Clock, ClockState
from anju.kernel.calendar.counting import Ending, Suspension, elapsed, ending
from anju.kernel.calendar.workdays import UnknownYear, WorkingDays
from anju.kernel.errors import AnjuError

Day = datetime.date


class Standing(StrEnum):
    """How a clock looks on a day. `late`: done after its last day; `undetermined`: its last day lies in a year not entered yet."""

    WAITING = "waiting"
    OK = "ok"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    STOPPED = "stopped"
    DONE = "done"
    LATE = "late"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Reading:
    """What depends on no present day, fit to be kept in columns and looked for by an index.

    `due_on`: the last day; None while waiting, stopped before it, or when it lies in `unknown_year`.
    `soon_on`: from this day it is due soon.
    A clock is overdue on a day when `finished_on` is null and `due_on` < the day. `version`: of the calendar.
    """

    state: ClockState
    started_on: Day | None
    due_on: Day | None
    nominal_on: Day | None
    soon_on: Day | None
    stopped_on: Day | None
    finished_on: Day | None
    late: bool
    unknown_year: int | None
    version: int


def read(clock: Clock, days: WorkingDays) -> Reading:
    """The clock by this calendar. Never raises: a year that is not known leaves the last day open and says which year."""
    found, unknown = None, None
    try:
        found = _ending(clock, days)
    except UnknownYear as refusal:
        unknown = refusal.year
    state, last = clock.state, clock.events[-1] if clock.events else None
    stop = clock.stop if state is ClockState.STOPPED else None
    done = last.on if last and state is ClockState.FINISHED else None
    return Reading(
        state=state,
        started_on=clock.started_on,
        due_on=found.due if found else None,
        nominal_on=found.nominal if found else None,
        soon_on=_soon(days, found.due, clock.limit.soon) if found else None,
        stopped_on=stop.on if stop else None,
        finished_on=done,
        late=done is not None and found is not None and done > found.due,
        unknown_year=unknown,
        version=days.version,
    )


def read_many(clocks: Iterable[Clock], days: WorkingDays) -> list[Reading]:
    """The same for many, in their order."""
    return [read(clock, days) for clock in clocks]


def due(clock: Clock, days: WorkingDays, at: Day | None = None) -> Day | None:
    """The last day. None while waiting, and while stopped unless `at` is given: then the earliest there can be, resumed on that day.

    Raises UnknownYear.
    """
    found = _ending(clock, days, at)
    return found.due if found else None


def remaining(clock: Clock, days: WorkingDays, at: Day) -> int | None:
    """Days left after `at`: working days for a limit in working days, calendar days else; below zero when overdue. Raises UnknownYear.

    None while waiting. Of a finished clock, as of the day it was finished.
    """
    if clock.started_on is None:
        return None
    at = max(min(at, clock.finished_on or at), clock.started_on)
    found = _ending(clock, days, at)
    if found is None:
        return None
    unit = clock.spans[-1].unit
    if at > found.due:
        return -elapsed(days, found.due, at, unit)
    return elapsed(days, at, found.nominal, unit, _until(clock, at))


def standing(clock: Clock, days: WorkingDays, at: Day) -> Standing:
    """How the clock looks on this day. Never raises."""
    return standing_of(read(clock, days), at)


def standing_of(reading: Reading, at: Day) -> Standing:
    """The same from a reading that was kept."""
    if reading.state is ClockState.FINISHED:
        return Standing.LATE if reading.late else Standing.DONE
    if reading.state is ClockState.WAITING:
        return Standing.WAITING
    if reading.due_on is None:
        return Standing.UNDETERMINED if reading.unknown_year else Standing.STOPPED
    if at > reading.due_on:
        return Standing.OVERDUE
    return Standing.DUE_SOON if reading.soon_on is not None and at >= reading.soon_on else Standing.OK


def stop_overran(clock: Clock, at: Day) -> bool:
    """True when a stop lasts longer than was announced (10.2.4: it alarms)."""
    stop = clock.stop
    return stop is not None and stop.until is not None and at > stop.until


def require_not_run_out(clock: Clock, days: WorkingDays, on: Day) -> None:
    """Raise `calendar.run_out` when the limit had run out before this day: what is over cannot be extended."""
    last = due(clock, days)
    if last is not None and on > last:
        raise AnjuError.of("calendar.run_out", f"期限已于{last}届满，{on}不能再延长。", advice="逾期按逾期登记，说明原因。")


def _ending(clock: Clock, days: WorkingDays, at: Day | None = None) -> Ending | None:
    if clock.started_on is None:
        return None
    suspensions = clock.suspensions if at is None else _until(clock, at)
    return ending(days, clock.started_on, clock.spans, suspensions, roll=clock.limit.roll)


def _until(clock: Clock, at: Day) -> tuple[Suspension, ...]:
    """The suspensions, an open one ended on this day."""
    return tuple(one if one.last else Suspension(one.first, max(at, one.first), one.reason) for one in clock.suspensions)


def _soon(days: WorkingDays, due_on: Day, soon: int) -> Day:
    # A last day that was not moved off days off may lie in a year that is not known: that is no reason to fail.
    try:
        found = days.back_from(due_on, soon) if soon else due_on
    except UnknownYear:
        found = None
    return found or due_on - datetime.timedelta(days=soon)
