"""Nobody gives more than they have, nobody gives to themselves, and the three administrators stay three people."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.orgs.actions import add_bureau, deactivate_staff, grant_role, hire_staff, move_staff, revoke_role
from anju.kernel.orgs.models import Bureau, Region, Role, Staff, StaffRole
from anju.kernel.orgs.queries import actor_of
from anju.testing.factories import make_actor, make_bureau

pytestmark = pytest.mark.django_db
PASSWORD = "山高-Qw81-水长远-流不息"


def hired(bureau: Bureau, by: Actor, **given) -> Staff:  # type: ignore[no-untyped-def]
    return hire_staff(bureau=bureau, username=given.pop("username", "newcomer"), name="新人", by=by, password=PASSWORD, **given)


def role(code: str) -> Role:
    return Role.objects.get(code=code)


def staff_of(actor: Actor) -> Staff:
    with using_scope(Scope.system()):
        return Staff.objects.select_related("bureau", "region", "user").get(pk=actor.staff_id)


def test_hired_and_granted_somebody_may_do_what_the_role_says(bureau: Bureau, system_admin: Actor, security_admin: Actor) -> None:
    newcomer = hired(bureau, system_admin)
    assert actor_of(newcomer.user).permissions == frozenset()
    grant_role(newcomer, role("clerk"), by=security_admin)
    assert actor_of(newcomer.user).may("ledgers.import")
    revoke_role(newcomer, role("clerk"), by=security_admin)
    assert not actor_of(newcomer.user).may("ledgers.import")


def test_a_security_administrator_cannot_make_administrators_they_do_not_outrank(bureau: Bureau, security_admin: Actor) -> None:
    with using_scope(Scope.system()):
        colleague = staff_of(make_actor(bureau))
    for beyond in ("system_admin", "audit_admin"):
        with pytest.raises(Forbidden, match="orgs.beyond_permissions"):
            grant_role(colleague, role(beyond), by=security_admin)


def test_nobody_grants_to_people_who_see_more_than_they_do(bureau: Bureau, security_admin: Actor, city_reader: Actor) -> None:
    for beyond in (staff_of(city_reader), staff_of(make_wide(bureau))):
        with pytest.raises(Forbidden, match="orgs.beyond_scope"):
            grant_role(beyond, role("clerk"), by=security_admin)


def make_wide(bureau: Bureau) -> Actor:
    with using_scope(Scope.system()):
        return make_actor(bureau, reach="region")


def test_nobody_grants_to_the_neighbouring_county(other_bureau: Bureau, security_admin: Actor) -> None:
    with using_scope(Scope.system()):
        neighbour = staff_of(make_actor(other_bureau))
    with pytest.raises(Forbidden, match="orgs.beyond_scope"):
        grant_role(neighbour, role("clerk"), by=security_admin)


def test_nobody_grants_to_themselves(security_admin: Actor, system_admin: Actor) -> None:
    with pytest.raises(Forbidden, match="orgs.self_grant"):
        grant_role(staff_of(security_admin), role("clerk"), by=security_admin)
    with pytest.raises(Forbidden, match="orgs.self_grant"):
        move_staff(staff_of(system_admin), by=system_admin, reach="region")


def test_a_clerk_grants_nothing_and_hires_nobody(bureau: Bureau, county_clerk: Actor) -> None:
    with pytest.raises(Forbidden, match="orgs.forbidden"):
        hired(bureau, county_clerk)
    with pytest.raises(Forbidden, match="orgs.forbidden"):
        grant_role(staff_of(county_clerk), role("leader"), by=county_clerk)


def test_nobody_hires_into_a_wider_scope_or_another_bureau(bureau: Bureau, other_bureau: Bureau, city: Region, system_admin: Actor) -> None:
    for beyond in ({"reach": "region"}, {"reach": "region", "region": city}):
        with pytest.raises(Forbidden, match="orgs.beyond_scope"):
            hired(bureau, system_admin, **beyond)
    with pytest.raises(Forbidden, match="orgs.beyond_scope"):
        hired(other_bureau, system_admin)
    with pytest.raises(Forbidden, match="orgs.beyond_scope"):
        add_bureau(code="mine", name="我的单位", short_name="我的", region=city, by=system_admin)


def test_moving_to_another_bureau_ends_the_roles(bureau: Bureau, system: Actor) -> None:
    with using_scope(Scope.system()):
        second = make_bureau("second", "990121")
        mover = staff_of(make_actor(bureau, "clerk"))
    move_staff(mover, bureau=second, by=system)
    moved = actor_of(mover.user)
    assert (moved.bureau_id, moved.permissions) == (second.pk, frozenset())


def test_a_deactivated_person_is_a_stranger(county_clerk: Actor, system_admin: Actor) -> None:
    leaver = staff_of(county_clerk)
    deactivate_staff(leaver, by=system_admin, reason="调离")
    assert not actor_of(leaver.user).signed_in


@pytest.mark.parametrize(
    ("held", "second"), [("system_admin", "security_admin"), ("security_admin", "audit_admin"), ("audit_admin", "clerk")]
)
def test_duties_stay_apart_by_action_and_in_the_database(bureau: Bureau, system: Actor, held: str, second: str) -> None:
    with using_scope(Scope.system()):
        holder = staff_of(make_actor(bureau, held))
        with pytest.raises(AnjuError, match="orgs.duties_apart"):
            grant_role(holder, role(second), by=system)
        with pytest.raises(IntegrityError, match="duties_apart"), transaction.atomic():
            StaffRole.objects.create(staff=holder, role=role(second), granted_by="绕过动作")


def test_changing_a_role_cannot_bring_duties_together(bureau: Bureau) -> None:
    with using_scope(Scope.system()):
        make_actor(bureau, "system_admin", "clerk")
        with pytest.raises(IntegrityError, match="duties_apart"), transaction.atomic():
            Role.objects.filter(code="clerk").update(duty="security")


def test_weak_passwords_and_taken_names_are_refused(bureau: Bureau, system_admin: Actor) -> None:
    hired(bureau, system_admin)
    with pytest.raises(AnjuError, match="orgs.username_taken"):
        hired(bureau, system_admin, username="Newcomer")
    with pytest.raises(AnjuError, match="orgs.weak_password"):
        hire_staff(bureau=bureau, username="weak", name="弱", by=system_admin, password="12345678901")


def test_hiring_with_a_used_key_hires_once(bureau: Bureau, system_admin: Actor) -> None:
    assert hired(bureau, system_admin, key="hire-1").pk == hired(bureau, system_admin, key="hire-1").pk
