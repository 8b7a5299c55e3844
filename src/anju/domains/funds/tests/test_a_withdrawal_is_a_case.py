"""The case of a withdrawal: reserved at the counter, instructed by its decision, given back by every other end; its limits are measured
(PF-18)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from anju.domains.funds import actions, casework
from anju.domains.funds.actions.withdrawals import Application
from anju.domains.funds.models import Withdrawal
from anju.domains.funds.tests.conftest import DAY, Escrow, M
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases import actions as cases
from anju.kernel.cases.models import Case, Task
from anju.kernel.orgs.models import Bureau
from anju.testing.factories import make_actor

Refused = Callable[[str], Any]
PAPERS = ("application", "contract", "invoice", "node_proof")


Clerks = tuple[Actor, Actor]


@pytest.fixture
def others(bureau: Bureau) -> Clerks:
    """Two more clerks: nobody sits on two seats next to each other."""
    with using_scope(Scope.system()):
        return make_actor(bureau, "fund_clerk"), make_actor(bureau, "fund_clerk")


def opened(escrow: Escrow, millions: int = 4) -> tuple[Withdrawal, Case]:
    escrow.receive(90)
    application = Application("ZQ0001", "works", millions * M, "发票1", DAY)
    withdrawal = casework.open_withdrawal(escrow.building, escrow.payee, application, by=escrow.clerk, materials=PAPERS)
    return withdrawal, Case.objects.get(pk=withdrawal.case_id)


def reviewed(escrow: Escrow, case: Case, others: Clerks) -> None:
    cases.accept(case, by=escrow.clerk)
    cases.decide(case, "bank", "agree", by=others[0])
    cases.decide(case, "node", "agree", by=others[1])


def test_the_decision_instructs(escrow: Escrow, others: Clerks) -> None:
    withdrawal, case = opened(escrow)
    assert escrow.available() == 6 * M
    reviewed(escrow, case, others)
    assert Task.objects.filter(case=case, due_on__isnull=False).exists(), "every level has its limit"
    cases.decide(case, "decide", "agree", by=escrow.chief)
    withdrawal.refresh_from_db()
    assert (withdrawal.state, withdrawal.approved_by) == ("approved", escrow.chief.staff_id)
    actions.pay_withdrawal(withdrawal, on=DAY, serial_no="P1", by=escrow.clerk)
    assert escrow.balance() == 86 * M


def test_what_a_case_carries_is_not_returned_beside_it(escrow: Escrow, others: Clerks, refused: Refused) -> None:
    withdrawal, case = opened(escrow)
    with refused("funds.case_carries_it"):
        actions.return_withdrawal(withdrawal, on=DAY, reason="误报", by=escrow.clerk)
    assert escrow.available() == 6 * M
    reviewed(escrow, case, others)
    cases.decide(case, "decide", "agree", by=escrow.chief)
    withdrawal.refresh_from_db()
    actions.return_withdrawal(withdrawal, on=DAY, reason="收款单位账户有误", by=escrow.clerk)
    assert escrow.available() == 10 * M


def test_a_refusal_gives_back(escrow: Escrow, others: Clerks) -> None:
    withdrawal, case = opened(escrow)
    reviewed(escrow, case, others)
    cases.decide(case, "decide", "refuse", reason="bad_papers", text="发票不实", by=escrow.chief)
    withdrawal.refresh_from_db()
    assert (withdrawal.state, escrow.available()) == ("returned", 10 * M)


def test_the_decision_is_refused_when_more_must_stay_meanwhile(escrow: Escrow, others: Clerks, refused: Refused) -> None:
    _, case = opened(escrow)
    reviewed(escrow, case, others)
    actions.set_quota(escrow.building, 88 * M, on=DAY, document="示房监〔2023〕9号", by=escrow.chief)
    with refused("funds.no_longer_available"):
        cases.decide(case, "decide", "agree", by=escrow.chief)


def test_what_cannot_be_reserved_opens_no_case(escrow: Escrow, refused: Refused) -> None:
    with refused("accounts.below_floor"):
        opened(escrow, 11)
    assert Case.objects.filter(matter=casework.MATTER).count() == 0
