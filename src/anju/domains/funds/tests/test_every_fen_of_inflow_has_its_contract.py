"""Inflows are attributed or wait in the pool; refunds go back to the payers, lenders first; reversals undo (PF-12, PF-13, PF-16, PF-17)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from anju.domains.funds import actions, queries
from anju.domains.funds.actions.inflows import Payment
from anju.domains.funds.models import Inflow
from anju.domains.funds.tests.conftest import DAY, Escrow, M

Refused = Callable[[str], Any]


def test_the_same_payment_again_changes_nothing(escrow: Escrow) -> None:
    payment = Payment(5 * M, DAY, "S100", "例某")
    told: dict[str, Any] = {"contract_no": "HT1", "buyer": "例某", "kind": "first", "by": escrow.clerk}
    first = actions.receive_for_contract(escrow.building, payment, **told)
    assert actions.receive_for_contract(escrow.building, payment, **told) == first
    assert (escrow.balance(), queries.unit_paid("HT1")) == (5 * M, 5 * M)


def test_unknown_money_waits_in_the_pool_and_is_attributed_once(escrow: Escrow, refused: Refused) -> None:
    inflow = actions.receive_unattributed(escrow.agreement, Payment(3 * M, DAY, "S200", "不明"), by=escrow.clerk)
    waiting = queries.pool(escrow.agreement, DAY + datetime.timedelta(days=9))
    assert (waiting.amount_fen, waiting.lines, waiting.oldest_days) == (3 * M, 1, 9)
    assert escrow.balance() == 0
    told: dict[str, Any] = {"contract_no": "HT1", "buyer": "例某", "kind": "first", "on": DAY, "by": escrow.clerk}
    actions.attribute_inflow(inflow, escrow.building, **told)
    assert (escrow.balance(), queries.unit_paid("HT1"), queries.pool(escrow.agreement, DAY).lines) == (3 * M, 3 * M, 0)
    with refused("funds.attributed_already"):
        actions.attribute_inflow(inflow, escrow.building, **told)


def test_pooled_money_stands_against_release(escrow: Escrow, refused: Refused) -> None:
    actions.receive_unattributed(escrow.agreement, Payment(3 * M, DAY, "S200", "不明"), by=escrow.clerk)
    with refused("funds.release_not_clean"):
        actions.release_building(escrow.building, registration_no="示(2023)首登1号", on=DAY, document="解除1", by=escrow.chief)


def test_a_refund_goes_to_the_lender_first(escrow: Escrow) -> None:
    first, loan = escrow.receive(20, kind="first"), escrow.receive(70, kind="commercial_loan")
    refund = actions.refund_for_cancellation("HT1", document="撤案1", on=DAY, by=escrow.clerk, amount_fen=75 * M)
    assert refund is not None
    parts = [(part.inflow_id, part.amount_fen) for part in refund.parts.order_by("position")]
    assert parts == [(loan.pk, 70 * M), (first.pk, 5 * M)]
    actions.pay_refund(refund, on=DAY, serial_no="R1", by=escrow.clerk)
    actions.pay_refund(refund, on=DAY, serial_no="R1", by=escrow.clerk)
    assert (escrow.balance(), queries.unit_paid("HT1")) == (15 * M, 15 * M)


def test_refunds_never_exceed_what_came(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(20)
    actions.refund_for_cancellation("HT1", document="撤案1", on=DAY, by=escrow.clerk, amount_fen=15 * M)
    with refused("funds.refund_above_inflow"):
        actions.refund_for_cancellation("HT1", document="撤案2", on=DAY, by=escrow.clerk, amount_fen=6 * M)
    actions.refund_for_cancellation("HT1", document="撤案3", on=DAY, by=escrow.clerk)
    assert queries.unit_paid("HT1") == 0


def test_the_same_cancellation_again_opens_one_refund(escrow: Escrow) -> None:
    escrow.receive(20)
    one = actions.refund_for_cancellation("HT1", document="撤案1", on=DAY, by=escrow.clerk)
    assert actions.refund_for_cancellation("HT1", document="撤案1", on=DAY, by=escrow.clerk) == one
    assert actions.refund_for_cancellation("没有的合同", document="撤案1", on=DAY, by=escrow.clerk) is None


def test_a_reversal_takes_the_money_out_again(escrow: Escrow, refused: Refused) -> None:
    wrong = escrow.receive(20)
    actions.reverse_inflow(wrong, on=DAY, by=escrow.chief, reason="银行错账")
    assert (escrow.balance(), queries.unit_paid("HT1")) == (0, 0)
    with refused("funds.reversed_already"):
        actions.reverse_inflow(wrong, on=DAY, by=escrow.chief, reason="再来")


def test_spent_money_cannot_be_reversed(escrow: Escrow, refused: Refused) -> None:
    came = escrow.receive(100)
    escrow.pay(20)
    with refused("accounts.overdrawn"):
        actions.reverse_inflow(came, on=DAY, by=escrow.chief, reason="银行错账")


def test_interest_is_kept_apart(escrow: Escrow) -> None:
    escrow.receive(80)
    actions.credit_interest(escrow.agreement, 1_234_56, on=DAY, serial_no="I1", by=escrow.clerk)
    assert (escrow.balance(), escrow.available()) == (80 * M, 0)
    assert escrow.agreement.interest_account.balance.posted_fen == 1_234_56


@pytest.mark.parametrize("contract", ["", "HT1"])
def test_the_database_keeps_a_half_attributed_inflow_out(escrow: Escrow, contract: str) -> None:
    from django.db import IntegrityError, transaction

    from anju.kernel.journal.actions import action

    inflow = escrow.receive(1)
    change = {"contract_no": ""} if not contract else {"building": None}
    with pytest.raises(IntegrityError, match="inflow_attributed_or_pooled"), transaction.atomic(), action("testing.force", by=escrow.clerk):
        Inflow.objects.filter(pk=inflow.pk).update(**change)
