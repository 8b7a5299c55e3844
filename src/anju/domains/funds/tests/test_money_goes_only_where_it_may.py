"""Payees, suspension, emergencies, court freezes, the two persons, and the bank that differs (PF-02, PF-03, PF-10, PF-15, PF-19)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from anju.domains.funds import actions
from anju.domains.funds.tests.conftest import DAY, Escrow, M, open_escrow
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.accounts.reconciling import actions as reconciling
from anju.kernel.accounts.reconciling.lines import Statement, StatementLine
from anju.kernel.errors import Forbidden
from anju.kernel.orgs.models import Bureau
from anju.testing.factories import make_actor

Refused = Callable[[str], Any]


def test_one_account_for_a_permit_and_one_agreement_for_an_account(escrow: Escrow, refused: Refused) -> None:
    with refused("funds.permit_has_account"):
        open_escrow(escrow.clerk, escrow.chief, number=2, permit_no="示房预字001号")
    with refused("funds.agreement_exists"):
        open_escrow(escrow.clerk, escrow.chief, number=1, permit_no="")


def test_a_payee_has_a_contract_and_stays_within_it(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(200)
    small = actions.add_payee(escrow.agreement, name="示例材料有限公司", contract_no="CL001", contract_fen=10 * M, by=escrow.clerk)
    escrow.pay(6, payee=small, purpose="materials")
    with refused("funds.above_contract"):
        escrow.apply(4.01, payee=small)
    held = escrow.apply(4, payee=small)
    with refused("funds.above_contract"):
        escrow.apply(0.01, payee=small)
    actions.return_withdrawal(held, on=DAY, reason="补件", by=escrow.clerk)
    escrow.apply(4, payee=small)
    with refused("funds.no_invoice"):
        escrow.apply(1, invoice=" ")


def test_another_projects_payee_is_refused(escrow: Escrow, refused: Refused) -> None:
    other = open_escrow(escrow.clerk, escrow.chief, number=2)
    escrow.receive(90)
    with refused("funds.foreign_payee"):
        escrow.apply(1, payee=other.payee)


def test_whoever_entered_it_does_not_approve_it(escrow: Escrow, bureau: Bureau, refused: Refused) -> None:
    with using_scope(Scope.system()):
        both = make_actor(bureau, "fund_clerk", "fund_chief")
    escrow.receive(90)
    withdrawal = escrow.apply(1, by=both)
    with refused("funds.same_person"):
        actions.approve_withdrawal(withdrawal, by=both)
    with pytest.raises(Forbidden):
        actions.approve_withdrawal(withdrawal, by=escrow.clerk)


def test_a_suspended_project_takes_money_in_and_gives_none_out(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(90)
    waiting = escrow.apply(1)
    approved = actions.approve_withdrawal(escrow.apply(1), by=escrow.chief)
    actions.suspend(escrow.agreement, "未足额入账", by=escrow.chief)
    with refused("funds.suspended"):
        escrow.apply(1)
    with refused("funds.suspended"):
        actions.approve_withdrawal(waiting, by=escrow.chief)
    with refused("funds.suspended"):
        actions.pay_withdrawal(approved, on=DAY, serial_no="P1", by=escrow.clerk)
    escrow.receive(1, "HT2")
    actions.resume(escrow.agreement, "已整改", by=escrow.chief)
    escrow.apply(1)


def test_an_emergency_passes_what_must_stay_by_a_document(escrow: Escrow, bureau: Bureau, refused: Refused) -> None:
    escrow.receive(50)
    with pytest.raises(Forbidden):
        escrow.apply(5, emergency="示房监急〔2023〕1号")
    with using_scope(Scope.system()):
        both = make_actor(bureau, "fund_clerk", "fund_chief")
    urgent = escrow.apply(5, emergency="示房监急〔2023〕1号", by=both, purpose="wages")
    actions.approve_withdrawal(urgent, by=escrow.chief)
    actions.pay_withdrawal(urgent, on=DAY, serial_no="P1", by=escrow.clerk)
    assert escrow.balance() == 45 * M


def test_a_court_freeze_blocks_ordinary_withdrawals(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(90)
    freeze = actions.freeze_by_court(escrow.building, 8 * M, court="示例法院", document="(2023)示执1号", on=DAY, by=escrow.clerk)
    assert escrow.available() == 2 * M
    with refused("funds.frozen"):
        escrow.apply(1)
    with refused("funds.frozen"):
        escrow.apply(1, purpose="tax", marker="示房监准〔2023〕1号")
    escrow.pay(6, marker="示房监准〔2023〕1号")
    with refused("accounts.below_floor"):
        escrow.apply(4.01, marker="示房监准〔2023〕2号")
    refund = actions.refund_for_cancellation("HT1", document="撤案1", on=DAY, by=escrow.clerk, amount_fen=1 * M)
    assert refund is not None
    developer = actions.add_payee(escrow.agreement, name="示例置业有限公司", contract_no="X1", contract_fen=9 * M, by=escrow.clerk)
    with refused("funds.frozen_to_developer"):
        escrow.apply(1, payee=developer, marker="示房监准〔2023〕3号")
    actions.lift_freeze(freeze, document="(2023)示执1号之一", on=DAY, by=escrow.clerk)
    with refused("funds.not_frozen"):
        escrow.apply(1, marker="示房监准〔2023〕4号")
    escrow.apply(3)


def test_a_bank_that_differs_stops_new_instructions(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(90)
    bank = escrow.agreement.bank_account
    line = StatementLine("S1", DAY, 89 * M, 89 * M)
    reconciling.take_in_statement(bank, Statement(DAY, DAY, 0, (line,), "对账单"), by=escrow.clerk)
    with refused("funds.bank_differs"):
        escrow.apply(1)


def test_a_bank_that_is_equal_lets_them_pass(escrow: Escrow) -> None:
    escrow.receive(90)
    bank = escrow.agreement.bank_account
    line = StatementLine("S1", DAY, 90 * M, 90 * M)
    reconciling.take_in_statement(bank, Statement(DAY, DAY, 0, (line,), "对账单"), by=escrow.clerk)
    escrow.apply(1)


def test_a_paid_withdrawal_stays(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(90)
    paid = escrow.pay(1)
    with refused("funds.wrong_state"):
        actions.return_withdrawal(paid, on=DAY, reason="x", by=escrow.clerk)
    from anju.domains.funds.models import Withdrawal
    from anju.domains.funds.refusals import told_clearly
    from anju.kernel.journal.actions import action

    with refused("funds.paid_stays"), told_clearly(), action("testing.force", by=escrow.clerk):
        Withdrawal.objects.filter(pk=paid.pk).update(paid_fen=0)


def test_an_account_changes_with_its_whole_balance(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(90)
    waiting = escrow.apply(1)
    told: dict[str, Any] = {"account_no": "62289999", "bank": "另一银行", "account_name": "示例", "on": DAY, "document": "变更1"}
    with refused("funds.under_way"):
        actions.change_account(escrow.agreement, **told, by=escrow.chief, key="change-1")
    actions.return_withdrawal(waiting, on=DAY, reason="账户变更", by=escrow.clerk)
    old = escrow.agreement.bank_account
    actions.change_account(escrow.agreement, **told, by=escrow.chief, key="change-1")
    old.refresh_from_db()
    assert (old.balance.posted_fen, old.closed_at is not None, escrow.agreement.bank_account.balance.posted_fen) == (0, True, 90 * M)
    escrow.receive(1, "HT2")
    escrow.pay(1)


def test_release_needs_registration_and_nothing_under_way(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(90)
    waiting = escrow.apply(1)
    release = {"on": DAY, "document": "解除1", "by": escrow.chief}
    with refused("funds.no_registration"):
        actions.release_building(escrow.building, registration_no=" ", **release)
    with refused("funds.release_not_clean"):
        actions.release_building(escrow.building, registration_no="示(2023)首登1号", **release)
    actions.return_withdrawal(waiting, on=DAY, reason="解除监管", by=escrow.clerk)
    refund = actions.refund_for_cancellation("HT1", document="撤案1", on=DAY, by=escrow.clerk, amount_fen=1 * M)
    assert refund is not None
    with refused("funds.release_not_clean"):
        actions.release_building(escrow.building, registration_no="示(2023)首登1号", **release)
    actions.pay_refund(refund, on=DAY, serial_no="R1", by=escrow.clerk)
    with refused("funds.not_released"):
        actions.draw_released(escrow.building, 1 * M, on=DAY, serial_no="D1", by=escrow.clerk)
    actions.release_building(escrow.building, registration_no="示(2023)首登1号", **release)
    with refused("funds.released"):
        escrow.receive(1, "HT9")
    actions.draw_released(escrow.building, 89 * M, on=DAY, serial_no="D1", by=escrow.clerk)
    assert escrow.balance() == 0


def test_a_neighbour_sees_nothing_of_it(escrow: Escrow, other_county_clerk: Actor, refused: Refused) -> None:
    from anju.domains.funds import queries

    with using_scope(other_county_clerk.scope), refused("funds.unknown_building"):
        queries.building(escrow.building.pk, other_county_clerk)


def test_days_are_days(escrow: Escrow) -> None:
    assert isinstance(escrow.agreement.signed_on, datetime.date)
