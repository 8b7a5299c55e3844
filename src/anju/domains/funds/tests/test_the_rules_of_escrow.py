"""The arithmetic of sections 3.3 to 3.8: worked examples, both modes, guarantees, refunds; and the floors say the same as the formulas."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.domains.funds.rules import escrow
from anju.domains.funds.rules.escrow import Paid, Standing

WAN = 10_000_00
M = 1_000_000_00


def test_the_arithmetic_example_of_3_5_is_reproduced() -> None:
    limit = escrow.effective_limit(50 * M, Decimal("0.6"), 10 * M)
    now = Standing(received=62 * M, refunded=1 * M, paid=20 * M)
    assert limit == 30 * M
    assert now.balance == 41 * M
    assert escrow.allocable(now.balance, limit, 2 * M, 500_000_00) == 8_500_000_00


def test_the_putian_caps_are_reproduced() -> None:
    quota, retention = 80 * M, 4 * M
    full = Standing(received=80 * M)
    caps = [escrow.cap_available(full, quota, Decimal(ratio)) for ratio in ("0.3", "0.5", "0.7", "0.85", "1")]
    assert caps == [24 * M, 40 * M, 56 * M, 68 * M, 80 * M]
    assert escrow.cap_available(full, quota, Decimal(1), retention) == 76 * M


@pytest.mark.parametrize(("inflow", "cap", "retained"), [(50, 40, 10), (80, 40, 40)])
def test_the_modes_differ_while_the_quota_is_not_filled(inflow: int, cap: int, retained: int) -> None:
    quota, ratio = 80 * M, Decimal("0.5")
    now = Standing(received=inflow * M)
    limit = escrow.effective_limit(quota, ratio, 0)
    assert escrow.cap_available(now, quota, ratio) == cap * M
    assert escrow.retained_available(now, limit) == retained * M
    both = escrow.available("both", now, quota_fen=quota, cap=ratio, limit_fen=limit)
    assert both == min(cap, retained) * M


def test_general_money_may_be_drawn_first() -> None:
    now = Standing(received=100 * M, paid=25 * M)
    assert escrow.overflow(now.net_in, 80 * M) == 20 * M
    assert escrow.quota_paid(now, 80 * M) == 5 * M
    assert escrow.cap_available(now, 80 * M, Decimal("0.3")) == 24 * M - 5 * M


money = st.integers(0, 400)


@given(st.integers(1, 200), st.integers(0, 100), money, money, money, st.integers(0, 20))
def test_the_floors_say_the_same_as_the_formula(quota: int, percent: int, received: int, refunded: int, paid: int, retention: int) -> None:
    now = Standing(received=received, refunded=min(refunded, received), paid=0)
    now = Standing(received, now.refunded, min(paid, now.balance))
    cap = Decimal(percent) / 100
    floors = escrow.floors("cap", quota_fen=quota, cap=cap, limit_fen=0, retention_fen=retention)
    assert floors.allowance is not None
    allowance = quota + escrow.overflow(now.net_in, quota) - now.paid
    by_floors = max(min(allowance - floors.allowance, now.balance - floors.held), 0)
    assert by_floors == escrow.cap_available(now, quota, cap, retention)


@given(st.integers(1, 10**13), st.integers(0, 10_000), st.integers(0, 10**13))
def test_the_limit_is_never_above_quota_less_guarantees(quota: int, ratio: int, guaranteed: int) -> None:
    limit = escrow.effective_limit(quota, Decimal(ratio) / 10_000, guaranteed)
    assert 0 <= limit <= max(quota - guaranteed, 0)


def test_a_quota_from_area_cost_uplift_and_grade() -> None:
    assert escrow.quota(1_000_000, 2_600_00, Decimal("0.1"), Decimal(1)) == 28_600_000_00
    assert escrow.quota(1_000_000, 2_600_00, Decimal("0.1"), Decimal("0.9")) == 25_740_000_00


def test_a_node_table_only_loosens() -> None:
    rows = [
        {"code": "a", "title": "a", "position": 1, "cap": Decimal(30), "retained_shell": Decimal(100), "retained_finished": Decimal(100)},
        {"code": "b", "title": "b", "position": 2, "cap": Decimal(50), "retained_shell": Decimal(60), "retained_finished": Decimal(60)},
    ]
    assert [node.code for node in escrow.node_table(rows)] == ["a", "b"]
    for name, value in (("cap", Decimal(20)), ("retained_shell", Decimal(101)), ("retained_finished", Decimal(101))):
        with pytest.raises(ValueError, match="backwards"):
            escrow.node_table([rows[0], {**rows[1], name: value}])


@pytest.mark.parametrize(
    ("balance", "guaranteed", "more", "fault"),
    [
        (100, 0, 30, ""),
        (100, 0, 31, "above_share"),
        (99, 0, 10, "account_below_quota"),
        (100, 20, 11, "above_share"),
        (80, 20, 10, ""),
        (80, 20, 11, "above_share"),
        (85, 15, 15, ""),
    ],
)
def test_a_letter_stands_in_for_at_most_thirty_percent(balance: int, guaranteed: int, more: int, fault: str) -> None:
    found = escrow.guarantee_fault(100 * M, balance * M, guaranteed * M, more * M, most=Decimal("0.3"), cash_least=Decimal("0.7"))
    assert found == fault


def test_a_letter_shrinks_with_the_need() -> None:
    assert escrow.guarantee_left(30 * M, 100 * M, most=Decimal("0.3")) == 30 * M
    assert escrow.guarantee_left(30 * M, 40 * M, most=Decimal("0.3")) == 12 * M


def test_the_lender_is_paid_back_first() -> None:
    came = [Paid(1, 20 * WAN, 0, False), Paid(2, 10 * WAN, 0, False), Paid(3, 70 * WAN, 0, True)]
    assert escrow.refund_parts(100 * WAN, came) == [(3, 70 * WAN), (1, 20 * WAN), (2, 10 * WAN)]
    assert escrow.refund_parts(75 * WAN, came) == [(3, 70 * WAN), (1, 5 * WAN)]
    assert escrow.refund_parts(100 * WAN + 1, came) is None


@given(st.lists(st.tuples(st.integers(1, 999), st.booleans()), min_size=1, max_size=8), st.integers(1, 9999))
def test_refunds_never_exceed_what_came(rows: list[tuple[int, bool]], amount: int) -> None:
    came = [Paid(number, fen, 0, loan) for number, (fen, loan) in enumerate(rows)]
    parts = escrow.refund_parts(amount, came)
    if amount > sum(fen for fen, _ in rows):
        assert parts is None
        return
    assert parts is not None
    assert sum(fen for _, fen in parts) == amount
    assert all(0 < fen <= came[number].amount_fen for number, fen in parts)
