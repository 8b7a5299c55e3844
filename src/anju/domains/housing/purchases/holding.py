"""The verbs of a purchase subsidy that was granted: where it is paid to, the re-check of a later part, and its return (RB-12, RB-13)."""

from __future__ import annotations

from datetime import date

from anju.domains.housing.acting import doing, held, subject_of
from anju.domains.housing.models import PurchaseSubsidy, Tranche
from anju.domains.housing.refusals import told
from anju.kernel.access.actor import Actor
from anju.kernel.codes import bank_account
from anju.kernel.errors import AnjuError

EDIT, REVIEW = "housing.edit", "housing.review_payments"
State = PurchaseSubsidy.State


def set_account(row: PurchaseSubsidy, number: str, *, bank: str, by: Actor) -> None:
    """The account of the applicant the parts are paid to (RB-14). Raises AnjuError `housing.no_account`, `housing.bad_account`."""
    if not number.strip() or not bank.strip():
        raise AnjuError.of("housing.no_account", "没有写账号或开户银行。", where="收款账户", advice="收款人须是申请人本人。")
    plain = bank_account.normalise(number)
    fault = bank_account.fault(plain, bank_account.AccountKind.PASSBOOK)
    if fault is not None and fault.certain:
        raise AnjuError.of("housing.bad_account", fault.what, where="收款账号", advice=fault.advice)
    with doing("set_purchase_account", by=by, needs=EDIT, subject=subject_of(row)):
        own = held(PurchaseSubsidy, row.pk, by)
        own.account, own.bank = plain, bank.strip()
        own.version += 1
        own.save(update_fields=["account", "bank", "version"])


def recheck(tranche: Tranche, *, fit: bool, reason: str, on: date, by: Actor) -> None:
    """复核 of a part before it is paid: payable, or stopped with a reason. The parts before it come first (RB-12)."""
    if not fit and not reason.strip():
        raise AnjuError.of("housing.no_reason", "没有写理由。", where="理由", advice="写明不再符合的条件，停发须告知本人。")
    with doing("recheck_tranche", by=by, needs=REVIEW, subject=f"housing_purchasesubsidy:{tranche.purchase_id}", reason=reason) as entry:
        row = held(Tranche, tranche.pk, by)
        if row.state not in (Tranche.State.PENDING, Tranche.State.PAYABLE) or row.payment_id is not None:
            raise told("illegal_transition", row.get_state_display())
        row.state = Tranche.State.PAYABLE if fit else Tranche.State.STOPPED
        row.rechecked_on, row.reason = on, reason
        row.save(update_fields=["state", "rechecked_on", "reason"])
        entry.data = {"ordinal": row.ordinal, "state": row.state}


def give_back(row: PurchaseSubsidy, *, receipt: str, on: date, by: Actor) -> int:
    """退还: everything that was paid has come back, by receipt; what is not paid yet is stopped, and the contract may be cancelled.

    Returns what came back in fen. Raises AnjuError `housing.nothing_to_return`.
    """
    if not receipt.strip():
        raise AnjuError.of("housing.no_receipt", "没有写退还凭证。", where="退还凭证", advice="写明缴款书或银行回单的号码。")
    with doing("return_purchase_subsidy", by=by, needs=REVIEW, subject=subject_of(row), reason=receipt) as entry:
        own = held(PurchaseSubsidy, row.pk, by)
        if own.state != State.PAID or own.returned_on is not None:
            raise AnjuError.of("housing.nothing_to_return", "没有发放过，或已经退还。", where=own.application_no)
        parts = list(Tranche.objects.select_for_update().filter(purchase=own))
        if any(part.payment_id is not None and part.state != Tranche.State.PAID for part in parts):
            raise AnjuError.of(
                "housing.payment_under_way", "有一期正在发放批次中。", where=own.application_no, advice="请先移出批次，或等银行答复。"
            )
        for part in parts:
            if part.state in (Tranche.State.PENDING, Tranche.State.PAYABLE):
                part.state, part.reason = Tranche.State.STOPPED, "补贴已退还"
                part.save(update_fields=["state", "reason"])
        total = sum(part.amount for part in parts if part.state == Tranche.State.PAID)
        own.returned_on, own.return_receipt = on, receipt.strip()
        own.version += 1
        own.save(update_fields=["returned_on", "return_receipt", "version"])
        entry.data = {"returned": total}
    return total
