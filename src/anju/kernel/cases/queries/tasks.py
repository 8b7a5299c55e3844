"""Task lists: what waits for a person, for a section, what is overdue. Ordered by the legal clock, paged by key."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.db.models import F, Q, QuerySet

from anju.kernel.access.actor import Actor
from anju.kernel.calendar.reading import Standing
from anju.kernel.calendar.workdays import UnknownYear, WorkingDays
from anju.kernel.cases.engine.situation import ALIVE, State
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.matters.published import matter_of
from anju.kernel.cases.models import CaseClock, Task
from anju.kernel.cases.queries.heaps import counted, first_rows, heaps_of

PAGE = 50
MOST = 200
Key = tuple[datetime.date, int]
"""Where a page ends: the due day (far away for none) and the number of the task."""
NEVER = datetime.date.max
WORKING = (State.RECEIVED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task on a list. `days`: left until the due day, in working days where the limit counts them; negative when overdue.

    `standing`: overdue, due_soon, ok, stopped, undetermined or waiting (no limit). `mine`: held by the reader, not only in a queue.
    """

    task: int
    case: int
    number: str
    matter: str
    title: str
    step: str
    step_title: str
    verb: str
    applicant: str
    stage: str
    round: int
    holder: str
    mine: bool
    due_on: datetime.date | None
    standing: str
    days: int | None
    working: bool
    opened_at: datetime.datetime
    state: str


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Tasks by due day; `next` is the `after` of the following page, None on the last one."""

    lines: list[TaskLine]
    next: Key | None


def tasks_of(by: Actor, *, on: datetime.date, days: WorkingDays, matter: str = "", after: Key | None = None, size: int = PAGE) -> TaskPage:
    """What waits for this person: tasks held, tasks in the queues of their roles (and section), and those of people they stand in for."""
    size = min(size, MOST)
    return _page(first_rows(heaps_of(by, on), matter, after, size + 1), by, on, days, size)


def department_queue(
    by: Actor, *, on: datetime.date, days: WorkingDays, department: int | None = None, after: Key | None = None, size: int = PAGE
) -> TaskPage:
    """Everything open in the reader's section (or all of the bureau for who distributes work), held or not."""
    size = min(size, MOST)
    rows = by.scope.narrow(Task.objects.filter(status__in=ALIVE))
    if department is not None:
        rows = rows.filter(department_id=department)
    elif not by.may("cases.assign"):
        mine = Q(department_id=by.department_id) if by.department_id is not None else Q(role__in=by.roles)
        rows = rows.filter(mine)
    return _page(_ordered(rows, after, size), by, on, days, size)


def overdue(by: Actor, *, on: datetime.date, days: WorkingDays, after: Key | None = None, size: int = PAGE) -> TaskPage:
    """Open tasks of the reader's scope that are past their day, the longest first. Needs `cases.view`."""
    by.require("cases.view")
    size = min(size, MOST)
    rows = by.scope.narrow(Task.objects.filter(status__in=ALIVE, due_on__lt=on))
    return _page(_ordered(rows, after, size), by, on, days, size)


def overdue_cases(by: Actor, *, on: datetime.date) -> QuerySet[Any]:
    """Clocks of cases of the reader's scope that have run out, the oldest first. Needs `cases.view`."""
    by.require("cases.view")
    return by.scope.narrow(CaseClock.objects.filter(finished_on=None, due_on__lt=on)).select_related("case").order_by("due_on", "pk")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits: all, past the day, due today, due soon. Counting ends at MOST_COUNTED."""

    all: int
    overdue: int
    today: int
    soon: int


MOST_COUNTED = 1000


def count_tasks(by: Actor, on: datetime.date) -> Counts:
    """How much waits for this person."""
    return Counts(*counted(heaps_of(by, on), on, MOST_COUNTED))


COLUMNS = (
    "pk", "case_id", "step", "stage", "round", "status", "holder_id", "holder_name", "opened_at", "span", "started_on", "due_on", "soon_on",
    "finished_on", "unknown_year", "late", "case__number", "case__matter", "case__applicant", "case__state",
    "case__matter_version__digest",
)  # fmt: skip
Row = dict[str, Any]


def _ordered(rows: QuerySet[Task], after: Key | None, size: int) -> list[Row]:
    if after is not None:
        day, number = after
        later = Q(due_on__gt=day) | Q(due_on=day, pk__gt=number) | Q(due_on=None)
        rows = rows.filter(due_on=None, pk__gt=number) if day == NEVER else rows.filter(later)
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "pk").values(*COLUMNS)[: size + 1])


def _page(found: Sequence[Row], by: Actor, on: datetime.date, days: WorkingDays, size: int) -> TaskPage:
    lines = [line_of(row, by, on, days) for row in found[:size]]
    last = found[size - 1] if len(found) > size else None
    return TaskPage(lines, None if last is None else (last["due_on"] or NEVER, last["pk"]))


def line_of(row: Row, by: Actor, on: datetime.date, days: WorkingDays) -> TaskLine:
    """A row of COLUMNS as a line of a list."""
    matter: Matter = matter_of(row["case__matter_version__digest"])
    step, clock = matter.step(row["step"]), SimpleNamespace(**row)
    return TaskLine(
        task=row["pk"], case=row["case_id"], number=row["case__number"], matter=row["case__matter"], title=matter.title, step=row["step"],
        step_title=step.title, verb=step.verb or step.title, applicant=row["case__applicant"], stage=matter.stage(row["stage"]).title,
        round=row["round"], holder=row["holder_name"], mine=row["holder_id"] is not None and row["holder_id"] == by.staff_id,
        due_on=row["due_on"], standing=standing_of(clock, on), days=days_left(clock, on, days), working=row["span"].endswith("wd"),
        opened_at=row["opened_at"], state=row["case__state"],
    )  # fmt: skip


def standing_of(row: Any, on: datetime.date) -> str:
    """How a row with clock columns stands on a day."""
    if row.finished_on is not None:
        return Standing.LATE if row.late else Standing.DONE
    if row.started_on is None:
        return Standing.WAITING
    if row.due_on is None:
        return Standing.UNDETERMINED if row.unknown_year else Standing.STOPPED
    if row.due_on < on:
        return Standing.OVERDUE
    return Standing.DUE_SOON if row.soon_on is not None and row.soon_on <= on else Standing.OK


def days_left(row: Any, on: datetime.date, days: WorkingDays) -> int | None:
    """Days from a day to the due day of a row with clock columns: working days where its limit counts them; below zero when overdue."""
    if row.due_on is None or row.finished_on is not None:
        return None
    due: datetime.date = row.due_on
    if not row.span.endswith("wd"):
        return (due - on).days
    try:
        return days.count(on.toordinal(), due.toordinal()) if due >= on else -days.count(due.toordinal(), on.toordinal())
    except UnknownYear:
        return (due - on).days
