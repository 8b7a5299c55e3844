"""Special loans: disbursed ≤ arrived ≤ approved (DL-01, DL-04, DL-05). Project capital: 20% and 25%, drawn by progress (3.11)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from anju.domains.funds.actions import capital, loans
from anju.domains.funds.models import SpecialLoan
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import queries

DAY = datetime.date(2023, 3, 1)
M = 1_000_000_00
Refused = Callable[[str], Any]


@pytest.fixture
def loan(fund_clerk: Actor, fund_chief: Actor) -> SpecialLoan:
    return loans.approve_loan(
        project_no="BJL01",
        project="示例楼盘",
        batch=1,
        applied_fen=120 * M,
        approved_fen=100 * M,
        account_no="62300001",
        on=DAY,
        by=fund_chief,
    )


def test_no_more_arrives_than_was_approved(loan: SpecialLoan, fund_clerk: Actor, refused: Refused) -> None:
    loans.loan_arrives(loan, 60 * M, document="到1", on=DAY, by=fund_clerk)
    with refused("accounts.below_floor"):
        loans.loan_arrives(loan, 40 * M + 1, document="到2", on=DAY, by=fund_clerk)
    loans.loan_arrives(loan, 40 * M, document="到2", on=DAY, by=fund_clerk)
    assert queries.balance(loan.account_id).posted_fen == 100 * M


def test_no_more_is_paid_than_has_arrived(loan: SpecialLoan, fund_clerk: Actor, fund_chief: Actor, refused: Refused) -> None:
    loans.loan_arrives(loan, 60 * M, document="到1", on=DAY, by=fund_clerk)
    told: dict[str, Any] = {"payee": "示例建工有限公司", "on": DAY, "by": fund_chief}
    loans.pay_loan(loan, 50 * M, voucher_no="BF1", **told)
    with refused("accounts.overdrawn"):
        loans.pay_loan(loan, 10 * M + 1, voucher_no="BF2", **told)
    with refused("funds.no_payee"):
        loans.pay_loan(loan, 1, voucher_no="BF3", **{**told, "payee": " "})
    with refused("funds.voucher_exists"):
        loans.pay_loan(loan, 50 * M, voucher_no="BF1", **told)


def test_a_project_is_in_one_batch(loan: SpecialLoan, fund_chief: Actor, refused: Refused) -> None:
    with refused("funds.loan_exists"):
        loans.approve_loan(
            project_no="BJL01", project="示例楼盘", batch=2, applied_fen=M, approved_fen=M, account_no="62300002", on=DAY, by=fund_chief
        )


@pytest.mark.parametrize(("kind", "required"), [("ordinary", 200), ("other", 250)])
def test_capital_is_required_by_kind(fund_clerk: Actor, fund_chief: Actor, refused: Refused, kind: str, required: int) -> None:
    made = capital.require_capital(project="示例楼盘", kind=kind, investment_fen=1000 * M, account_no="62400001", on=DAY, by=fund_chief)
    assert (made.required_fen, made.document) == (required * M, "国发〔2015〕51号")
    capital.pay_in_capital(made, required * M, serial_no="C1", on=DAY, by=fund_clerk)
    told: dict[str, Any] = {"document": "形象进度1号", "on": DAY, "by": fund_chief}
    with refused("accounts.below_floor"):
        capital.draw_capital(made, 50 * M, keep_fen=required * M, serial_no="W1", **told)
    capital.draw_capital(made, 50 * M, keep_fen=(required - 50) * M, serial_no="W2", **told)
    assert queries.balance(made.account_id).posted_fen == (required - 50) * M
