"""An escrow as a clerk would open it: an agreement, two buildings, a contractor."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from anju.domains.funds import actions, queries
from anju.domains.funds.actions.agreements import Terms
from anju.domains.funds.actions.inflows import Payment
from anju.domains.funds.actions.withdrawals import Application
from anju.domains.funds.models import Agreement, EscrowBuilding, Inflow, Payee, Withdrawal
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Bureau
from anju.testing.factories import make_actor

DAY = datetime.date(2023, 3, 1)
M = 1_000_000_00
"""A million yuan in fen."""


@dataclass
class Escrow:
    """A made-up project under supervision. Amounts in millions of yuan where the method says so."""

    agreement: Agreement
    building: EscrowBuilding
    payee: Payee
    clerk: Actor
    chief: Actor
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def receive(self, millions: float, contract: str = "HT1", *, kind: str = "lump", building: EscrowBuilding | None = None) -> Inflow:
        number = next(self.numbers)
        return actions.receive_for_contract(
            building or self.building,
            Payment(round(millions * M), DAY, f"S{number}", "例某"),
            contract_no=contract,
            buyer="例某",
            kind=kind,
            by=self.clerk,
        )

    def apply(self, millions: float, *, payee: Payee | None = None, by: Actor | None = None, **more: Any) -> Withdrawal:
        told = {"purpose": "works", "invoice": "发票1", "applied_on": DAY, **more}
        return actions.apply_withdrawal(
            self.building,
            payee or self.payee,
            Application(f"ZQ{next(self.numbers):04d}", amount_fen=round(millions * M), **told),
            by=by or self.clerk,
        )

    def pay(self, millions: float, **more: Any) -> Withdrawal:
        """Apply, approve and pay."""
        withdrawal = actions.approve_withdrawal(self.apply(millions, **more), by=self.chief)
        return actions.pay_withdrawal(withdrawal, on=DAY, serial_no=f"P{next(self.numbers)}", by=self.clerk)

    def reach(self, node: str) -> None:
        actions.reach_node(self.building, node, kind="supervisor", document=f"监理{node}", on=DAY, by=self.chief)

    def available(self) -> int:
        """What may be drawn, by the accounts; it equals the formula of the rules."""
        with using_scope(self.clerk.scope):
            fresh = queries.building(self.building.pk, self.clerk)
            found = queries.position(fresh).available
            assert found == queries.available_by_rule(fresh)
        return found

    def balance(self) -> int:
        with using_scope(self.clerk.scope):
            return queries.position(self.building).balance


@pytest.fixture
def fund_clerk(bureau: Bureau) -> Actor:
    with using_scope(Scope.system()):
        return make_actor(bureau, "fund_clerk")


@pytest.fixture
def fund_chief(bureau: Bureau) -> Actor:
    with using_scope(Scope.system()):
        return make_actor(bureau, "fund_chief")


def open_escrow(clerk: Actor, chief: Actor, *, mode: str = "retained", quota: int = 80 * M, number: int = 1, **more: Any) -> Escrow:
    """An agreement with one building of this quota and a contractor of a thousand million."""
    told = {"permit_no": f"示房预字{number:03d}号", "mode": mode, **more}
    agreement = actions.sign_agreement(
        Terms(
            f"JG{number:03d}", f"示例楼盘{number}", "示例置业有限公司", "示例银行", "示例置业监管户", f"6228000{number:04d}", DAY, **told
        ),
        by=clerk,
    )
    with using_scope(clerk.scope):
        building = actions.add_building(agreement, "1号楼", on=DAY, document="示房监〔2023〕1号", by=chief, quota_fen=quota)
        payee = actions.add_payee(agreement, name="示例建工有限公司", contract_no="SG001", contract_fen=1000 * M, by=clerk)
    return Escrow(agreement, building, payee, clerk, chief)


@pytest.fixture
def escrow(fund_clerk: Actor, fund_chief: Actor) -> Escrow:
    """Retained balance, quota 80 million, at the first node: all of it must stay."""
    made = open_escrow(fund_clerk, fund_chief)
    return made


@pytest.fixture(autouse=True)
def within(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests of this slice read as the clerk does."""
    if "fund_clerk" not in request.fixturenames:
        yield
        return
    with using_scope(request.getfixturevalue("fund_clerk").scope):
        yield


@pytest.fixture
def refused() -> Callable[..., Any]:
    """`with refused("funds.suspended"):` the block must be refused with exactly this code."""

    @contextmanager
    def expecting(code: str) -> Iterator[None]:
        with pytest.raises(AnjuError) as caught:
            yield
        assert [problem.code for problem in caught.value.problems] == [code], caught.value

    return expecting
