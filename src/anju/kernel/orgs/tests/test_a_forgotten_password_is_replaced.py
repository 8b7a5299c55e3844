"""A system administrator replaces a forgotten password, and reaches nothing more by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.models import Change, Entry
from anju.kernel.orgs.credentials import reset_password, temporary_password
from anju.kernel.orgs.models import Bureau, Staff
from anju.testing.factories import make_actor

pytestmark = pytest.mark.django_db


def staff_of(actor: Actor) -> Staff:
    with using_scope(Scope.system()):
        return Staff.objects.select_related("bureau", "region", "user").get(pk=actor.staff_id)


def test_the_new_password_works_the_session_ends_and_no_password_is_written_down(
    county_clerk: Actor, system_admin: Actor, client_for: Callable[[Actor], Client]
) -> None:
    browser, made = client_for(county_clerk), temporary_password()
    assert browser.get("/").status_code == 200
    reset_password(staff_of(county_clerk), made, by=system_admin, reason="本人忘记密码")
    assert browser.get("/").status_code == 302
    assert staff_of(county_clerk).user.check_password(made)
    with using_scope(Scope.system()):
        entry = Entry.objects.get(verb="orgs.reset_password")
        images = [(change.before, change.after) for change in Change.objects.filter(entry_id=entry.pk)]
    assert (entry.reason, entry.data, entry.bureau_id) == ("本人忘记密码", {}, county_clerk.bureau_id)
    assert made not in str(images)
    assert all("password" not in (image or {}) for pair in images for image in pair)


def test_nobody_becomes_somebody_who_may_see_or_grant_more(
    bureau: Bureau, other_county_clerk: Actor, security_admin: Actor, audit_admin: Actor, system_admin: Actor, county_clerk: Actor
) -> None:
    with using_scope(Scope.system()):
        wide = make_actor(bureau, "leader", reach="region")
    for person, code in (
        (other_county_clerk, "orgs.beyond_scope"),
        (wide, "orgs.beyond_scope"),
        (security_admin, "orgs.duty_password"),
        (audit_admin, "orgs.duty_password"),
        (system_admin, "orgs.own_password"),
    ):
        with pytest.raises(Forbidden, match=code):
            reset_password(staff_of(person), temporary_password(), by=system_admin)
    with pytest.raises(Forbidden, match=r"orgs\.forbidden"):
        reset_password(staff_of(county_clerk), temporary_password(), by=security_admin)


def test_the_machine_replaces_an_administrators_password(security_admin: Actor, system: Actor) -> None:
    made = temporary_password()
    reset_password(staff_of(security_admin), made, by=system)
    assert staff_of(security_admin).user.check_password(made)


def test_a_weak_password_is_refused(county_clerk: Actor, system_admin: Actor) -> None:
    with pytest.raises(AnjuError, match=r"orgs\.weak_password"):
        reset_password(staff_of(county_clerk), "123456", by=system_admin)


def test_temporary_passwords_are_readable_and_never_the_same() -> None:
    made = {temporary_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 19 and not set(one) & set("lo0i1") for one in made)
