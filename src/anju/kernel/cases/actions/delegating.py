"""Delegations: act for a colleague until a day."""

from __future__ import annotations

import datetime

from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.cases.engine.refusing import refuse
from anju.kernel.cases.models import Delegation
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.actions import action
from anju.kernel.orgs.models import Staff

LONGEST = datetime.timedelta(days=366)


def delegate(
    to: int,
    *,
    ends_on: datetime.date,
    by: Actor,
    starts_on: datetime.date | None = None,
    matter: str = "",
    reason: str = "",
    key: str | None = None,
) -> Delegation:
    """Let a colleague act on one's tasks until a day, included (委托办理). Needs `cases.work`. At most a year.

    Raises AnjuError `cases.unknown_person`, `cases.bad_delegation`.
    """
    by.require("cases.work")
    today = timezone.localdate()
    first = starts_on or today
    with action("cases.delegate", by=by, key=key, reason=reason[:200]) as entry:
        if entry.repeated:
            return Delegation.objects.get(pk=int(entry.subject.partition(":")[2]))
        me, other = _person(by.staff_id), _person(to)
        if me.pk == other.pk or ends_on < first or first < today or ends_on - first > LONGEST:
            refuse("bad_delegation", "委托的人或起止日期不对。", "受托人是另一位同事，截止日不早于开始日，至多一年。", where="委托")
        made = Delegation.objects.create(
            region_code=by.region_code, bureau_id=me.bureau_id, principal_id=me.pk, principal_name=me.name, delegate_id=other.pk,
            delegate_name=other.name, matter=matter, starts_on=first, ends_on=ends_on, reason=reason[:200],
        )  # fmt: skip
        entry.subject, entry.data = f"cases_delegation:{made.pk}", {"to": other.name, "until": ends_on.isoformat(), "matter": matter}
    return made


def revoke_delegation(number: int, *, by: Actor, key: str | None = None) -> Delegation:
    """End a delegation of one's own today; whoever holds `cases.assign` may end anybody's."""
    by.require("cases.work")
    with action("cases.revoke_delegation", by=by, key=key, subject=f"cases_delegation:{number}") as entry:
        found = Delegation.objects.select_for_update().filter(pk=number).first()
        if found is None:
            raise AnjuError.of("cases.unknown_delegation", "没有这项委托。")
        if found.principal_id != by.staff_id and not by.may("cases.assign"):
            raise Forbidden.of("cases.not_yours", "这不是您的委托。", advice="请由委托人或负责人撤销。")
        if not entry.repeated and found.revoked_on is None:
            found.revoked_on = timezone.localdate()
            found.save()
    return found


def _person(number: int | None) -> Staff:
    person = Staff.objects.filter(pk=number, active=True).first() if number is not None else None
    if person is None:
        raise AnjuError.of("cases.unknown_person", "没有这位在岗人员，或不在您的数据范围内。", where="人员")
    return person
