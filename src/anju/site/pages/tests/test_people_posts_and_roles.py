"""机构与人员: who may open it, what each administrator may do there, and that nobody reaches beyond their own scope by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.journal.models import Entry
from anju.kernel.orgs.models import ApiToken, Bureau, Department, Region, Staff
from anju.kernel.orgs.tokens import issue_token
from anju.testing.factories import make_actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
GONE = {"reason": "调离"}


def roles_of(actor: Actor) -> set[str]:
    with using_scope(Scope.system()):
        return set(Staff.objects.get(pk=actor.staff_id).roles.values_list("code", flat=True))


def staff_of(actor: Actor) -> Staff:
    with using_scope(Scope.system()):
        return Staff.objects.select_related("user", "department", "region", "bureau").get(pk=actor.staff_id)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_only_administrators_see_the_pages(
    county_clerk: Actor, city_reader: Actor, audit_admin: Actor, system_admin: Actor, security_admin: Actor, client_for: SignIn
) -> None:
    person = f"/people/{county_clerk.staff_id}/"
    for closed in (county_clerk, city_reader, audit_admin):
        browser = client_for(closed)
        assert [browser.get(address).status_code for address in ("/people/", person, "/people/new/")] == [403, 403, 403]
        assert "机构与人员" not in text(browser.get("/"))
    for opened in (system_admin, security_admin):
        browser = client_for(opened)
        assert [browser.get(address).status_code for address in ("/people/", person)] == [200, 200]
        assert "机构与人员" in text(browser.get("/"))
    assert client_for(security_admin).get("/people/new/").status_code == 403


@pytest.mark.parametrize("deed", ["", "grant/", "revoke/", "move/", "leave/", "password/"])
def test_a_person_of_another_county_is_not_there(
    other_county_clerk: Actor, system_admin: Actor, security_admin: Actor, client_for: SignIn, deed: str
) -> None:
    for administrator in (system_admin, security_admin):
        browser, address = client_for(administrator), f"/people/{other_county_clerk.staff_id}/{deed}"
        answer = browser.post(address, {"role": "leader", **GONE}) if deed else browser.get(address)
        mine = "orgs.grant" if deed in ("grant/", "revoke/") else "orgs.manage"
        assert answer.status_code == (404 if not deed or administrator.may(mine) else 403)
    assert roles_of(other_county_clerk) == {"clerk", "reviewer", "reporter"}
    assert staff_of(other_county_clerk).active


def test_another_countys_bureau_is_not_there(other_bureau: Bureau, system_admin: Actor, client_for: SignIn) -> None:
    browser = client_for(system_admin)
    assert other_bureau.name not in text(browser.get("/people/"))
    for address in (f"/people/new/?bureau={other_bureau.pk}", f"/people/departments/new/?bureau={other_bureau.pk}"):
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"name": "某人", "username": "somebody"}).status_code == 404


def test_hired_with_a_password_shown_once(bureau: Bureau, system_admin: Actor, client_for: SignIn) -> None:
    browser = client_for(system_admin)
    assert browser.post(f"/people/departments/new/?bureau={bureau.pk}", {"name": "信息股"}).status_code == 302
    with using_scope(Scope.system()):
        section = Department.objects.get(bureau=bureau, name="信息股")
    written = {"name": "新例人", "username": "newcomer", "title": "科员", "department": section.pk, "reach": "bureau", "password": "made"}
    answer = browser.post("/people/new/", written)
    shown = re.search(r'shown-once">([a-z0-9-]{19})<', text(answer))
    assert shown is not None
    assert answer["Cache-Control"] == "no-store"
    with using_scope(Scope.system()):
        staff = Staff.objects.select_related("user", "department").get(user__username="newcomer")
        assert shown[1] not in str(list(Entry.objects.values_list("data", "reason", "subject")))
    assert staff.user.check_password(shown[1])
    assert (staff.department, staff.title, staff.bureau_id) == (section, "科员", bureau.pk)
    taken = browser.post("/people/new/", written)
    assert taken.status_code == 422
    assert "orgs.username_taken" in text(taken)


def test_nobody_gives_a_wider_scope_than_their_own(county_clerk: Actor, system_admin: Actor, client_for: SignIn) -> None:
    browser, wide = client_for(system_admin), "region:9901"
    refused = browser.post("/people/new/", {"name": "某人", "username": "somebody", "reach": wide})
    assert (refused.status_code, "orgs.beyond_scope" in text(refused)) == (422, True)
    moved = browser.post(f"/people/{county_clerk.staff_id}/move/", {"reach": wide, "reason": "要看全市"})
    assert (moved.status_code, "orgs.beyond_scope" in text(moved)) == (422, True)
    assert staff_of(county_clerk).reach == "bureau"


def test_moved_and_ended_with_a_reason(county_clerk: Actor, system_admin: Actor, client_for: SignIn) -> None:
    browser, address = client_for(system_admin), f"/people/{county_clerk.staff_id}/"
    assert "orgs.no_reason" in text(browser.post(f"{address}move/", {"title": "股长", "reach": "bureau"}))
    assert browser.post(f"{address}move/", {"title": "股长", "reach": "bureau", "reason": "任命"}).status_code == 302
    assert staff_of(county_clerk).title == "股长"
    assert "orgs.no_reason" in text(browser.post(f"{address}leave/"))
    assert browser.post(f"{address}leave/", GONE).status_code == 302
    left = staff_of(county_clerk)
    assert (left.active, left.user.is_active, roles_of(county_clerk)) == (False, False, set())
    assert address in text(browser.get("/people/?left=1"))
    assert address not in text(browser.get("/people/"))


def test_roles_are_granted_and_taken_back(bureau: Bureau, security_admin: Actor, client_for: SignIn) -> None:
    with using_scope(Scope.system()):
        colleague = make_actor(bureau)
    browser, address = client_for(security_admin), f"/people/{colleague.staff_id}/"
    offered = re.findall(r'<option value="([a-z_]+)"', text(browser.get(address)))
    of_slices = {"developer_operator", "fund_clerk", "fund_chief", "payments_officer", "street_officer"}
    assert set(offered) == {"clerk", "reviewer", "reporter", "leader", "city_reader", "security_admin"} | of_slices
    assert browser.post(f"{address}grant/", {"role": "clerk", "reason": "接手网签台账"}).status_code == 302
    assert roles_of(colleague) == {"clerk"}
    assert browser.post(f"{address}revoke/", {"role": "clerk", "reason": "分工调整"}).status_code == 302
    assert roles_of(colleague) == set()
    with using_scope(Scope.system()):
        reasons = list(Entry.objects.filter(verb__in=("orgs.grant_role", "orgs.revoke_role")).values_list("reason", flat=True))
    assert sorted(reasons) == ["分工调整", "接手网签台账"]


def test_nobody_grants_beyond_what_they_may(
    bureau: Bureau, county_clerk: Actor, security_admin: Actor, system_admin: Actor, audit_admin: Actor, client_for: SignIn
) -> None:
    with using_scope(Scope.system()):
        wide = make_actor(bureau, reach="region")
    browser = client_for(security_admin)
    for person, role, code in (
        (county_clerk, "system_admin", "orgs.beyond_permissions"),
        (county_clerk, "audit_admin", "orgs.beyond_permissions"),
        (audit_admin, "clerk", "orgs.duties_apart"),
        (security_admin, "clerk", "orgs.self_grant"),
        (wide, "clerk", "orgs.beyond_scope"),
    ):
        before = roles_of(person)
        answer = browser.post(f"/people/{person.staff_id}/grant/", {"role": role})
        assert (answer.status_code, code in text(answer)) == (422, True), role
        assert roles_of(person) == before
    assert browser.post(f"/people/{county_clerk.staff_id}/grant/", {"role": "boss"}).status_code == 404
    assert client_for(system_admin).post(f"/people/{county_clerk.staff_id}/grant/", {"role": "leader"}).status_code == 403


def test_a_temporary_password_is_shown_once(county_clerk: Actor, security_admin: Actor, system_admin: Actor, client_for: SignIn) -> None:
    browser = client_for(system_admin)
    answer = browser.post(f"/people/{county_clerk.staff_id}/password/", {"reason": "忘记密码"})
    shown = re.search(r'shown-once">([a-z0-9-]{19})<', text(answer))
    assert shown is not None
    assert staff_of(county_clerk).user.check_password(shown[1])
    assert "orgs.no_reason" in text(browser.post(f"/people/{county_clerk.staff_id}/password/"))
    assert "orgs.duty_password" in text(browser.post(f"/people/{security_admin.staff_id}/password/", {"reason": "x"}))
    assert "orgs.own_password" in text(browser.post(f"/people/{system_admin.staff_id}/password/", {"reason": "x"}))


def test_odd_values_are_borne(county_clerk: Actor, system_admin: Actor, client_for: SignIn) -> None:
    browser = client_for(system_admin)
    for odd in ("²", "9" * 40, "-1", "a", "\x00"):
        assert browser.get("/people/", {"bureau": odd, "q": odd}).status_code == 200
        assert browser.get("/people/new/", {"bureau": odd}).status_code == 404
        moved = browser.post(f"/people/{county_clerk.staff_id}/move/", {"department": odd, "reach": odd, "reason": odd})
        assert moved.status_code == 422
        assert browser.post("/people/new/", {"name": odd * 50, "username": odd, "department": odd}).status_code in (200, 422)
        assert browser.post("/keys/", {"name": "x", "days": odd}).status_code == 422


def test_a_persons_keys_end_with_the_post(county_clerk: Actor, system_admin: Actor, client_for: SignIn) -> None:
    issue_token(name="取数", days=30, by=county_clerk)
    assert client_for(system_admin).post(f"/people/{county_clerk.staff_id}/leave/", GONE).status_code == 302
    with using_scope(Scope.system()):
        assert ApiToken.objects.get().revoked_at is not None


def test_the_city_enters_bureaus_of_its_counties(city_bureau: Bureau, city: Region, county_clerk: Actor, client_for: SignIn) -> None:
    with using_scope(Scope.system()):
        manager = make_actor(city_bureau, "system_admin", reach="region")
    browser = client_for(manager)
    listed = text(browser.get("/people/"))
    assert "登记单位" in listed
    assert staff_of(county_clerk).name in listed
    made = {"name": "西屏县住房和城乡建设局", "short_name": "西屏住建局", "code": "xiping-zj", "region": "西屏县"}
    assert browser.post("/people/bureaus/new/", made).status_code == 302
    assert browser.post("/people/bureaus/new/", {**made, "code": "far", "region": "320106"}).status_code == 422
    with using_scope(Scope.system()):
        new = Bureau.objects.get(code="xiping-zj")
    issue_token(name="取数", days=30, by=county_clerk)
    moved = browser.post(f"/people/{county_clerk.staff_id}/move/", {"title": "科员", "bureau": new.pk, "reason": "调任"})
    assert moved.status_code == 302
    assert staff_of(county_clerk).bureau_id == new.pk
    assert roles_of(county_clerk) == set()
    with using_scope(Scope.system()):
        assert ApiToken.objects.get().revoked_at is not None
