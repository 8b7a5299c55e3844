"""A request from the internet bars nobody until a clerk receives it; then it is an application that counts from the day it was sent."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from anju.domains.housing.applications import online
from anju.domains.housing.applications.applying import Written
from anju.domains.housing.applications.following_online import follow_online
from anju.domains.housing.applications.online import Asked, Sent
from anju.domains.housing.households.actions import Person
from anju.domains.housing.models import Application, Household, Member, OnlineRequest
from anju.domains.housing.payments.tests.town import Town, make_town, resident_id
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases.models import Case, FollowFailure, Material
from anju.kernel.cases.queries.following import follow
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Bureau
from anju.testing.cases import moment

pytestmark = pytest.mark.django_db
APPLICANT = Person("王例网", resident_id(810), phone="13800138000")
CHILD = Person("王例小", resident_id(811, date(2015, 5, 5)), Member.Relation.CHILD, student=True)


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    with using_scope(Scope.system()):
        yield make_town()


def paper() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, "PNG")
    return buffer.getvalue()


def asked(town: Town, *people: Person, **changes: Any) -> Asked:
    fields: dict[str, Any] = {
        "product": "rent_subsidy", "bureau": Bureau.objects.get(pk=town.clerk.bureau_id), "people": people or (APPLICANT, CHILD),
        "written": Written(month_rent=120_000), "address": "示例镇示例路9号",
    }  # fmt: skip
    return Asked(**(fields | changes))


def sent(town: Town, *people: Person, files: tuple[Sent, ...] = ()) -> tuple[OnlineRequest, str]:
    return online.submit(asked(town, *people), files, address="10.0.0.9", at=moment("2026-03-02", 20))


def test_a_request_becomes_an_application_that_counts_from_when_it_was_sent(town: Town):
    consent = Sent("consent", "授权书.png", io.BytesIO(paper()))
    request, code = sent(town, files=(consent,))
    assert (request.due_on, Household.objects.count(), Case.objects.count()) == (date(2026, 3, 9), 0, 0)
    assert follow_online(request.number, code.lower()).state == "waiting"
    application = online.receive(request, by=town.clerk)
    case = Case.objects.get(pk=application.case_id)
    assert (application.applied_on, application.persons, application.month_rent) == (date(2026, 3, 2), 2, 120_000)
    assert (case.received_at, case.online) == (moment("2026-03-02", 20), True)
    assert Material.objects.get(case=case, code="consent").state == Material.State.HANDED_IN
    members = Member.objects.filter(household=application.household).order_by("pk")
    assert [(one.name, one.authorised_on, one.student) for one in members] == [
        ("王例网", date(2026, 3, 2), False), ("王例小", date(2026, 3, 2), True),
    ]  # fmt: skip
    told = follow_online(request.number, code)
    assert (told.state, told.case_number) == ("received", case.number)
    assert follow(case.number, code).number == case.number
    with pytest.raises(AnjuError, match=r"housing\.request_was_handled"):
        online.receive(request, by=town.clerk)


def test_without_the_signed_paper_nobody_has_authorised(town: Town):
    application = online.receive(sent(town)[0], by=town.clerk)
    assert set(Member.objects.filter(household=application.household).values_list("authorised_on", flat=True)) == {None}


def test_somebody_elses_name_bars_nobody_and_the_known_household_is_taken(town: Town):
    household = town.household(30)
    head = Member.objects.get(household=household, relation="applicant")
    written = Person("冒名的人", head.resident_id.in_full, phone="13800138000")
    request, _code = sent(town, written)
    assert Application.objects.count() == 0
    with pytest.raises(AnjuError, match=r"housing\.one_waiting_request"):
        sent(town, written)
    online.send_back(request, reason="姓名与身份证不符", by=town.clerk)
    again, _code = sent(town, Person(head.name, head.resident_id.in_full, phone="13800138000"))
    assert online.receive(again, by=town.clerk).household_id == household.pk
    other, _code = sent(town, APPLICANT, Person("别家的人", household.members.order_by("-pk").first().resident_id.in_full, "other"))
    with pytest.raises(AnjuError, match=r"housing\.person_in_one_household"):
        online.receive(other, by=town.clerk)
    other.refresh_from_db()
    assert (other.state, Household.objects.count()) == ("waiting", 1)


@pytest.mark.parametrize(
    ("people", "where"),
    [
        ((Person("", resident_id(812), phone="13800138000"),), "第1人 姓名"),
        ((Person("王", "99012119800101000X", phone="13800138000"),), "第1人 身份证号"),
        ((Person("王", resident_id(812)),), "申请人电话"),
        ((Person("王", resident_id(812), phone="123"),), "第1人 电话"),
        ((APPLICANT, Person("王", resident_id(810), "other")), "第2人 身份证号"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(town: Town, people: tuple[Person, ...], where: str):
    with pytest.raises(AnjuError) as refused:
        sent(town, *people)
    assert where in [one.where for one in refused.value.problems]
    assert OnlineRequest.objects.count() == 0


def test_one_address_sends_five_in_a_quarter_of_an_hour(town: Town):
    for number in range(5):
        sent(town, Person("王例", resident_id(820 + number), phone="13800138000"))
    with pytest.raises(AnjuError, match=r"cases\.too_many_attempts"):
        sent(town, Person("王例", resident_id(826), phone="13800138000"))
    assert (OnlineRequest.objects.count(), FollowFailure.objects.count()) == (5, 5)


def test_an_attempt_counts_also_when_its_file_is_refused(town: Town):
    for _ in range(5):
        with pytest.raises(AnjuError, match=r"files\."):
            sent(town, files=(Sent("consent", "a.exe", io.BytesIO(b"MZ\x90\x00")),))
    with pytest.raises(AnjuError, match=r"cases\.too_many_attempts"):
        sent(town)
    assert OnlineRequest.objects.count() == 0


def test_the_code_is_not_guessed(town: Town):
    request, _code = sent(town)
    for wrong in ("2222222222", "二二二二二二二二二二", "", "é" * 10, "2" * 60):
        with pytest.raises(AnjuError, match=r"cases\.not_followed"):
            follow_online(request.number, wrong, address="10.0.0.8")
    with pytest.raises(AnjuError, match=r"cases\.too_many_attempts"):
        follow_online(request.number, "2222222222", address="10.0.0.8")


def test_the_pages_from_home_to_the_counter(town: Town, client: Client, client_for: Callable[..., Client]):
    form = {
        "product": "public_rental", "bureau": str(town.clerk.bureau_id), "name.0": "王例网", "id.0": resident_id(810),
        "phone.0": "13800138000", "address": "示例镇", "name.1": "王例小", "id.1": "错的", "relation.1": "child",
    }  # fmt: skip
    assert "公租房" in client.get("/open/apply/").content.decode() or "公共租赁住房" in client.get("/open/apply/").content.decode()
    assert "没有勾选承诺" in client.post("/open/apply/", form).content.decode()
    refused = client.post("/open/apply/", form | {"truth": "1"})
    assert (refused.status_code, "第2人 身份证号" in refused.content.decode(), "王例网" in refused.content.decode()) == (422, True, True)
    bad = SimpleUploadedFile("a.exe", b"MZ\x90\x00", content_type="application/x-msdownload")
    good = form | {"truth": "1", "id.1": resident_id(811, date(2015, 5, 5))}
    assert client.post("/open/apply/", good | {"file.consent": bad}).status_code == 422
    assert OnlineRequest.objects.count() == 0
    done = client.post("/open/apply/", good | {"file.consent": SimpleUploadedFile("授权书.png", paper(), content_type="image/png")})
    request = OnlineRequest.objects.get()
    (code,) = re.findall(r'class="code">(\w{10})<', done.content.decode())
    assert "待收件" in client.post("/open/apply/status/", {"number": request.number, "code": code}).content.decode()
    desk = client_for(town.clerk)
    assert request.number in desk.get("/housing/online/").content.decode()
    shown = desk.get(f"/housing/online/{request.pk}/").content.decode()
    assert "授权书.png" in shown
    assert resident_id(810) not in shown
    answer = desk.post(f"/housing/online/{request.pk}/", {"verb": "receive"})
    application = Application.objects.get()
    assert (answer.url, application.applied_on) == (f"/cases/{application.case_id}/", timezone.localdate())
    assert application.application_no in client.post("/open/apply/status/", {"number": request.number, "code": code}).content.decode()
    assert client.get("/housing/online/").status_code == 302
