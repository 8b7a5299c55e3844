"""MK-04, MK-05, MK-06, MK-11, PF-01: what a permit needs, covers, opens and closes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from anju.domains.market import actions
from anju.domains.market.models import Contract, Permit
from anju.domains.property import actions as property_actions
from anju.domains.property.models import Building, Unit
from anju.domains.property.stages import Stage, Withheld
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.testing.estates import make_building, units_of
from anju.testing.sales import DAY, end_escrow, good_conditions, make_developer, make_escrow, offer_for


def apply(building: Building, units: list[Unit], by: Actor, **conditions: Any) -> Permit:
    with using_scope(by.scope):
        return actions.apply_for_permit(
            kind=Permit.Kind.PRESALE, project_id=building.project_id, developer=make_developer(by), units=[one.pk for one in units],
            conditions=good_conditions(**({"escrow_account": make_escrow(by)} | conditions)), on=date(2023, 1, 20), by=by,
        )  # fmt: skip


def issue(permit: Permit, by: Actor) -> Permit:
    return actions.issue_permit(permit.pk, number="示预许1号", on=date(2023, 2, 1), valid_until=None, by=by)


@pytest.mark.parametrize(
    ("lacking", "rule"),
    [
        ({"land_fee_paid": False}, "permit_meets_the_law"),
        ({"land_document": ""}, "permit_meets_the_law"),
        ({"planning_permit": ""}, "permit_meets_the_law"),
        ({"construction_permit": ""}, "permit_meets_the_law"),
        ({"schedule": ""}, "permit_meets_the_law"),
        ({"delivery_on": None}, "permit_meets_the_law"),
        ({"invested_fen": 2_499}, "enough_is_invested"),
        ({"agreement": ""}, "permit_has_escrow"),
        ({"escrow_account": ""}, "permit_has_escrow"),
    ],
)
def test_each_condition_is_needed(lacking: dict[str, Any], rule: str, building: Building, units: list[Unit], county_clerk: Actor) -> None:
    permit = apply(building, units, county_clerk, **lacking)
    with pytest.raises(AnjuError, match=rule):
        issue(permit, county_clerk)
    with using_scope(county_clerk.scope):
        assert {one.stage for one in Unit.objects.all()} == {Stage.INITIAL}


@pytest.mark.parametrize(
    ("named", "rule"),
    [({"agreement": "监管〔2022〕9号"}, r"funds\.no_live_agreement"), ({"escrow_account": "6200000000000009"}, r"funds\.other_account")],
)
def test_pf_01_the_agreement_is_in_force_and_the_account_is_its_own(
    named: dict[str, Any], rule: str, building: Building, units: list[Unit], county_clerk: Actor
) -> None:
    permit = apply(building, units, county_clerk, **named)
    with pytest.raises(AnjuError, match=rule):
        issue(permit, county_clerk)
    with using_scope(county_clerk.scope), pytest.raises(DatabaseError, match="permit_has_live_escrow"), transaction.atomic():
        Permit.objects.filter(pk=permit.pk).update(state="issued", number="示预许9号", issued_on=date(2023, 2, 1))


def test_pf_01_an_agreement_that_ended_carries_no_permit(building: Building, units: list[Unit], county_clerk: Actor) -> None:
    permit = apply(building, units, county_clerk)
    end_escrow(county_clerk, on=date(2023, 1, 25))
    with pytest.raises(AnjuError, match=r"funds\.no_live_agreement"):
        issue(permit, county_clerk)


def test_a_quarter_is_enough_and_opens_the_units_but_not_the_withheld(building: Building, units: list[Unit], county_clerk: Actor) -> None:
    property_actions.withhold_units([units[0].pk], kind=Withheld.RESETTLEMENT, on=DAY, document="安置协议", by=county_clerk)
    issue(apply(building, units, county_clerk), county_clerk)
    with using_scope(county_clerk.scope):
        assert [one.stage for one in Unit.objects.order_by("pk")] == ["not_for_sale", *["saleable"] * 5]


def test_a_unit_lies_in_one_permit_of_its_own_project(building: Building, units: list[Unit], county_clerk: Actor) -> None:
    apply(building, units[:3], county_clerk)
    with pytest.raises(AnjuError, match="unit_in_one_permit"):
        apply(building, units[2:4], county_clerk)
    elsewhere = make_building(county_clerk, project="另一苑")
    with pytest.raises(AnjuError, match="permit_covers_its_project"):
        apply(elsewhere, units[4:5], county_clerk)


def test_ending_a_permit_closes_what_is_unsold_and_leaves_what_is_signed(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    actions.sign_contract(offer_for(units[0]), by=county_clerk, on=DAY)
    actions.end_permit(permit.pk, state=Permit.State.REVOKED, document="撤许〔2023〕1号", on=DAY, by=county_clerk)
    with using_scope(county_clerk.scope):
        assert [one.stage for one in Unit.objects.order_by("pk")] == ["signed", *["not_for_sale"] * 5]
        assert Contract.objects.get().state == "signed"
    with pytest.raises(AnjuError, match="C02"):
        actions.sign_contract(offer_for(units[1]), by=county_clerk, on=DAY)


def test_a_refused_application_frees_its_units(building: Building, units: list[Unit], county_clerk: Actor) -> None:
    permit = apply(building, units, county_clerk)
    actions.refuse_permit(permit.pk, reason="投入不足", on=DAY, by=county_clerk)
    issue(apply(building, units, county_clerk), county_clerk)
    assert len(units_of(building, county_clerk)) == 6
