"""SV-02, in part: homes signed for and not registered, of every buyer, each home once."""

from __future__ import annotations

from datetime import timedelta

from anju.domains.market import actions, queries
from anju.domains.market.models import Contract, Permit
from anju.domains.market.offers import Buyer
from anju.domains.property.models import Unit
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.testing.sales import DAY, made_up_id, offer_for

LATER = DAY + timedelta(days=9)


def test_every_buyer_has_the_home_until_it_is_registered_or_cancelled(permit: Permit, units: list[Unit], county_clerk: Actor) -> None:
    buyers = (Buyer("示例甲", made_up_id(1), share=(1, 3)), Buyer("示例乙", made_up_id(2), share=(2, 3)))
    shared = actions.sign_contract(offer_for(units[0], buyers=buyers), by=county_clerk, on=DAY)
    own = actions.sign_contract(offer_for(units[1], 2), by=county_clerk, on=DAY)

    def homes(number: int) -> list[int]:
        with using_scope(county_clerk.scope):
            return [one.pk for one in queries.homes_signed_by([made_up_id(number)])[made_up_id(number)]]

    assert (homes(1), homes(2), homes(3)) == ([shared.pk], [shared.pk, own.pk], [])
    actions.file_contract(own.pk, by=county_clerk, on=LATER)
    actions.cancel_contract(
        shared.pk, kind=Contract.CancelKind.MUTUAL, reason="协商解除", on=LATER, publicity_ended_on=LATER, by=county_clerk
    )
    assert (homes(1), homes(2)) == ([], [own.pk])
    actions.register_title(own.pk, certificate_no="示（2023）东原县不动产权第1号", on=LATER, by=county_clerk)
    assert homes(2) == []


def test_a_home_twice_in_an_old_book_is_one_and_a_parking_place_is_none(county_clerk: Actor) -> None:
    def old(number: str, room: str, use: str) -> None:
        Contract.objects.create(
            contract_no=number, project_name="示例旧苑", building="1栋", room=room, use=use, buyer="示例甲", resident_id=made_up_id(1),
            area=80, total_fen=40_000_000, state="signed", signed_on=DAY, region_code=county_clerk.region_code,
            bureau_id=county_clerk.bureau_id or 0,
        )  # fmt: skip

    with using_scope(county_clerk.scope):
        for number, room, use in (("旧1", "101", "residential"), ("旧2", "101", "residential"), ("旧3", "102", "residential")):
            old(number, room, use)
        old("旧4", "B01", "parking")
        found = queries.homes_signed_by([made_up_id(1)])[made_up_id(1)]
    assert [(one.contract_no, one.room) for one in found] == [("旧1", "101"), ("旧3", "102")]
