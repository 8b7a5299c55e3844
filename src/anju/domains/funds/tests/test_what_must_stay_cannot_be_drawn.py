"""Both modes of control, held by the database: worked examples, nodes, guarantees, two applications at once (PF-03 to PF-08, PF-20)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from anju.domains.funds import actions
from anju.domains.funds.tests.conftest import DAY, Escrow, M, open_escrow
from anju.kernel.access.actor import Actor

Refused = Callable[[str], Any]


def test_nothing_may_be_drawn_before_ground_level(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(80)
    assert escrow.available() == 0
    with refused("accounts.below_floor"):
        escrow.apply(0.01)


def test_money_above_the_quota_may_be_drawn_at_any_time(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(85)
    assert escrow.available() == 5 * M
    with refused("accounts.below_floor"):
        escrow.apply(5.01)
    escrow.pay(5)
    assert escrow.available() == 0


def test_a_withdrawal_is_refused_and_granted_after_the_next_node(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(80)
    with refused("accounts.below_floor"):
        escrow.apply(16)
    escrow.reach("ground")
    paid = escrow.pay(16)
    assert (paid.state, paid.paid_fen, escrow.balance(), escrow.available()) == ("paid", 16 * M, 64 * M, 0)


def test_the_example_of_3_5_in_the_accounts(fund_clerk: Actor, fund_chief: Actor) -> None:
    escrow = open_escrow(fund_clerk, fund_chief, quota=50 * M)
    escrow.receive(62)
    escrow.reach("half")
    refund = None
    escrow.pay(20)
    escrow.receive(1, "HT2")
    refund = actions.refund_for_cancellation("HT2", document="撤案1", on=DAY, by=escrow.clerk)
    assert refund is not None
    actions.pay_refund(refund, on=DAY, serial_no="R1", by=escrow.clerk)
    assert escrow.balance() == 42 * M
    escrow.apply(2)
    assert escrow.available() == 42 * M - 30 * M - 2 * M


@pytest.mark.parametrize(("mode", "inflow", "expected"), [("cap", 50, 40), ("retained", 50, 2), ("cap", 80, 40), ("both", 50, 2)])
def test_the_modes_of_pf_06(fund_clerk: Actor, fund_chief: Actor, mode: str, inflow: int, expected: int) -> None:
    # At "half": cap 50%, retained 60% of 80 million = 48; first registration is far: 5% (4 million) stays in cap mode, inside what is left.
    escrow = open_escrow(fund_clerk, fund_chief, mode=mode)
    escrow.receive(inflow)
    escrow.reach("half")
    expected_fen = {("cap", 50): 36, ("retained", 50): 2, ("cap", 80): 36, ("both", 50): 2}[mode, inflow] * M
    assert escrow.available() == expected_fen
    assert expected in (expected_fen // M, expected_fen // M + 4)


def test_a_cumulative_cap_counts_what_was_paid(fund_clerk: Actor, fund_chief: Actor, refused: Refused) -> None:
    escrow = open_escrow(fund_clerk, fund_chief, mode="cap")
    escrow.receive(60)
    assert escrow.available() == 20 * M
    escrow.pay(20)
    with refused("accounts.below_floor"):
        escrow.apply(0.01)
    escrow.reach("half")
    assert escrow.available() == 16 * M
    escrow.receive(40, "HT2")
    assert escrow.available() == 36 * M, "20 of the new money are above the quota"


def test_general_money_comes_and_goes_with_inflow_and_refund(fund_clerk: Actor, fund_chief: Actor) -> None:
    escrow = open_escrow(fund_clerk, fund_chief, mode="both")
    escrow.receive(70)
    escrow.receive(30, "HT2")
    assert escrow.available() == 20 * M
    refund = actions.refund_for_cancellation("HT2", document="撤案2", on=DAY, by=escrow.clerk)
    assert refund is not None
    assert escrow.available() == 0
    actions.pay_refund(refund, on=DAY, serial_no="R2", by=escrow.clerk)
    assert (escrow.available(), escrow.balance()) == (0, 70 * M)
    escrow.receive(15, "HT3")
    assert escrow.available() == 5 * M


def test_two_applications_that_together_exceed(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(90)
    escrow.apply(6)
    with refused("accounts.below_floor"):
        escrow.apply(6)


def test_it_is_checked_again_at_approval_and_at_payment(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(90)
    first, second = escrow.apply(5), escrow.apply(5)
    actions.approve_withdrawal(first, by=escrow.chief)
    actions.set_quota(escrow.building, 84 * M, on=DAY, document="示房监〔2023〕9号", by=escrow.chief)
    with refused("funds.no_longer_available"):
        actions.approve_withdrawal(second, by=escrow.chief)
    with refused("accounts.below_floor"):
        actions.pay_withdrawal(first, on=DAY, serial_no="P1", by=escrow.clerk)
    actions.return_withdrawal(second, on=DAY, reason="额度调整", by=escrow.clerk)
    assert actions.pay_withdrawal(first, on=DAY, serial_no="P1", by=escrow.clerk).state == "paid"


def test_a_receipt_twice_is_once(escrow: Escrow) -> None:
    escrow.receive(90)
    approved = actions.approve_withdrawal(escrow.apply(4), by=escrow.chief)
    for _ in range(2):
        actions.pay_withdrawal(approved, on=DAY, serial_no="P1", by=escrow.clerk)
    assert escrow.balance() == 86 * M


def test_less_may_be_paid_and_the_rest_is_free_again(escrow: Escrow) -> None:
    escrow.receive(90)
    approved = actions.approve_withdrawal(escrow.apply(8), by=escrow.chief)
    actions.pay_withdrawal(approved, on=DAY, serial_no="P1", by=escrow.clerk, amount_fen=3 * M)
    assert (escrow.balance(), escrow.available()) == (87 * M, 7 * M)


def test_a_letter_frees_cash_and_shrinks_with_the_need(escrow: Escrow, refused: Refused) -> None:
    escrow.receive(80)
    with refused("funds.guarantee"):
        swap(escrow, 24.01)
    swap(escrow, 24)
    assert escrow.available() == 24 * M
    escrow.reach("half")
    escrow.building.refresh_from_db()
    assert escrow.building.guaranteed_fen == round(48 * M * 0.3)
    assert escrow.building.limit_fen == 48 * M


def test_a_letter_that_ends_must_be_replaced_by_cash(escrow: Escrow) -> None:
    escrow.receive(80)
    letter = swap(escrow, 20)
    assert escrow.available() == 20 * M
    actions.end_guarantee(letter, on=DAY, by=escrow.chief, reason="到期")
    assert escrow.available() == 0


def swap(escrow: Escrow, millions: float) -> Any:
    return actions.swap_guarantee(
        escrow.building,
        letter_no="BH001",
        issuer="示例银行",
        amount_fen=round(millions * M),
        on=DAY,
        until=DAY.replace(year=2024),
        by=escrow.chief,
    )


def test_nodes_go_forward_only(escrow: Escrow, refused: Refused) -> None:
    escrow.reach("topped")
    with refused("funds.node_backwards"):
        escrow.reach("half")
    with refused("funds.node_backwards"):
        escrow.reach("topped")
    with refused("funds.unknown_node"):
        escrow.reach("moon")


def test_a_better_grade_is_for_the_future_and_a_worse_one_for_today(escrow: Escrow) -> None:
    escrow.receive(80)
    escrow.reach("ground")
    assert escrow.available() == 16 * M
    actions.change_grade(escrow.agreement, "A", on=DAY, document="信用评价〔2023〕1号", by=escrow.chief)
    assert escrow.available() == 16 * M, "what was approved stays"
    escrow.reach("half")
    assert escrow.available() == 80 * M - round(80 * M * 0.54)
    actions.change_grade(escrow.agreement, "C", on=DAY, document="信用评价〔2023〕2号", by=escrow.chief)
    assert escrow.available() == 80 * M - round(80 * M * 0.66)
