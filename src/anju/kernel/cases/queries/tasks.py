"""Task lists: what waits for a person, for a section, what is overdue. Ordered by the legal clock, paged by key."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import F, Q, QuerySet

from anju.kernel.access.actor import Actor
from anju.kernel.calendar.reading import Standing
from anju.kernel.calendar.workdays import UnknownYear, WorkingDays
from anju.kernel.cases.engine.situation import ALIVE, State
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.matters.published import matter_of
from anju.kernel.cases.models import CaseClock, Task
from anju.kernel.cases.officers import principals_of

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
    parts = [_ordered(rows, matter, after, size) for rows in _heaps(by, on)]
    found = list(islice(merge(*parts, key=_key), size + 1))
    return _page(found, by, on, days, size)


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
    return _page(list(_ordered(rows, "", after, size)), by, on, days, size)


def overdue(by: Actor, *, on: datetime.date, days: WorkingDays, after: Key | None = None, size: int = PAGE) -> TaskPage:
    """Open tasks of the reader's scope that are past their day, the longest first. Needs `cases.view`."""
    by.require("cases.view")
    size = min(size, MOST)
    rows = by.scope.narrow(Task.objects.filter(status__in=ALIVE, due_on__lt=on))
    return _page(list(_ordered(rows, "", after, size)), by, on, days, size)


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
    found: list[tuple[datetime.date | None, datetime.date | None]] = []
    for rows in _heaps(by, on):
        found += rows.values_list("due_on", "soon_on")[: MOST_COUNTED - len(found)]
        if len(found) >= MOST_COUNTED:
            break
    dated = [(due, soon) for due, soon in found if due is not None]
    return Counts(
        all=len(found),
        overdue=sum(due < on for due, _ in dated),
        today=sum(due == on for due, _ in dated),
        soon=sum(due > on and soon is not None and soon <= on for due, soon in dated),
    )


def _heaps(by: Actor, on: datetime.date) -> list[QuerySet[Task]]:
    """Disjoint sets of open tasks, each with an index that gives it in order: held by me, in my queues; the same of my principals."""
    if by.staff_id is None:
        return []
    alive = Task.objects.filter(status__in=ALIVE).exclude(status="waiting", placed="")
    heaps: list[QuerySet[Task]] = []
    principals = principals_of(by, on)
    holders = [by.staff_id, *(person.pk for person in principals)]
    heaps += [alive.filter(holder_id=holder) for holder in holders]
    seen: set[tuple[str, int | None]] = set()
    people = [(by.roles, by.department_id)]
    people += [(frozenset(person.roles.values_list("code", flat=True)), person.department_id) for person in principals]
    waiting = alive.filter(holder_id=None)
    for roles, department in people:
        for role in sorted(roles):
            if (role, department) not in seen:
                seen.add((role, department))
                heaps.append(_queue(waiting, by, role).filter(Q(department_id=None) | Q(department_id=department)))
        if department is not None and ("", department) not in seen:
            seen.add(("", department))
            heaps.append(_queue(waiting, by, "").filter(department_id=department))
    return heaps


def _queue(waiting: QuerySet[Task], by: Actor, role: str) -> QuerySet[Task]:
    if by.scope.bureau_id is not None:
        return waiting.filter(bureau_id=by.scope.bureau_id, role=role, upper=False)
    own = Q(upper=False, bureau_id=by.bureau_id or 0)
    below = Q(upper=True, region_code__gt=by.region_code, region_code__lt=f"{by.region_code}z")
    return waiting.filter(own | below, role=role)


def _ordered(rows: QuerySet[Task], matter: str, after: Key | None, size: int) -> Sequence[Task]:
    if matter:
        rows = rows.filter(case__matter=matter)
    if after is not None:
        day, number = after
        if day == NEVER:
            rows = rows.filter(due_on=None, pk__gt=number)
        else:
            rows = rows.filter(Q(due_on__gt=day) | Q(due_on=day, pk__gt=number) | Q(due_on=None))
    ordered = rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    return list(ordered.select_related("case").annotate(digest=F("case__matter_version__digest"))[: size + 1])


def _key(task: Task) -> Key:
    return task.due_on or NEVER, task.pk


def _page(found: Sequence[Task], by: Actor, on: datetime.date, days: WorkingDays, size: int) -> TaskPage:
    lines = [line_of(task, by, on, days) for task in found[:size]]
    return TaskPage(lines, _key(found[size - 1]) if len(found) > size else None)


def line_of(task: Task, by: Actor, on: datetime.date, days: WorkingDays) -> TaskLine:
    """A task as a line of a list. The row carries `digest` of its matter's version."""
    matter: Matter = matter_of(task.digest)  # type: ignore[attr-defined]
    step, case = matter.step(task.step), task.case
    return TaskLine(
        task=task.pk, case=case.pk, number=case.number, matter=case.matter, title=matter.title, step=task.step, step_title=step.title,
        verb=step.verb or step.title, applicant=case.applicant, stage=matter.stage(task.stage).title, round=task.round,
        holder=task.holder_name, mine=task.holder_id is not None and task.holder_id == by.staff_id, due_on=task.due_on,
        standing=standing_of(task, on), days=days_left(task, on, days), working=task.span.endswith("wd"), opened_at=task.opened_at,
        state=case.state,
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
