"""The bank's answer, taken in once: every row of the batch, to the fen (GN-03, GN-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import BankResult, Payment, PaymentBatch
from anju.domains.housing.payments import tranches
from anju.domains.housing.payments.layouts import Answer, layout_of
from anju.domains.housing.payments.sending import digest_of
from anju.domains.housing.payments.steps import SEND, move
from anju.domains.housing.refusals import told
from anju.kernel.access.actor import Actor
from anju.kernel.database.bulk import update_rows
from anju.kernel.errors import AnjuError, Problem

MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a result file names itself: who sent it, its serial, the day the bank worked on it and the layout it has."""

    source: str
    serial: str
    settled_on: date
    layout: str


def take_answer(batch: PaymentBatch, content: bytes, receipt: Receipt, *, by: Actor) -> BankResult:
    """Write the bank's answer to every row. The same file again changes nothing; another file under the same serial is refused.

    Raises AnjuError `housing.bank_serial_reused`, `housing.bank_file_unreadable`, `housing.answer_does_not_match` with every difference.
    """
    answers = layout_of(receipt.layout).answers(content)
    digest = digest_of(content)
    with doing("take_bank_answer", by=by, needs=SEND, subject=subject_of(batch)) as entry:
        row = held(PaymentBatch, batch.pk, by)
        there = BankResult.objects.filter(source=receipt.source, serial=receipt.serial).first()
        if there is not None:
            if (there.digest, there.payment_batch_id) != (digest, row.pk):
                raise AnjuError.of(
                    "housing.bank_serial_reused", "这个流水号已经用于另一份回盘文件。", where=receipt.serial, advice="请与银行核对流水号。"
                )
            entry.data = {"result": there.pk, "again": True}
            return there
        if row.state != PaymentBatch.State.SENT:
            raise told("illegal_transition", row.get_state_display())
        payments = {one.payment_no: one for one in Payment.objects.filter(payment_batch=row)}
        _require_match(payments, answers)
        result = _settle(row, payments, answers, receipt, digest, by)
        entry.data = {
            "result": result.pk, "serial": receipt.serial, "paid": result.paid, "paid_total": result.paid_total, "failed": result.failed,
            "failed_total": result.failed_total, "digest": digest,
        }  # fmt: skip
    return result


def _settle(row: PaymentBatch, payments: dict[str, Payment], answers: list[Answer], receipt: Receipt, digest: str, by: Actor) -> BankResult:
    paid = [answer for answer in answers if not answer.failure]
    failed = [answer for answer in answers if answer.failure]
    update_rows(
        "housing_payment",
        pl.DataFrame(
            {
                "id": [payments[answer.payment_no].pk for answer in answers],
                "state": ["failed" if answer.failure else "paid" for answer in answers],
                "settled_on": [receipt.settled_on] * len(answers),
                "failure": [answer.failure for answer in answers],
            }
        ),
        also="version = r.version + 1, updated_at = now()",
    )
    if row.kind in tranches.KINDS:
        tranches.settle(row, receipt.settled_on)
    result = BankResult.objects.create(
        payment_batch=row, source=receipt.source, serial=receipt.serial, digest=digest, paid=len(paid),
        paid_total=sum(answer.amount for answer in paid), failed=len(failed), failed_total=sum(answer.amount for answer in failed),
        settled_on=receipt.settled_on, received_by=by.name, **home_of(by),
    )  # fmt: skip
    state = PaymentBatch.State.PARTLY_FAILED if failed else PaymentBatch.State.PAID
    move(row, state, paid_total=result.paid_total)
    return result


def _require_match(payments: dict[str, Payment], answers: list[Answer]) -> None:
    problems: list[Problem] = []
    seen: set[str] = set()
    for answer in answers:
        known = payments.get(answer.payment_no)
        if known is None:
            problems.append(_problem(answer.payment_no, "不在这个批次中。"))
        elif answer.payment_no in seen:
            problems.append(_problem(answer.payment_no, "在文件中出现两次。"))
        elif known.amount != answer.amount:
            problems.append(_problem(answer.payment_no, f"金额 {answer.amount / 100:,.2f} 元，应为 {known.amount / 100:,.2f} 元。"))
        seen.add(answer.payment_no)
    missing = sorted(set(payments) - seen)
    problems += [_problem(number, "银行没有答复。") for number in missing]
    if problems:
        more = [_problem("", f"还有{len(problems) - MOST_TOLD}处不符。")] if len(problems) > MOST_TOLD else []
        raise AnjuError([*problems[:MOST_TOLD], *more])


def _problem(where: str, what: str) -> Problem:
    return Problem("housing.answer_does_not_match", where, what, "什么都没有改动。请与银行核对后重新回盘。")
