"""The steps of a batch: review, approve, send back, cancel, close. Each is an action of one person; the database checks it again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Sum

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import BenefitMonth, Budget, Payment, PaymentBatch, Tranche
from anju.domains.housing.refusals import told
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError

DRAFT, REVIEW, APPROVE, SEND = (f"housing.{what}_payments" for what in ("draft", "review", "approve", "send"))
State = PaymentBatch.State


def set_budget(kind: str, year: int, amount: int, *, document: str, by: Actor) -> Budget:
    """The money of a programme for a year, in fen, by document; a change keeps what is approved within it."""
    if not document.strip() or amount < 0:
        raise AnjuError.of("housing.bad_budget", "预算须有金额和文号。", where="预算", advice="例如 示例财社〔2023〕5号。")
    with doing("set_budget", by=by, needs=APPROVE, data={"kind": kind, "year": year, "amount": amount, "document": document}) as entry:
        budget = Budget.objects.select_for_update().filter(kind=kind, year=year, bureau_id=home_of(by)["bureau_id"]).first()
        budget = budget or Budget(kind=kind, year=year, **home_of(by))
        if budget.pk and committed(budget) > amount:
            raise AnjuError.of("housing.batch_within_budget", "预算少于已批准的批次之和。", where="预算", advice="请核对金额。")
        budget.amount, budget.document = amount, document
        budget.save()
        entry.subject = subject_of(budget)
    return budget


def committed(budget: Budget) -> int:
    """What approved and later batches take of a budget, in fen: what was paid once the bank has answered."""
    batches = PaymentBatch.objects.filter(budget=budget).exclude(state__in=(State.DRAFT, State.REVIEWED, State.CANCELLED))
    return sum(one.total or 0 if one.paid_total is None else one.paid_total for one in batches)


def review(batch: PaymentBatch, *, by: Actor) -> PaymentBatch:
    """复核: somebody who did not draft it fixes number and sum (GN-03, GN-05)."""
    with doing("review_batch", by=by, needs=REVIEW, subject=subject_of(batch)) as entry:
        row = held(PaymentBatch, batch.pk, by)
        counted = Payment.objects.filter(payment_batch=row).aggregate(rows=Count("pk"), total=Sum("amount"))
        if not counted["rows"]:
            raise AnjuError.of("housing.empty_batch", "批次中没有发放行。", where=row.batch_no, advice="请撤销这个批次。")
        entry.data = {"rows": counted["rows"], "total": counted["total"]}
        return move(row, State.REVIEWED, reviewed_by=by.staff_id or 0, **counted)


def approve(batch: PaymentBatch, *, on: date, by: Actor, late_reason: str = "") -> PaymentBatch:
    """批准: within the budget (RB-09); after 25 December only with a reason (RB-08)."""
    with doing("approve_batch", by=by, needs=APPROVE, subject=subject_of(batch), reason=late_reason) as entry:
        row = held(PaymentBatch, batch.pk, by)
        entry.data = {"rows": row.rows, "total": row.total}
        return move(row, State.APPROVED, approved_by=by.staff_id or 0, approved_on=on, late_reason=late_reason)


def send_back(batch: PaymentBatch, *, reason: str, by: Actor) -> PaymentBatch:
    """退回编制: before it has gone to the bank."""
    _require(reason)
    if not (by.may(REVIEW) or by.may(APPROVE)):
        by.require(REVIEW)
    with doing("send_back_batch", by=by, needs="housing.view", subject=subject_of(batch), reason=reason):
        row = held(PaymentBatch, batch.pk, by)
        return move(row, State.DRAFT, reviewed_by=None, approved_by=None, approved_on=None, rows=None, total=None, late_reason="")


def cancel(batch: PaymentBatch, *, reason: str, by: Actor) -> PaymentBatch:
    """撤销: a draft and every row in it; their months are free again."""
    _require(reason)
    with doing("cancel_batch", by=by, needs=DRAFT, subject=subject_of(batch), reason=reason) as entry:
        row = held(PaymentBatch, batch.pk, by)
        if row.state != State.DRAFT:
            raise told("illegal_transition")
        rows = Payment.objects.filter(payment_batch=row)
        entry.data = {"rows": rows.count()}
        BenefitMonth.objects.filter(payment__payment_batch=row).delete()
        for part in Tranche.objects.filter(payment__payment_batch=row).select_related("payment"):
            part.payment_id = part.payment.reissue_of_id if part.payment else None
            part.save(update_fields=["payment"])
        rows.delete()
        return move(row, State.CANCELLED)


def close(batch: PaymentBatch, *, by: Actor, reason: str = "") -> PaymentBatch:
    """办结: every failed row is paid again by a supplementary batch, or the reason says why not."""
    with doing("close_batch", by=by, needs=SEND, subject=subject_of(batch), reason=reason):
        return move(held(PaymentBatch, batch.pk, by), State.CLOSED, close_reason=reason)


def move(row: PaymentBatch, state: str, **changes: Any) -> PaymentBatch:
    """The batch in its next state. The table of transitions is the database's; being there already is refused here."""
    if row.state == state:
        raise told("illegal_transition", row.get_state_display())
    for name, value in changes.items():
        setattr(row, name, value)
    row.state = state
    row.version += 1
    row.save(update_fields=[*changes, "state", "version"])
    return row


def _require(reason: str) -> None:
    if not reason.strip():
        raise AnjuError.of("housing.no_reason", "没有写理由。", where="理由", advice="写明依据，理由随动作留痕。")
