"""CT-11: cancelling a contract opens the refund of what its buyer paid, all or nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from anju.domains.funds import actions as funds
from anju.domains.funds.models import Refund
from anju.domains.funds.tests.conftest import Escrow, M
from anju.domains.market import actions
from anju.domains.market.models import Contract
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.testing.estates import make_building, units_of
from anju.testing.sales import DAY, offer_for, open_for_sale

LATER = DAY + timedelta(days=9)


@pytest.fixture
def contract(county_clerk: Actor) -> Contract:
    building = make_building(county_clerk, project="退款苑")
    units = units_of(building, county_clerk)
    open_for_sale(building, units, county_clerk)
    return actions.sign_contract(offer_for(units[0]), by=county_clerk, on=DAY)


def cancel(contract: Contract, by: Actor, on: date = LATER) -> Contract:
    kind = Contract.CancelKind.MUTUAL
    return actions.cancel_contract(contract.pk, kind=kind, reason="协商解除", publicity_ended_on=on, on=on, by=by)


def test_what_came_in_is_reserved_for_the_buyer(contract: Contract, escrow: Escrow, county_clerk: Actor) -> None:
    escrow.receive(0.5, contract.contract_no)
    cancel(contract, county_clerk)
    with using_scope(county_clerk.scope):
        refund = Refund.objects.get(contract_no=contract.contract_no)
    assert (refund.amount_fen, refund.state) == (M // 2, Refund.State.APPLIED)


def test_nothing_came_in_and_nothing_is_refunded(contract: Contract, escrow: Escrow, county_clerk: Actor) -> None:
    cancel(contract, county_clerk)
    with using_scope(county_clerk.scope):
        assert not Refund.objects.exists()


def test_a_refund_that_cannot_be_reserved_cancels_nothing(contract: Contract, escrow: Escrow, county_clerk: Actor) -> None:
    escrow.receive(0.5, contract.contract_no)
    funds.refund_for_cancellation(contract.contract_no, document="先退一次", on=DAY, by=escrow.clerk)
    with pytest.raises(AnjuError, match="refund_above_inflow"):
        cancel(contract, county_clerk)  # the money is on its way back already: somebody has to look
    with using_scope(county_clerk.scope):
        assert Contract.objects.get(pk=contract.pk).state == "signed"
