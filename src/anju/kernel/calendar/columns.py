"""Keep a clock in tables: abstract models for its present standing (columns an index can search) and its history (rows that only grow).

A room that has clocks subclasses both, makes the history append-only by trigger, and writes them together:

    class StepClock(ClockColumns): ...                     class StepClockEvent(ClockEventColumns):
                                                               clock = models.ForeignKey(StepClock, on_delete=models.PROTECT)

    clock = clock.suspend(on, "publicity")                 # a new value
    StepClockEvent(clock=row, **event_columns(clock.events[-1])).save()
    row.keep(read(clock, days)); row.save()                # due_on, soon_on, state ... follow
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet

from anju.kernel.calendar.clock import Clock, ClockState, Event, EventKind, Extension, Limit
from anju.kernel.calendar.counting import Roll
from anju.kernel.calendar.reading import Reading
from anju.kernel.calendar.spans import Span

_KEPT = ("state", "started_on", "due_on", "nominal_on", "soon_on", "stopped_on", "finished_on", "late", "unknown_year")


class ClockColumns(models.Model):
    """Where a clock stands. Overdue on a day: `finished_on` null and `due_on` < day. Due soon: `soon_on` <= day <= `due_on`.

    `due_on` is null while the clock waits or is stopped, and when it lies in `unknown_year`, whose notice has not been entered.
    """

    span = models.CharField("期限", max_length=8, help_text="As Span writes it: 7wd.")
    source = models.CharField("依据", max_length=120, blank=True)
    stops_for = models.CharField(
        "可中止事由", max_length=300, blank=True, default="*", help_text="Codes with blanks between; * for every known one."
    )
    roll = models.CharField(max_length=8, choices=[(roll.value, roll.value) for roll in Roll], default=Roll.NEXT.value)
    soon = models.PositiveSmallIntegerField("提前提醒工作日", default=2)
    extension_most = models.CharField("每次最多延长", max_length=8, blank=True)
    extension_times = models.PositiveSmallIntegerField("可延长次数", default=0)
    extension_by = models.CharField("延长批准人", max_length=40, blank=True)
    extension_source = models.CharField("延长依据", max_length=120, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=[(state.value, state.value) for state in ClockState], default=ClockState.WAITING.value
    )
    started_on = models.DateField("起算日", null=True)
    due_on = models.DateField("到期日", null=True)
    nominal_on = models.DateField("顺延前到期日", null=True)
    soon_on = models.DateField("提醒日", null=True)
    stopped_on = models.DateField("中止日", null=True)
    finished_on = models.DateField("办结日", null=True)
    late = models.BooleanField("逾期办结", default=False)
    unknown_year = models.PositiveSmallIntegerField("待录入放假安排的年份", null=True)
    calendar_version = models.BigIntegerField("日历版本", default=0)

    class Meta:
        abstract = True

    def keep_limit(self, limit: Limit) -> None:
        """Take the limit's columns."""
        self.span, self.source, self.roll, self.soon = str(limit.span), limit.source, limit.roll.value, limit.soon
        self.stops_for = "*" if limit.stops_for is None else " ".join(sorted(limit.stops_for))
        longer = limit.extension
        self.extension_most = str(longer.most) if longer else ""
        self.extension_times = longer.times if longer else 0
        self.extension_by = longer.by if longer else ""
        self.extension_source = longer.source if longer else ""

    def limit(self) -> Limit:
        """The limit these columns tell."""
        longer = None
        if self.extension_most:
            longer = Extension(Span.parse(self.extension_most), self.extension_times, self.extension_by, self.extension_source)
        reasons = None if self.stops_for == "*" else frozenset(self.stops_for.split())
        return Limit(Span.parse(self.span), self.source, reasons, longer, Roll(self.roll), self.soon)

    def keep(self, reading: Reading) -> None:
        """Take the columns that a reading tells."""
        for name in _KEPT:
            setattr(self, name, getattr(reading, name))
        self.state = reading.state.value
        self.calendar_version = reading.version


class ClockEventColumns(models.Model):
    """One line of a clock's history."""

    kind = models.CharField("事项", max_length=8, choices=[(kind.value, kind.value) for kind in EventKind])
    on = models.DateField("日期")
    reason = models.CharField("事由", max_length=200, blank=True)
    document = models.CharField("文书", max_length=120, blank=True)
    span = models.CharField("延长", max_length=8, blank=True)
    approved_by = models.CharField("批准人", max_length=40, blank=True)
    until = models.DateField("告知截止", null=True)

    class Meta:
        abstract = True

    def event(self) -> Event:
        """The event these columns tell."""
        span = Span.parse(self.span) if self.span else None
        return Event(EventKind(self.kind), self.on, self.reason, self.document, span, self.approved_by, self.until)


def event_columns(event: Event) -> dict[str, Any]:
    """The columns of an event, to make a row with."""
    return {
        "kind": event.kind.value,
        "on": event.on,
        "reason": event.reason,
        "document": event.document,
        "span": str(event.span) if event.span else "",
        "approved_by": event.approved_by,
        "until": event.until,
    }


def clock_of(row: ClockColumns, events: Iterable[ClockEventColumns]) -> Clock:
    """The clock that a row and its history, oldest first, tell."""
    return Clock.replay(row.limit(), (event.event() for event in events))


def overdue(rows: QuerySet[Any], at: datetime.date) -> QuerySet[Any]:
    """Rows of clocks that have run out by this day, oldest first."""
    return rows.filter(finished_on=None, due_on__lt=at).order_by("due_on")


def due_soon(rows: QuerySet[Any], at: datetime.date) -> QuerySet[Any]:
    """Rows of clocks whose last day is near but not over."""
    return rows.filter(finished_on=None, soon_on__lte=at, due_on__gte=at).order_by("due_on")


def outdated(rows: QuerySet[Any], version: int) -> QuerySet[Any]:
    """Rows of open clocks that another version of the calendar was used for: to be read again when a notice is entered (10.5.3)."""
    return rows.filter(finished_on=None).exclude(calendar_version=version).exclude(started_on=None)


def clock_constraints(prefix: str) -> list[models.BaseConstraint]:
    """Constraints for the table of a subclass: what a state must and must not have."""
    return [
        models.CheckConstraint(
            condition=(Q(state="waiting") & Q(started_on=None)) | (~Q(state="waiting") & ~Q(started_on=None)), name=f"{prefix}_started"
        ),
        models.CheckConstraint(
            condition=(Q(state="finished") & Q(finished_on__isnull=False)) | (~Q(state="finished") & Q(finished_on=None)),
            name=f"{prefix}_finished",
        ),
        models.CheckConstraint(condition=Q(due_on=None) | Q(due_on__gte=F("started_on")), name=f"{prefix}_due_after_start"),
    ]
