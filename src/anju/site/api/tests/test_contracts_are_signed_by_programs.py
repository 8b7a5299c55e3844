"""A developer's system signs over JSON: the same checks, once per key, and nothing of anybody else's."""

from __future__ import annotations

from typing import Any

import pytest

from anju.domains.market.models import Permit
from anju.domains.property.models import Unit
from anju.kernel.access.actor import Actor
from anju.site.api.tests.test_the_json_road import Program
from anju.testing.estates import make_building, units_of
from anju.testing.sales import PRICE_FEN, made_up_id, open_for_sale

pytestmark = pytest.mark.django_db
CONTRACTS = "/api/market/contracts"


@pytest.fixture
def units(county_clerk: Actor) -> list[Unit]:
    building = make_building(county_clerk)
    found = units_of(building, county_clerk)
    assert open_for_sale(building, found, county_clerk).state == Permit.State.ISSUED
    return found


def offer(home: Unit, **changes: Any) -> dict[str, Any]:
    total = PRICE_FEN * 100
    held = {
        "unit": home.pk, "buyers": [{"name": "示例买", "id_no": made_up_id(1)}], "total_fen": total, "unit_price_fen": PRICE_FEN,
        "first_fen": total,
    }  # fmt: skip
    return held | changes


def test_signed_once_per_key_then_filed_and_read(units: list[Unit], county_clerk: Actor, other_county_clerk: Actor) -> None:
    program = Program(county_clerk)
    key = {"Idempotency-Key": "client-7"}
    checked = program.call("POST", f"{CONTRACTS}/check", offer(units[0]))
    assert all(one["passed"] for one in checked.json())
    first = program.call("POST", CONTRACTS, offer(units[0]), **key)
    assert first.status_code == 201, first.content
    again = program.call("POST", CONTRACTS, offer(units[0]), **key)
    assert again.json()["contract_no"] == first.json()["contract_no"]
    number = first.json()["id"]
    assert program.call("POST", f"{CONTRACTS}/{number}/file").json()["state"] == "filed"
    assert program.call("GET", f"{CONTRACTS}/{number}").json()["filing_no"]
    assert made_up_id(1) not in program.call("GET", f"{CONTRACTS}/{number}").content.decode()
    assert Program(other_county_clerk).call("GET", f"{CONTRACTS}/{number}").status_code == 404


def test_a_refusal_names_the_checks(units: list[Unit], county_clerk: Actor) -> None:
    program = Program(county_clerk)
    refused = program.call("POST", CONTRACTS, offer(units[0], total_fen=PRICE_FEN * 100 + 1, escrow_account="1"))
    assert refused.status_code == 422
    assert {one["code"] for one in refused.json()["problems"]} == {"market.C11", "market.C12"}


@pytest.mark.parametrize(
    "changes",
    [{"buyers": []}, {"total_fen": -1}, {"area": "1.234"}, {"unit": 10**30}, {"instalments": [{"due_on": "x", "amount_fen": 1}]}],
)
def test_what_makes_no_sense_is_refused_before_it_reaches_the_house(
    changes: dict[str, Any], units: list[Unit], county_clerk: Actor
) -> None:
    assert Program(county_clerk).call("POST", CONTRACTS, offer(units[0], **changes)).status_code in (404, 422)
