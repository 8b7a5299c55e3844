"""The books of withdrawals and of special-loan payments, kept in this slice's own tables.

A row taken in from an office's workbook is history: it has no supervised account and moves no money. Today's applications and payments are
rows of the same tables, so that one list and one figure serve both. Only history is corrected by the verbs of a book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
from django.utils import timezone

from anju.domains.funds.models import LoanPayment, Withdrawal
from anju.domains.funds.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.database.bulk import draw_ids, insert_rows, update_rows
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.keeping import Intake, Keeper, keep

WITHDRAWALS, PAYMENTS = "funds_withdrawal", "funds_loanpayment"

_WITHDRAWAL = {
    "application_no": "application_no", "project": "project", "developer": "developer", "account_no": "account_no", "bank": "bank",
    "purpose": "purpose", "node": "node", "applied_amount": "applied_fen", "paid_amount": "paid_fen", "applied_on": "applied_on",
    "paid_on": "paid_on", "state": "state",
}  # fmt: skip
_PAYMENT = {
    "voucher_no": "voucher_no", "project_no": "listed_id", "project": "project", "payee": "payee", "amount": "amount_fen",
    "paid_on": "paid_on", "state": "state",
}  # fmt: skip


def write_withdrawals(intake: Intake) -> list[int]:
    """History of withdrawals, as checked rows of the book."""
    empty = {name: pl.lit("") for name in ("invoice", "emergency", "frozen_marker", "reason")}
    return _write(intake, WITHDRAWALS, _WITHDRAWAL, empty)


def write_payments(intake: Intake) -> list[int]:
    """History of special-loan payments, as checked rows of the book."""
    return _write(intake, PAYMENTS, _PAYMENT, {})


def void_withdrawals(ids: Sequence[int], by: Actor, reason: str) -> None:
    """History entered by mistake; what moved money is returned or reversed instead."""
    if Withdrawal.objects.filter(pk__in=ids, agreement__isnull=False).exists():
        raise AnjuError.of("funds.moves_money", "这笔支取动用了监管资金，不能作废。", advice="未付款的请退件，已付款的以红冲更正。")
    Withdrawal.objects.filter(pk__in=ids).update(voided_at=timezone.now())


def void_payments(ids: Sequence[int], by: Actor, reason: str) -> None:
    """History entered by mistake; what moved money is reversed instead."""
    if LoanPayment.objects.filter(pk__in=ids, loan__isnull=False).exists():
        raise AnjuError.of("funds.moves_money", "这笔拨付动用了专户资金，不能作废。", advice="请以红冲更正。")
    LoanPayment.objects.filter(pk__in=ids).update(voided_at=timezone.now())


def _write(intake: Intake, table: str, columns: Mapping[str, str], constant: Mapping[str, pl.Expr]) -> list[int]:
    new, now = intake.new, pl.lit(timezone.now())
    ids = draw_ids(table, new.height)
    with told_clearly():
        if new.height:
            taken = {column: pl.col(field) for field, column in columns.items()}
            insert_rows(
                table,
                new.select(
                    pl.Series("id", ids, dtype=pl.Int64),
                    "region_code",
                    "origin",
                    bureau_id=pl.lit(intake.bureau_id),
                    batch_id=pl.lit(intake.batch_id, pl.Int64),
                    created_at=now,
                    updated_at=now,
                    **taken,
                    **constant,
                ),
            )
        if intake.changing.height:
            _require_history(table, intake.changing["existing"].to_list())
            changed = {column: pl.col(field) for field, column in columns.items() if field in intake.given}
            update_rows(table, intake.changing.select(id="existing", **changed), also="version = r.version + 1, updated_at = now()")
    return [*ids, *intake.changing["existing"].to_list()]


def _require_history(table: str, ids: Sequence[int]) -> None:
    live = (
        Withdrawal.objects.filter(pk__in=ids, agreement__isnull=False)
        if table == WITHDRAWALS
        else LoanPayment.objects.filter(pk__in=ids, loan__isnull=False)
    )
    if live.exists():
        raise AnjuError.of("funds.moves_money", "这笔记录动用了监管资金，不能在台账里修改。", advice="请在支取或拨付的办理页面更正。")


keep(
    Keeper(
        ledger="presale_withdrawal",
        table=WITHDRAWALS,
        columns={**_WITHDRAWAL, "state": "CASE t.state WHEN 'approved' THEN 'applied' ELSE t.state END"},
        write=write_withdrawals,
        void=void_withdrawals,
    )
)
keep(Keeper(ledger="special_loan_payment", table=PAYMENTS, columns=_PAYMENT, write=write_payments, void=void_payments))
