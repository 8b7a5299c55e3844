"""Keep the clocks of a case: carry out the engine's orders on the rows of tasks and of the case's own clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from anju.kernel.calendar.clock import Clock, Event, EventKind
from anju.kernel.calendar.columns import event_columns
from anju.kernel.calendar.counting import elapsed
from anju.kernel.calendar.reading import read
from anju.kernel.calendar.reasons import STOP_REASONS
from anju.kernel.calendar.spans import Span
from anju.kernel.calendar.workdays import UnknownYear, WorkingDays
from anju.kernel.cases.engine.clocks import ClockOrder
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.models import Case, CaseClock, ClockEvent, Task
from anju.kernel.cases.store.terms import SUSPENSION, case_limit, resolve, task_limit
from anju.kernel.database import prepared

ClockRow = Task | CaseClock


@dataclass(slots=True)
class ClockKeeper:
    """Carries out orders of one move on one day. Task rows are only changed in memory: the writer of tasks saves them."""

    case: Case
    matter: Matter
    days: WorkingDays
    on: datetime.date

    def task(self, row: Task, order: ClockOrder) -> None:
        """Start, stop, resume or end the clock of a task."""
        if order.kind == "start":
            assert order.limit is not None
            limit = task_limit(order.limit, self.case.region_code, self.on)
            row.keep_limit(limit)
            row.keep(read(Clock(limit).start(self.on), self.days))
        elif row.started_on is not None and row.finished_on is None:
            self._carry_out(row, order)

    def of_case(self, order: ClockOrder, *, since: datetime.date | None = None) -> None:
        """The same for the clock of the case. `since`: the day it starts on when that is not the day of the move."""
        if order.kind == "start":
            self._start_case(since or self.on)
            return
        row = open_clock(self.case.pk)
        if row is not None:
            self._carry_out(row, order)
            row.save()

    def extend(self, span: Span, *, document: str, approved_by: str, reason: str = "") -> CaseClock:
        """Lengthen the clock of the case. Raises AnjuError `calendar.extension_refused`, `calendar.run_out`."""
        from anju.kernel.calendar.reading import require_not_run_out

        row = open_clock(self.case.pk)
        assert row is not None
        clock = clock_of(row)
        require_not_run_out(clock, self.days, self.on)
        clock = clock.extend(self.on, span, document=document, approved_by=approved_by, reason=reason)
        self._note(row, clock.events[-1])
        row.keep(read(clock, self.days))
        row.save()
        return row

    def _start_case(self, on: datetime.date) -> None:
        limit = case_limit(self.matter, self.case.region_code, on)
        assert self.matter.clock is not None
        statutory = self.matter.clock.statutory
        ((run,),) = prepared.ask("SELECT coalesce(max(run), 0) + 1 FROM cases_clock WHERE case_id = %s", [self.case.pk]).fetchall()
        row = CaseClock(case=self.case, region_code=self.case.region_code, bureau_id=self.case.bureau_id, run=run)
        row.keep_limit(limit)
        row.statutory = str(resolve(statutory, self.case.region_code, on)[0]) if statutory else ""
        row.keep(read(Clock(limit).start(on), self.days))
        prepared.numbered(row, prepared.insert(row))

    def _carry_out(self, row: ClockRow, order: ClockOrder) -> None:
        clock = clock_of(row)
        if order.kind == "stop":
            reason = order.reason if order.reason in STOP_REASONS else SUSPENSION
            clock = clock.suspend(self.on, reason)
            self._note(row, clock.events[-1])
        elif order.kind == "go":
            clock = clock.resume(self.on)
            self._note(row, clock.events[-1])
        else:
            row.used_days = used_days(clock, self.days, self.on)
            clock = clock.finish(self.on)
        row.keep(read(clock, self.days))

    def _note(self, row: ClockRow, event: Event) -> None:
        whose = {"task_id": row.pk} if isinstance(row, Task) else {"clock_id": row.pk}
        if isinstance(row, Task):
            row.interrupted = True
        place = {"case": self.case, "region_code": self.case.region_code, "bureau_id": self.case.bureau_id}
        ClockEvent.objects.create(**place, **whose, **event_columns(event))


def open_clock(case_id: int) -> CaseClock | None:
    """The clock of the case that has not ended; None before acceptance and after the end."""
    return CaseClock.objects.filter(case=case_id, finished_on=None).first()


def events_of(rows: Iterable[ClockRow]) -> dict[tuple[str, int], list[ClockEvent]]:
    """The stops, resumptions and extensions of these clocks, by kind of row and number, in two statements at most."""
    tasks = [row.pk for row in rows if isinstance(row, Task) and row.interrupted]
    clocks = [row.pk for row in rows if isinstance(row, CaseClock)]
    found: dict[tuple[str, int], list[ClockEvent]] = {}
    if tasks:
        for event in ClockEvent.objects.filter(task_id__in=tasks).order_by("pk"):
            found.setdefault(("task", event.task_id or 0), []).append(event)
    if clocks:
        for event in ClockEvent.objects.filter(clock_id__in=clocks).order_by("pk"):
            found.setdefault(("clock", event.clock_id or 0), []).append(event)
    return found


def clock_of(row: ClockRow, events: Iterable[ClockEvent] | None = None) -> Clock:
    """The clock of a row: it starts and ends by its own columns, what happened between stands in its events."""
    assert row.started_on is not None
    limit = row.limit()
    if events is None:
        events = events_of([row]).get(("task" if isinstance(row, Task) else "clock", row.pk), [])
    history = [Event(EventKind.STARTED, row.started_on), *(event.event() for event in events)]
    if row.finished_on is not None:
        history.append(Event(EventKind.FINISHED, row.finished_on))
    return Clock.replay(limit, history)


def used_days(clock: Clock, days: WorkingDays, on: datetime.date) -> int | None:
    """Days counted from the start until a day, in the unit of the limit; None when a year of them is not entered."""
    if clock.started_on is None:
        return None
    try:
        return elapsed(days, clock.started_on, on, clock.limit.span.unit, clock.suspensions)
    except UnknownYear:
        return None
