"""Clerks at the same time: two withdrawals, refunds and nodes of one account never take more than there is, and never lock each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from anju.domains.funds import actions, queries
from anju.domains.funds.models import Withdrawal
from anju.domains.funds.tests.conftest import DAY, Escrow, M, open_escrow
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.accounts import comparing
from anju.kernel.errors import AnjuError
from anju.testing.factories import make_actor, make_bureau, make_city
from anju.testing.sessions import at_once


@pytest.fixture(params=["retained", "both"])
def house(fresh_db: str, request: pytest.FixtureRequest) -> Escrow:
    with using_scope(Scope.system()):
        make_city()
        bureau = make_bureau("dongyuan", "990121")
        clerk, chief = make_actor(bureau, "fund_clerk"), make_actor(bureau, "fund_chief")
    with using_scope(clerk.scope):
        made = open_escrow(clerk, chief, mode=request.param)
        made.receive(90, "HT0")
        made.receive(5, "HT-back")
    return made


def test_only_what_is_available_goes_out(house: Escrow) -> None:
    """15 millions are free; six ask for 6 each, a refund takes 5, a payment comes in, a node is confirmed: all at once."""
    works: list[Callable[[], Any]] = [lambda: fresh(house).apply(6)] * 6
    works += [lambda: actions.refund_for_cancellation("HT-back", document="撤案", on=DAY, by=house.clerk)]
    works += [lambda: fresh(house).receive(1, "HT9")]
    works += [lambda: fresh(house).reach("ground")]
    outcomes = at_once(*[lambda work=work: scoped(house, work) for work in works])
    errors = [one for one in outcomes if isinstance(one, Exception)]
    assert all(isinstance(error, AnjuError) for error in errors), outcomes
    assert {error.problems[0].code for error in errors if isinstance(error, AnjuError)} <= {"accounts.below_floor"}
    with using_scope(Scope.system()):
        assert comparing.compare() == []
        building = queries.building(house.building.pk, house.clerk)
        position = queries.position(building)
        assert position.balance - position.held >= position.required or position.refunded or building.refunds.exists()
        assert Withdrawal.objects.exclude(state="returned").count() * 6 * M == position.held - 5 * M
        assert position.available == queries.available_by_rule(building)


def scoped(house: Escrow, work: Callable[[], Any]) -> Any:
    with using_scope(house.clerk.scope):
        return work()


def fresh(house: Escrow) -> Escrow:
    """The same escrow with rows of this session's own."""
    building = queries.building(house.building.pk, house.clerk)
    return Escrow(building.agreement, building, house.payee, house.clerk, house.chief, house.numbers)
