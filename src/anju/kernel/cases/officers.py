"""From an actor to the officer the engine knows: roles, section, bench, and whom they stand in for."""

from __future__ import annotations

import datetime
from dataclasses import replace

from anju.kernel.access.actor import ALL_PERMISSIONS, Actor
from anju.kernel.cases.engine.acting import may_act
from anju.kernel.cases.engine.situation import Officer, Situation, Task
from anju.kernel.cases.models import Case
from anju.kernel.database import prepared
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Staff

_PRINCIPALS = (
    "SELECT principal_id, matter FROM cases_delegation WHERE delegate_id = %s AND starts_on <= %s AND ends_on >= %s AND revoked_on IS NULL"
)


def officer_for(by: Actor, case: Case, situation: Situation, on: datetime.date) -> Officer:
    """The officer an actor is on this case. Delegations are looked up only when nothing open is the actor's own."""
    alone = _officer(by, case)
    if alone.system or by.staff_id is None or any(may_act(task, alone) for task in situation.alive):
        return alone
    principals = tuple(person_as_officer(person, case) for person in principals_of(by, on, case.matter))
    if not principals:
        return alone
    return replace(alone, principals=principals)


def _officer(by: Actor, case: Case) -> Officer:
    bench = bench_of(by.bureau_id, by.region_code, case)
    return Officer(by.name, by.staff_id, by.roles, by.department_id, bench, system=ALL_PERMISSIONS in by.permissions)


def bench_of(bureau_id: int | None, region_code: str, case: Case) -> str:
    """Whether a bureau is the case's own, one above it, or another."""
    if bureau_id == case.bureau_id:
        return "own"
    above = region_code and region_code != case.region_code and case.region_code.startswith(region_code)
    return "upper" if above else "other"


def person_as_officer(person: Staff, case: Case) -> Officer:
    """A member of staff as an officer on this case."""
    roles = frozenset(person.roles.values_list("code", flat=True))
    bench = bench_of(person.bureau_id, person.bureau.region_id, case)
    return Officer(person.name, person.pk, roles, person.department_id, bench=bench)


def colleague(staff_id: int, case: Case) -> Officer:
    """An active member of staff by number. Raises AnjuError `cases.unknown_person`."""
    person = Staff.objects.select_related("bureau").filter(pk=staff_id, active=True).first()
    if person is None:
        raise AnjuError.of("cases.unknown_person", "没有这位在岗人员，或不在您的数据范围内。", where="人员")
    return person_as_officer(person, case)


def principals_of(by: Actor, on: datetime.date, matter: str | None = None) -> list[Staff]:
    """The people whose delegation to this actor is in force on a day, for a matter (None: for any)."""
    if by.staff_id is None:
        return []
    found = prepared.ask(_PRINCIPALS, [by.staff_id, on, on]).fetchall()
    numbers = [number for number, of_matter in found if matter is None or of_matter in ("", matter)]
    return list(Staff.objects.select_related("bureau").filter(pk__in=numbers, active=True)) if numbers else []


def acted_for(officer: Officer, task: Task) -> str:
    """The name of the principal an officer acted for on a task, empty when it was the officer's own."""
    if officer.system or may_act(task, replace(officer, principals=())):
        return ""
    return next((principal.name for principal in officer.principals if may_act(task, principal)), "")
