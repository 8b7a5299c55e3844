"""What waits for a person, as disjoint heaps of open tasks: held, in a queue, the same of people stood in for.

Each heap is a condition that an index gives in order of the due day; the first of each are joined and only those sorted. One statement.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from anju.kernel.access.actor import Actor
from anju.kernel.cases.officers import principals_of
from anju.kernel.database import prepared

Heap = tuple[str, list[Any]]
Row = dict[str, Any]
ALIVE = "t.status IN ('open', 'waiting') AND NOT (t.status = 'waiting' AND t.placed = '')"
_COUNTS = (
    "SELECT count(*), count(*) FILTER (WHERE due_on < %s), count(*) FILTER (WHERE due_on = %s),"
    " count(*) FILTER (WHERE due_on > %s AND soon_on <= %s) FROM ("
)
ORDER = "ORDER BY due_on NULLS LAST, id"
READ = {
    "pk": "t.id", "case_id": "t.case_id", "step": "t.step", "stage": "t.stage", "round": "t.round", "status": "t.status",
    "holder_id": "t.holder_id", "holder_name": "t.holder_name", "opened_at": "t.opened_at", "span": "t.span", "started_on": "t.started_on",
    "due_on": "t.due_on", "soon_on": "t.soon_on", "finished_on": "t.finished_on", "unknown_year": "t.unknown_year", "late": "t.late",
    "case__number": "c.number", "case__matter": "c.matter", "case__applicant": "c.applicant", "case__state": "c.state",
    "case__matter_version__digest": "m.digest",
}  # fmt: skip
COLUMNS = ", ".join(column for column in READ.values() if column.startswith("t."))


def heaps_of(by: Actor, on: datetime.date) -> list[Heap]:
    """The heaps of an actor; none for somebody without a post."""
    if by.staff_id is None:
        return []
    principals = principals_of(by, on)
    heaps: list[Heap] = [("t.holder_id = %s", [holder]) for holder in (by.staff_id, *(person.pk for person in principals))]
    people = [(by.roles, by.department_id)]
    people += [(frozenset(person.roles.values_list("code", flat=True)), person.department_id) for person in principals]
    seats = dict.fromkeys((role, department) for roles, department in people for role in sorted(roles))
    heaps += [_queue(by, role, department) for role, department in seats]
    heaps += [_queue(by, "", department) for department in {department for _, department in people if department is not None}]
    return heaps


def _queue(by: Actor, role: str, department: int | None) -> Heap:
    """Unheld tasks of a role: of the own bureau, and where the reader sees a region, those that wait for a bureau above."""
    section = "t.department_id = %s" if not role else "(t.department_id IS NULL OR t.department_id = %s)"
    common, values = f"t.holder_id IS NULL AND t.role = %s AND {section}", [role, department]
    if by.scope.bureau_id is not None:
        return f"{common} AND t.bureau_id = %s AND NOT t.upper", [*values, by.scope.bureau_id]
    upper = "(t.upper AND t.region_code > %s AND t.region_code < %s)"
    return f"{common} AND ((t.bureau_id = %s AND NOT t.upper) OR {upper})", [*values, by.bureau_id, by.region_code, f"{by.region_code}z"]


def first_rows(heaps: Sequence[Heap], matter: str, after: tuple[datetime.date, int] | None, most: int) -> list[Row]:
    """The first tasks of all heaps by due day (none last) and number, after a place, with the columns of READ."""
    if not heaps:
        return []
    more, added = _narrowed(matter, after)
    parts, values = [], []
    for condition, asked in heaps:
        parts.append(f"(SELECT {COLUMNS} FROM cases_task t WHERE {ALIVE} AND {condition}{more} {ORDER} LIMIT {int(most)})")  # noqa: S608
        values += [*asked, *added]
    statement = (
        f"SELECT {', '.join(READ.values())} FROM ({' UNION ALL '.join(parts)}) t JOIN cases_case c ON c.id = t.case_id"  # noqa: S608
        f" JOIN cases_matter m ON m.id = c.matter_version_id ORDER BY t.due_on NULLS LAST, t.id LIMIT {int(most)}"
    )
    return [dict(zip(READ, row, strict=True)) for row in prepared.ask(statement, values).fetchall()]


def _narrowed(matter: str, after: tuple[datetime.date, int] | None) -> Heap:
    more = ""
    values: list[Any] = []
    if matter:
        more += " AND t.case_id IN (SELECT id FROM cases_case WHERE matter = %s)"
        values.append(matter)
    if after is not None:
        day, number = after
        if day == datetime.date.max:
            more += " AND t.due_on IS NULL AND t.id > %s"
            values.append(number)
        else:
            more += " AND (t.due_on > %s OR (t.due_on = %s AND t.id > %s) OR t.due_on IS NULL)"
            values += [day, day, number]
    return more, values


def counted(heaps: Sequence[Heap], on: datetime.date, most: int) -> tuple[int, int, int, int]:
    """(all, past their day, due on the day, due soon), each heap counted up to `most`."""
    if not heaps:
        return 0, 0, 0, 0
    parts, values = [], []
    for condition, asked in heaps:
        parts.append(f"(SELECT due_on, soon_on FROM cases_task t WHERE {ALIVE} AND {condition} {ORDER} LIMIT {int(most)})")  # noqa: S608
        values += asked
    statement = _COUNTS + " UNION ALL ".join(parts) + ") t"
    ((all_, late, today, soon),) = prepared.ask(statement, [on, on, on, on, *values]).fetchall()
    return all_, late, today, soon
