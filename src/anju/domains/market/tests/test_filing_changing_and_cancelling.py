"""CT-03 to CT-05, CT-07, CT-09 to CT-12, CT-14: what happens to a contract after it is signed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from anju.domains.market import actions, hooks
from anju.domains.market.models import Contract, ContractChange, Permit
from anju.domains.market.offers import Buyer, Payment
from anju.domains.market.refusals import check_now
from anju.domains.property import actions as property_actions
from anju.domains.property.models import Unit
from anju.domains.property.stages import Limit, Stage
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError, Problem
from anju.testing.sales import DAY, made_up_id, offer_for

Kind = Contract.CancelKind
LATER = DAY + timedelta(days=9)


@pytest.fixture
def contract(permit: Permit, units: list[Unit], county_clerk: Actor) -> Contract:
    return actions.sign_contract(offer_for(units[0]), by=county_clerk, on=DAY)


def stage_of(contract: Contract, by: Actor) -> str:
    with using_scope(by.scope):
        return Unit.objects.get(pk=contract.unit_id).stage


def cancel(contract: Contract, by: Actor, kind: Contract.CancelKind = Kind.MUTUAL, **more: object) -> Contract:
    held = {"reason": "双方协商解除", "on": LATER, "publicity_ended_on": DAY + timedelta(days=8)} | more
    return actions.cancel_contract(contract.pk, kind=kind, by=by, **held)  # type: ignore[arg-type]


def test_filed_then_registered_by_the_registrys_event(contract: Contract, county_clerk: Actor) -> None:
    filed = actions.file_contract(contract.pk, by=county_clerk, on=LATER)
    assert filed.filing_no.startswith("备990121")
    assert stage_of(contract, county_clerk) == Stage.FILED
    with pytest.raises(AnjuError, match="no_certificate"):
        actions.register_title(contract.pk, certificate_no=" ", on=LATER, by=county_clerk)
    actions.register_title(contract.pk, certificate_no="示（2023）东原县不动产权第1号", on=LATER, by=county_clerk)
    assert stage_of(contract, county_clerk) == Stage.REGISTERED


def test_it_is_not_filed_before_it_was_signed(contract: Contract, county_clerk: Actor) -> None:
    with pytest.raises(AnjuError, match="signed_before_filed"):
        actions.file_contract(contract.pk, by=county_clerk, on=DAY - timedelta(days=1))
    assert stage_of(contract, county_clerk) == Stage.SIGNED


def test_shares_make_the_whole_or_nobody_has_one(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    def both(one: tuple[int, int], other: tuple[int, int], unit: Unit) -> Contract:
        buyers = (Buyer("示例甲", made_up_id(1), share=one), Buyer("示例乙", made_up_id(2), share=other))
        return actions.sign_contract(offer_for(unit, buyers=buyers), by=county_clerk, on=DAY)

    for wrong in (((1, 2), (1, 3)), ((1, 1), (1, 2)), ((0, 0), (1, 2))):
        with pytest.raises(AnjuError, match="shares_make_the_whole"):
            both(*wrong, units[0])
    both((1, 3), (2, 3), units[0])
    both((0, 0), (0, 0), units[1])
    alone = (Buyer("示例甲", made_up_id(1), share=(1, 2)),)
    with pytest.raises(AnjuError, match="shares_make_the_whole"):
        actions.sign_contract(offer_for(units[2], buyers=alone), by=county_clerk, on=DAY)


def test_only_the_way_of_paying_changes(contract: Contract, county_clerk: Actor) -> None:
    actions.file_contract(contract.pk, by=county_clerk, on=LATER)
    payment = Payment(20_000_000, 20_000_000, ((date(2023, 9, 1), 10_000_000),), Contract.PayWay.COMBINED, "示例银行")
    changed = actions.change_contract(contract.pk, payment=payment, document="变更1号", on=LATER, by=county_clerk)
    assert (changed.first_fen, changed.loan_fen, changed.later_fen) == (20_000_000, 20_000_000, 10_000_000)
    with using_scope(county_clerk.scope):
        assert ContractChange.objects.get().before["first_fen"] == 50_000_000
    with pytest.raises(AnjuError, match="payments_are_the_price"):
        actions.change_contract(contract.pk, payment=Payment(1), document="变更2号", on=LATER, by=county_clerk)
    for column, value in (("total_fen", 1), ("buyer", "别人"), ("area", 1)):
        with using_scope(county_clerk.scope), pytest.raises(DatabaseError, match="contract_stays"), transaction.atomic():
            Contract.objects.filter(pk=contract.pk).update(**{column: value})


def test_advance_notice_bars_a_change_and_a_cancelling(contract: Contract, county_clerk: Actor) -> None:
    property_actions.restrict_units(
        [contract.unit_id or 0], kind=Limit.ADVANCE_NOTICE, authority="登记中心", document="预告1", on=DAY, by=county_clerk
    )
    with pytest.raises(AnjuError, match="change_barred"):
        actions.change_contract(contract.pk, delivery_on=LATER, document="变更1号", on=LATER, by=county_clerk)
    with pytest.raises(AnjuError, match="cancel_barred"):
        cancel(contract, county_clerk)


def test_a_cancelled_unit_goes_back_on_sale_and_its_number_is_never_used_again(
    contract: Contract, units: list[Unit], county_clerk: Actor
) -> None:
    actions.file_contract(contract.pk, by=county_clerk, on=LATER)
    cancelled = cancel(contract, county_clerk)
    assert (cancelled.state, stage_of(contract, county_clerk)) == ("cancelled", Stage.SALEABLE)
    again = actions.sign_contract(offer_for(units[0], 2), by=county_clerk, on=LATER)
    assert again.contract_no != contract.contract_no
    with pytest.raises(AnjuError, match="contract_no_once"):
        actions.sign_contract(offer_for(units[1], 3, contract_no=contract.contract_no), by=county_clerk, on=LATER)
    with using_scope(county_clerk.scope), pytest.raises(DatabaseError, match="cancelled_stays"), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(cancel_reason="改写")


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        (Kind.MUTUAL, {"publicity_ended_on": None}, "no_publicity"),
        (Kind.MUTUAL, {"reason": ""}, "no_reason"),
        (Kind.DOCUMENT, {"document": "（2023）例01民初1号"}, "no_paper"),
        (Kind.DOCUMENT, {"paper": "d" * 64}, "no_paper"),
        (Kind.INPUT_ERROR, {}, "not_the_same_day"),
    ],
)
def test_each_way_of_cancelling_has_its_form(
    kind: Contract.CancelKind, more: dict[str, object], code: str, contract: Contract, county_clerk: Actor
) -> None:
    with pytest.raises(AnjuError, match=code):
        cancel(contract, county_clerk, kind, **more)
    assert stage_of(contract, county_clerk) == Stage.SIGNED


def test_seizure_bars_cancelling(contract: Contract, county_clerk: Actor) -> None:
    property_actions.restrict_units([contract.unit_id or 0], kind=Limit.SEIZED, authority="法院", document="1", on=DAY, by=county_clerk)
    with pytest.raises(AnjuError, match="cancel_barred"):
        cancel(contract, county_clerk)


def test_who_follows_does_its_part_or_nothing_happens(contract: Contract, county_clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "_followers", {})
    monkeypatch.setattr(hooks, "_barriers", [])
    hooks.add_cancel_barrier(lambda _contract: [Problem("test.subsidy", "购房补贴", "购房补贴没有退回。")])
    with pytest.raises(AnjuError, match=r"test\.subsidy"):
        cancel(contract, county_clerk)
    monkeypatch.setattr(hooks, "_barriers", [])

    def refuses(held: Contract, by: Actor) -> None:
        raise AnjuError.of("test.escrow", "退款没有着落。")

    hooks.follow("cancelled", refuses)
    with pytest.raises(AnjuError, match=r"test\.escrow"):
        cancel(contract, county_clerk)
    assert stage_of(contract, county_clerk) == Stage.SIGNED
    with using_scope(county_clerk.scope):
        assert Contract.objects.get(pk=contract.pk).state == "signed"


def test_contract_and_unit_never_part(contract: Contract, county_clerk: Actor) -> None:
    def alone() -> None:
        with using_scope(county_clerk.scope), transaction.atomic():
            Contract.objects.filter(pk=contract.pk).update(state="filed", filed_on=LATER)
            check_now("unit_agrees")

    with pytest.raises(DatabaseError, match="contract_and_unit_agree"):
        alone()
