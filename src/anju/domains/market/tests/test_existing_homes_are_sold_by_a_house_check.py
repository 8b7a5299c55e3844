"""CT-13, C05, C06, C10 and CT-14 of existing homes: nothing is signed without a live check of the same seller and certificate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from anju.domains.market import actions, queries
from anju.domains.market.models import HouseCheck, ResaleContract
from anju.domains.market.offers import Buyer
from anju.domains.property import actions as property_actions
from anju.domains.property.models import Building, Unit
from anju.domains.property.stages import Limit
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import actions as books
from anju.kernel.ledgers import queries as book_queries
from anju.kernel.ledgers.catalogue import get
from anju.kernel.orgs.models import Bureau
from anju.kernel.parameters.actions import Citation, set_value
from anju.testing.factories import make_actor
from anju.testing.sales import DAY, made_up_id

SELLER, BUYER = made_up_id(701), made_up_id(702)


@pytest.fixture
def reviewer(bureau: Bureau) -> Actor:
    with using_scope(Scope.system()):
        return make_actor(bureau, "reviewer")


@pytest.fixture
def registrar(county_clerk: Actor) -> Actor:
    """Whoever enters what courts and banks register."""
    return replace(county_clerk, permissions=county_clerk.permissions | {"property.restrict"})


@pytest.fixture(autouse=True)
def within(county_clerk: Actor) -> Iterator[None]:
    with using_scope(county_clerk.scope):
        yield


def house(unit: Unit, **changes: Any) -> actions.House:
    held = actions.House(unit.pk, "HY2023-1", "示（2020）不动产权第0000001号", date(2020, 5, 6), "示例卖", SELLER)
    return replace(held, **changes)


def sale(**changes: Any) -> actions.Sale:
    held = actions.Sale("HY2023-1", "示存2023-1", "示例卖", SELLER, Buyer("示例买", BUYER), 60_000_000, "示（2020）不动产权第0000001号")
    return replace(held, **changes)


def test_from_the_check_to_the_new_title(building: Building, units: list[Unit], county_clerk: Actor, reviewer: Actor) -> None:
    check = actions.check_house(house(units[0]), by=county_clerk, on=DAY)
    assert (check.valid_until - check.checked_on).days == 89
    contract = actions.sign_resale(sale(), by=county_clerk, on=DAY, key="once")
    assert actions.sign_resale(sale(), by=county_clerk, on=DAY, key="once").pk == contract.pk
    check.refresh_from_db()
    assert (check.ended_on, contract.area, contract.use) == (DAY, units[0].area, units[0].use)
    assert [one.pk for one in queries.homes_signed_by([BUYER])[BUYER]] == [contract.pk]
    assert not book_queries.page(get("existing_home_contract"), county_clerk.scope).rows, "in the book from its filing on"
    actions.file_resale(contract.pk, by=county_clerk, on=DAY)
    (row,) = book_queries.shown(get("existing_home_contract"), book_queries.page(get("existing_home_contract"), county_clerk.scope).rows)
    assert (row["contract_no"], row["seller"], row["state"], row["filed_on"]) == ("示存2023-1", "示例卖", "已备案", "2023-03-01")
    actions.register_resale(contract.pk, certificate_no="示（2023）不动产权第0000002号", on=DAY, by=county_clerk)
    assert queries.homes_signed_by([BUYER])[BUYER] == []
    with pytest.raises(AnjuError, match=r"market\.contract_moves_one_way"):
        actions.cancel_resale(contract.pk, reason="协商", by=reviewer, on=DAY)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"code": "HY2023-9"}, "resale_has_a_live_check"),
        ({"seller": "别人"}, "resale_has_a_live_check"),
        ({"seller_id": made_up_id(703)}, "resale_has_a_live_check"),
        ({"certificate_no": "示（2019）不动产权第9号"}, "resale_has_a_live_check"),
        ({"buyer": Buyer("示例卖", SELLER)}, "nobody_buys_from_himself"),
        ({"buyer": Buyer("示例买", "110199198001010000")}, "C08"),
    ],
)
def test_ct_13_the_code_is_of_this_seller_and_certificate(
    changes: dict[str, Any], rule: str, units: list[Unit], county_clerk: Actor
) -> None:
    actions.check_house(house(units[0]), by=county_clerk, on=DAY)
    with pytest.raises(AnjuError, match=rf"market\.{rule}"):
        actions.sign_resale(sale(**changes), by=county_clerk, on=DAY)
    assert not ResaleContract.objects.exists()
    assert HouseCheck.objects.get().ended_on is None


def test_ct_13_a_code_runs_out_and_is_used_once(units: list[Unit], county_clerk: Actor, reviewer: Actor) -> None:
    actions.check_house(house(units[0]), by=county_clerk, on=DAY)
    with pytest.raises(AnjuError, match=r"market\.resale_has_a_live_check"):
        actions.sign_resale(sale(), by=county_clerk, on=date(2023, 5, 30))
    contract = actions.sign_resale(sale(), by=county_clerk, on=date(2023, 5, 29))
    with pytest.raises(AnjuError, match=r"market\.resale_has_a_live_check"):
        actions.sign_resale(sale(contract_no="示存2023-2"), by=county_clerk, on=date(2023, 5, 29))
    actions.cancel_resale(contract.pk, reason="双方协商", by=reviewer, on=date(2023, 6, 1))
    again = actions.check_house(house(units[0], code="HY2023-2"), by=county_clerk, on=date(2023, 6, 2))
    signed = actions.sign_resale(sale(code="HY2023-2", contract_no="示存2023-2"), by=county_clerk, on=date(2023, 6, 3))
    assert signed.house_check_id == again.pk


def test_c05_what_is_seized_is_neither_checked_nor_signed_nor_filed(units: list[Unit], county_clerk: Actor, registrar: Actor) -> None:
    actions.check_house(house(units[0]), by=county_clerk, on=DAY)
    contract = actions.sign_resale(sale(), by=county_clerk, on=DAY)
    property_actions.restrict_units(
        [units[0].pk, units[1].pk], kind=Limit.SEIZED, authority="示例法院", document="（2023）示执1号", on=DAY, by=registrar
    )
    with pytest.raises(AnjuError, match=r"market\.house_is_free"):
        actions.file_resale(contract.pk, by=county_clerk, on=DAY)
    with pytest.raises(AnjuError, match=r"market\.house_is_free"):
        actions.check_house(house(units[1], code="HY2023-7"), by=county_clerk, on=DAY)


def test_c06_a_mortgage_needs_the_mortgagee(units: list[Unit], county_clerk: Actor, registrar: Actor) -> None:
    property_actions.restrict_units([units[0].pk], kind=Limit.MORTGAGED, authority="示例银行", document="抵押1号", on=DAY, by=registrar)
    actions.check_house(house(units[0]), by=county_clerk, on=DAY)
    with pytest.raises(AnjuError, match=r"market\.mortgagee_agrees"):
        actions.sign_resale(sale(), by=county_clerk, on=DAY)
    assert actions.sign_resale(sale(mortgagee_agrees="示例银行同意函1号"), by=county_clerk, on=DAY).state == "signed"


def test_c10_the_holding_period_is_over_on_its_day(units: list[Unit], county_clerk: Actor) -> None:
    with using_scope(Scope.system()):
        set_value(
            "market.resale.lock_months", 24, region="990121", start=date(2020, 1, 1), cite=Citation("示政发〔2020〕1号", "限售"),
            by=Actor.system("测试"),
        )  # fmt: skip
    actions.check_house(house(units[0], certified_on=date(2021, 3, 2)), by=county_clerk, on=DAY)
    with pytest.raises(AnjuError, match=r"market\.holding_period_is_over"):
        actions.sign_resale(sale(), by=county_clerk, on=DAY)
    assert actions.sign_resale(sale(), by=county_clerk, on=date(2023, 3, 2)).lock_months == 24


def test_what_is_sold_for_the_first_time_has_no_house_check(permit: Any, units: list[Unit], county_clerk: Actor) -> None:
    with pytest.raises(AnjuError, match=r"market\.house_is_sold_for_the_first_time"):
        actions.check_house(house(units[0]), by=county_clerk, on=DAY)


def test_the_database_holds_it_too(units: list[Unit], county_clerk: Actor) -> None:
    check = actions.check_house(house(units[0]), by=county_clerk, on=DAY)
    told: dict[str, Any] = {
        "contract_no": "示存2023-1", "unit_id": units[0].pk, "house_check": check, "location": "示例", "use": "residential",
        "seller": "示例卖", "buyer": "示例买", "resident_id": BUYER, "area": units[0].area, "total_fen": 1, "state": "signed",
        "signed_on": DAY, "region_code": units[0].region_code, "bureau_id": units[0].bureau_id,
    }  # fmt: skip
    for changes, rule in (
        ({"seller": "别人"}, "resale_has_a_live_check"), ({"house_check": None}, "resale_has_a_live_check|resale_has_its_check"),
        ({"unit_id": units[1].pk}, "resale_has_a_live_check"), ({"area": 1}, "contract_area_is_the_registers"),
        ({"signed_on": date(2023, 9, 1)}, "resale_has_a_live_check"), ({"state": "filed", "filed_on": DAY}, "contract_moves_one_way"),
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match=rule), transaction.atomic():
            ResaleContract.objects.create(**(told | changes))
    ResaleContract.objects.create(**told)
    for row, field, value in ((ResaleContract, "total_fen", 5), (HouseCheck, "owner", "别人"), (ResaleContract, "state", "registered")):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.objects.update(**{field: value})  # type: ignore[attr-defined]


def test_the_book_keeps_former_years_beside_what_is_signed(units: list[Unit], county_clerk: Actor) -> None:
    ledger = get("existing_home_contract")
    values = {
        "contract_no": "旧存1", "location": "示例东街1号", "use": "住宅", "seller": "示例丙", "buyer": "示例丁",
        "resident_id": made_up_id(710), "area": "88.5", "amount": "412000", "filed_on": "2022-03-04", "state": "已备案",
    }  # fmt: skip
    number = books.add_record(ledger, values, by=county_clerk)
    row = ResaleContract.objects.get(pk=number)
    assert (row.total_fen, row.unit_id, row.resident_id.in_full if row.resident_id else "") == (41_200_000, None, made_up_id(710))
    books.change_record(ledger, number, {"state": "已撤销"}, by=county_clerk, version=1, reason="双方撤销")
    actions.check_house(house(units[0]), by=county_clerk, on=DAY)
    signed = actions.file_resale(actions.sign_resale(sale(), by=county_clerk, on=DAY).pk, by=county_clerk, on=DAY)
    with pytest.raises(AnjuError, match=r"market\.only_books_are_voided"):
        books.void_record(ledger, signed.pk, by=county_clerk, reason="误录")
    with pytest.raises(AnjuError, match=r"market\.contract_stays"):
        books.change_record(ledger, signed.pk, {"amount": "1"}, by=county_clerk, version=signed.version, reason="更正")
    books.void_record(ledger, number, by=county_clerk, reason="误录")
