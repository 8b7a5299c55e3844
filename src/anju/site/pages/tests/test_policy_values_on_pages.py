"""政策参数: listed with document and period, entered, ended, corrected and withdrawn by those who may, and never across a county line."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.orgs.models import Bureau
from anju.kernel.parameters.models import ParameterValue
from anju.kernel.parameters.queries import at, live
from anju.kernel.parameters.tests.pages import PAGE
from anju.testing.factories import make_actor
from anju.testing.parameters import declare_parameters, given_parameter

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
CITED = {"document": "示例房发〔2023〕12号", "reason": "标准提高"}


@pytest.fixture(autouse=True)
def page(db: None) -> Iterator[None]:
    with declare_parameters(PAGE):
        yield


@pytest.fixture
def reviewer(bureau: Bureau) -> Actor:
    with using_scope(Scope.system()):
        return make_actor(bureau, "reviewer")


@pytest.fixture
def plain_clerk(bureau: Bureau) -> Actor:
    with using_scope(Scope.system()):
        return make_actor(bureau, "clerk")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_the_list_says_what_holds_here_today_and_what_is_missing(reviewer: Actor, client_for: SignIn) -> None:
    browser = client_for(reviewer)
    listed = browser.get("/parameters/?on=2023-05-01&q=test.").content.decode()
    assert "8.50元/㎡·月" in listed
    assert "示例市发〔2020〕3号" in listed
    assert "2021-01-01 起" in listed
    assert listed.count("还没有值") == 5
    before = browser.get("/parameters/?on=2019-12-31&region=&q=test.").content.decode()
    assert "5.00元/㎡·月" in before
    assert "2012-07-15 至 2019-12-31" in before
    assert "没有找到这样的参数" in browser.get("/parameters/?q=无此参数").content.decode()


def test_a_reviewer_enters_ends_corrects_and_withdraws(reviewer: Actor, client_for: SignIn) -> None:
    browser = client_for(reviewer)
    assert browser.get("/parameters/test.rate/new/").status_code == 200
    entered = {"region": "990121", "value": "9.5", "start": "2023-07-01", **CITED}
    assert browser.post("/parameters/test.rate/new/", entered).status_code == 302
    assert at("test.rate", "990121", day("2023-07-01")).value == 950
    row = live("test.rate").get(region_code="990121")
    told = browser.get("/parameters/test.rate/").content.decode()
    assert "9.50元/㎡·月" in told
    assert "2021-01-01 至 2023-06-30" in told  # the city's value, until the county's own began
    assert browser.post(f"/parameters/versions/{row.pk}/correct/", {"value": "9.8", "start": "2023-07-01", **CITED}).status_code == 302
    row = live("test.rate").get(region_code="990121")
    assert browser.post(f"/parameters/versions/{row.pk}/end/", {"on": "2024-01-01", **CITED}).status_code == 302
    assert at("test.rate", "990121", day("2023-12-31")).value == 980
    assert at("test.rate", "990121", day("2024-01-01")).value == 850
    row = live("test.rate").get(region_code="990121")
    assert browser.post(f"/parameters/versions/{row.pk}/withdraw/", CITED).status_code == 302
    assert at("test.rate", "990121", day("2023-12-31")).value == 850
    told = browser.get("/parameters/test.rate/").content.decode()
    assert "更正" in told
    assert f"撤回{row.pk}号" in told


def test_a_table_is_entered_row_by_row(reviewer: Actor, client_for: SignIn) -> None:
    browser = client_for(reviewer)
    form = browser.get("/parameters/test.tiers/new/").content.decode()
    assert "row0-tier" in form
    rows = {"row0-tier": "lowest", "row0-income": "", "row0-factor": "1", "row1-tier": "", "row1-income": "", "row1-factor": ""}
    rows |= {"row2-tier": "low", "row2-income": "1,300.50", "row2-factor": "0.65"}
    assert browser.post("/parameters/test.tiers/new/", {"region": "990121", "start": "2023-01-01", **rows, **CITED}).status_code == 302
    low = at("test.tiers", "990121", day("2023-01-01")).value[1]
    assert (low["tier"], low["income"], str(low["factor"])) == ("low", 130_050, "0.65")
    rows["row2-tier"] = "lowest"
    answer = browser.post("/parameters/test.tiers/new/", {"region": "990121", "start": "2024-01-01", **rows, **CITED})
    assert answer.status_code == 422
    assert "第2行与第1行的“档次”相同" in answer.content.decode()
    assert "1,300.50" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"value": "101"}, "parameters.bad_value"),
        ({"value": "九元"}, "parameters.bad_value"),
        ({"start": ""}, "form.bad_date"),
        ({"start": "2023-13-01"}, "form.bad_date"),
        ({"end": "2023-01-01"}, "parameters.bad_dates"),
        ({"document": ""}, "parameters.not_cited"),
        ({"reason": ""}, "parameters.not_cited"),
        ({"region": "9901"}, "parameters.beyond_scope"),
    ],
)
def test_what_is_wrong_is_said(reviewer: Actor, client_for: SignIn, wrong: dict[str, str], code: str) -> None:
    asked = {"region": "990121", "value": "9.5", "start": "2023-07-01", **CITED, **wrong}
    answer = client_for(reviewer).post("/parameters/test.rate/new/", asked)
    assert answer.status_code == (403 if code == "never" else 422)
    assert code in answer.content.decode()
    assert not live("test.rate").filter(region_code="990121").exists()


def test_clerks_look_and_the_neighbour_sees_nothing_of_who_entered_what(
    reviewer: Actor, plain_clerk: Actor, other_county_clerk: Actor, system_admin: Actor, client_for: SignIn
) -> None:
    row: ParameterValue = given_parameter("test.rate", "9元", region="990121", start="2022-01-01", document="示例东房发〔2021〕8号")
    clerk, neighbour = client_for(plain_clerk), client_for(other_county_clerk)
    assert clerk.get("/parameters/test.rate/").status_code == 200
    assert clerk.get("/parameters/test.rate/new/").status_code == 403
    assert "示例东房发〔2021〕8号" not in neighbour.get("/parameters/test.rate/?region=990121").content.decode()
    assert neighbour.get(f"/parameters/versions/{row.pk}/end/").status_code == 404
    assert client_for(system_admin).get("/parameters/").status_code == 403
    assert clerk.get("/parameters/test.nothing/").status_code == 404
    assert clerk.get(f"/parameters/versions/{row.pk}/").status_code == 302
    assert clerk.get("/parameters/versions/999999999/").status_code == 404
