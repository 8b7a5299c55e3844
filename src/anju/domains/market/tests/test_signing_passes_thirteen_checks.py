"""CT-02: C01 to C13, each shown to stop a signing by itself, and all together said at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from anju.domains.market import actions
from anju.domains.market.models import Contract, Developer, Permit
from anju.domains.market.offers import Buyer, Offer, Payment
from anju.domains.property import actions as property_actions
from anju.domains.property.models import Unit
from anju.domains.property.stages import Limit, Stage
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.testing.parameters import given_parameter
from anju.testing.sales import DAY, PRICE_FEN, made_up_id, offer_for


def refused(offer: Offer, by: Actor) -> set[str]:
    with pytest.raises(AnjuError) as found:
        actions.sign_contract(offer, by=by, on=DAY)
    with using_scope(by.scope):
        assert not Contract.objects.exists()
    return {problem.code for problem in found.value.problems}


def test_a_good_offer_is_signed_and_the_unit_with_it(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    contract = actions.sign_contract(offer_for(units[0]), by=county_clerk, on=DAY)
    with using_scope(county_clerk.scope):
        unit = Unit.objects.get(pk=units[0].pk)
    assert (unit.stage, unit.stage_document, contract.state) == (Stage.SIGNED, contract.contract_no, "signed")
    assert (contract.area, contract.total_fen, contract.escrow_account) == (Decimal("100.00"), 50_000_000, permit.escrow_account)
    assert contract.basis["used"]


def _suspended(units: list[Unit], by: Actor) -> Offer:
    with using_scope(by.scope):
        actions.suspend_developer(Developer.objects.get().pk, on=date(2023, 2, 20), document="暂停〔2023〕1号", by=by)
    return offer_for(units[0])


def _expired_grade(units: list[Unit], by: Actor) -> Offer:
    with using_scope(by.scope):
        Developer.objects.update(grade_until=date(2023, 2, 28))
    return offer_for(units[0])


def _permit_expired(units: list[Unit], by: Actor) -> Offer:
    with using_scope(by.scope):
        Permit.objects.update(valid_until=date(2023, 2, 28))
    return offer_for(units[0])


def _reserved_by_another(units: list[Unit], by: Actor) -> Offer:
    actions.reserve_unit(units[0].pk, id_no=made_up_id(77), by=by)
    return offer_for(units[0])


def _seized(units: list[Unit], by: Actor) -> Offer:
    property_actions.restrict_units([units[0].pk], kind=Limit.SEIZED, authority="法院", document="1号", on=DAY, by=by)
    return offer_for(units[0])


def _mortgaged(units: list[Unit], by: Actor) -> Offer:
    property_actions.restrict_units([units[0].pk], kind=Limit.MORTGAGED_WORKS, authority="示例银行", document="押1", on=DAY, by=by)
    return offer_for(units[0], mortgage_told=True)


def _child(units: list[Unit], by: Actor) -> Offer:
    return offer_for(units[0], buyers=(Buyer("示例幼", made_up_id(3, born="20150601")),))


def _wrong_id(units: list[Unit], by: Actor) -> Offer:
    return offer_for(units[0], buyers=(Buyer("示例错", made_up_id(3)[:-1] + ("1" if made_up_id(3)[-1] != "1" else "2")),))


def _limited(units: list[Unit], by: Actor) -> Offer:
    given_parameter("market.purchase_limit", "是", start="2023-01-01")
    return offer_for(units[0])


def _dear(units: list[Unit], by: Actor) -> Offer:
    return offer_for(units[0], price_fen=PRICE_FEN + 1)


def _other_area(units: list[Unit], by: Actor) -> Offer:
    return offer_for(units[0], area=Decimal("99.99"))


def _price_apart(units: list[Unit], by: Actor) -> Offer:
    return offer_for(units[0], unit_price_fen=PRICE_FEN - 1000)


def _unpaid(units: list[Unit], by: Actor) -> Offer:
    return offer_for(units[0], payment=Payment(10_000_000, 30_000_000))


def _little_down(units: list[Unit], by: Actor) -> Offer:
    return offer_for(units[0], payment=Payment(9_999_999, 40_000_001))


def _other_account(units: list[Unit], by: Actor) -> Offer:
    return offer_for(units[0], escrow_account="1")


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("C01", _suspended),
        ("C01", _expired_grade),
        ("C02", _permit_expired),
        ("C03", _reserved_by_another),
        ("C05", _seized),
        ("C06", _mortgaged),
        ("C08", _child),
        ("C08", _wrong_id),
        ("C09", _limited),
        ("C11", _dear),
        ("C11", _other_area),
        ("C11", _price_apart),
        ("C11", _unpaid),
        ("C11", _little_down),
        ("C12", _other_account),
    ],
)
def test_each_stops_it_alone(
    code: str, given: Callable[[list[Unit], Actor], Offer], permit: Permit, units: list[Unit], county_clerk: Actor
) -> None:
    assert refused(given(units, county_clerk), county_clerk) == {f"market.{code}"}


def test_a_unit_on_no_permit_is_not_signed(units: list[Unit], county_clerk: Actor) -> None:
    assert {"market.C01", "market.C02", "market.C03", "market.C11"} == refused(offer_for(units[0]), county_clerk)


def test_a_withheld_unit_stays_off_sale_when_the_permit_comes(
    building: object, units: list[Unit], county_clerk: Actor, request: pytest.FixtureRequest
) -> None:
    property_actions.withhold_units([units[0].pk], kind="property_room", on=DAY, document="配建协议", by=county_clerk)  # type: ignore[arg-type]
    request.getfixturevalue("permit")
    assert refused(offer_for(units[0]), county_clerk) == {"market.C03", "market.C07"}


def test_a_sold_unit_is_not_sold_again(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    first = actions.sign_contract(offer_for(units[0]), by=county_clerk, on=DAY)
    with pytest.raises(AnjuError) as found:
        actions.sign_contract(offer_for(units[0], 2), by=county_clerk, on=DAY)
    assert {one.code for one in found.value.problems} == {"market.C03", "market.C04"}
    assert first.contract_no in str(found.value)


def test_everything_is_said_at_once(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    _seized(units, county_clerk)
    both = offer_for(units[0], price_fen=PRICE_FEN + 1, escrow_account="1")
    assert refused(both, county_clerk) == {"market.C05", "market.C11", "market.C12"}


def test_the_holder_signs_and_after_the_end_anybody(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    for unit in units[:2]:
        actions.reserve_unit(unit.pk, id_no=made_up_id(5), by=county_clerk)
    actions.sign_contract(offer_for(units[0], 5), by=county_clerk, on=DAY)
    with using_scope(county_clerk.scope), actions.signing.action("testing.let_time_pass", by=county_clerk):
        Unit.objects.filter(pk=units[1].pk).update(reserved_until=datetime(2023, 1, 1, tzinfo=UTC))
    actions.sign_contract(offer_for(units[1], 6), by=county_clerk, on=DAY)  # MK-10: nobody had to release it


def test_a_mortgaged_unit_is_signed_with_consent_and_notice(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    offer = _mortgaged(units, county_clerk)
    with using_scope(county_clerk.scope):
        restriction = Unit.objects.get(pk=units[0].pk).restrictions.get()
    property_actions.record_consent(restriction.pk, document="同意函1号", by=county_clerk)
    assert refused(offer_for(units[0]), county_clerk) == {"market.C06"}  # consented, but the buyer was not told
    actions.sign_contract(offer, by=county_clerk, on=DAY)


def test_an_eligibility_certificate_is_the_buyers_valid_and_used_once(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    given_parameter("market.purchase_limit", "是", start="2023-01-01")
    with using_scope(county_clerk.scope):
        for number, until in (("资1", date(2023, 6, 1)), ("资2", date(2023, 2, 28))):
            actions.enter_eligibility(
                number=number, resident_id=made_up_id(1), issued_on=date(2023, 1, 1), valid_until=until, by=county_clerk
            )
    assert refused(offer_for(units[0], 1, eligibility_no="资2"), county_clerk) == {"market.C09"}
    assert refused(offer_for(units[0], 2, eligibility_no="资1"), county_clerk) == {"market.C09"}
    actions.sign_contract(offer_for(units[0], 1, eligibility_no="资1"), by=county_clerk, on=DAY)
    with pytest.raises(AnjuError, match="C09"):
        actions.sign_contract(offer_for(units[1], 1, eligibility_no="资1"), by=county_clerk, on=DAY)


def test_an_operator_signs_for_the_own_developer_only(permit: Permit, units: list[Unit], county_clerk: Actor, operator: Actor) -> None:
    with pytest.raises(Forbidden, match="not_own_project"):
        actions.sign_contract(offer_for(units[0]), by=operator, on=DAY)
    with using_scope(county_clerk.scope):
        actions.authorise_operator(Developer.objects.get(), operator.staff_id or 0, since=DAY, by=county_clerk)
    actions.sign_contract(offer_for(units[0]), by=operator, on=DAY)


def test_looking_first_tells_the_same(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    _seized(units, county_clerk)
    checked = actions.check_offer(offer_for(units[0]), by=county_clerk, on=DAY)
    assert [one.code for one in checked if not one.passed] == ["C05"]
    assert len(checked) == 13


def test_a_reservation_ends_by_itself(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    given_parameter("market.reservation.hours", 24, start="2020-01-01")
    unit = actions.reserve_unit(units[0].pk, id_no=made_up_id(5), by=county_clerk)
    assert unit.reserved_until is not None
    assert timedelta(hours=23) < unit.reserved_until - timezone.now() < timedelta(hours=25)
    assert unit.reserved_for not in (made_up_id(5), "")
