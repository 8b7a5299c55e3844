"""Batches of purchase subsidies: each row pays one part of one person's subsidy, never a month (RB-12)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import polars as pl
from django.db.models import Q

from anju.domains.housing.acting import doing, home_of, subject_of
from anju.domains.housing.models import Payment, PaymentBatch, PurchaseSubsidy, Tranche
from anju.domains.housing.payments.drafting import DRAFT, PAYMENT, months_of, new_batch
from anju.kernel.access.actor import Actor
from anju.kernel.crypto.fields import sealed
from anju.kernel.database.bulk import draw_ids, insert_rows
from anju.kernel.errors import AnjuError

KINDS = (PaymentBatch.Kind.TALENT, PaymentBatch.Kind.REWARD)
GRANTED = (PurchaseSubsidy.State.APPROVED, PurchaseSubsidy.State.PAID)
State = Tranche.State


def draft_purchases(kind: str, period: str, *, by: Actor, key: str | None = None) -> PaymentBatch:
    """A batch of every part that is due by the end of the period and may be paid: a first part, or one that was re-checked.

    Who has no account yet is left out and stays due. Raises AnjuError `housing.nothing_to_pay`, `housing.no_budget`.
    """
    last = months_of(period)[-1]
    with doing("draft_batch", by=by, needs=DRAFT, key=key) as entry:
        if entry.repeated:
            return PaymentBatch.objects.get(pk=entry.data["batch"])
        parts = due(kind, last.replace(day=monthrange(last.year, last.month)[1]), by)
        ready = [part for part in parts if part.purchase.account is not None]
        if not ready:
            left = f"，{len(parts)}人没有收款账户" if parts else ""
            advice = "请登记收款账户，第二期以后先复核。"
            raise AnjuError.of("housing.nothing_to_pay", f"{period}没有可以发放的分期{left}。", where=period, advice=advice)
        batch = new_batch(kind, period, by=by)
        enter(batch, ready)
        entry.subject = subject_of(batch)
        entry.data = {"batch": batch.pk, "rows": len(ready), "period": period, "without_account": len(parts) - len(ready)}
    return batch


def due(kind: str, last: date, by: Actor) -> list[Tranche]:
    """Parts of granted, unreturned subsidies that are due and in no batch, locked."""
    payable = Q(state=State.PAYABLE) | Q(state=State.PENDING, ordinal=1)
    rows = Tranche.objects.select_for_update(of=("self",)).filter(
        payable, bureau_id=home_of(by)["bureau_id"], purchase__kind=kind, purchase__state__in=GRANTED, purchase__returned_on=None,
        purchase__voided_at=None, due_on__lte=last, payment=None, amount__gt=0,
    )  # fmt: skip
    # Parts of former years' books are paid where the books say so.
    return list(rows.filter(purchase__case_id__isnull=False).select_related("purchase").order_by("due_on", "pk"))


def enter(batch: PaymentBatch, parts: list[Tranche], *, again: dict[int, int] | None = None) -> None:
    """A row for each part. `again`: the failed payment a part is paid again for, by part."""
    ids = draw_ids(PAYMENT, len(parts))
    people = [part.purchase for part in parts]
    numbers = [one.account.in_full if one.account else None for one in people]
    insert_rows(
        PAYMENT,
        pl.DataFrame(
            {
                "id": ids,
                "payment_no": [f"{batch.batch_no}-{place:06d}" for place in range(1, len(parts) + 1)],
                "head": [one.applicant for one in people],
                "resident_id": _cells("resident_id", [one.resident_id.in_full for one in people]),
                "account": _cells("account", numbers),
                "bank": [one.bank for one in people],
                "amount": [part.amount for part in parts],
                "reissue_of_id": [None if again is None else again[part.pk] for part in parts],
                "remark": [f"第{part.ordinal}期" if again is None else f"补发第{part.ordinal}期" for part in parts],
                "region_code": [part.region_code for part in parts],
            },
            schema_overrides={"reissue_of_id": pl.Int64(), "account": pl.String()},
        ).with_columns(kind=pl.lit(batch.kind), payment_batch_id=pl.lit(batch.pk), bureau_id=pl.lit(batch.bureau_id)),
    )
    for part, number in zip(parts, ids, strict=True):
        part.state, part.payment_id = State.PAYABLE, number
        part.save(update_fields=["state", "payment"])


def enter_again(fresh: PaymentBatch, failed: list[Payment]) -> None:
    """Failed rows once more, to the account the person has now."""
    parts = list(Tranche.objects.select_for_update(of=("self",)).filter(payment__in=failed).select_related("purchase").order_by("pk"))
    enter(fresh, parts, again={part.pk: part.payment_id or 0 for part in parts})


def settle(batch: PaymentBatch, on: date) -> None:
    """Parts the bank has paid, and their subsidies, are paid. Call inside the action that takes its answer."""
    for part in Tranche.objects.select_for_update(of=("self",)).filter(payment__payment_batch=batch, payment__state=Payment.State.PAID):
        part.state, part.paid_on = State.PAID, on
        part.save(update_fields=["state", "paid_on"])
        own = PurchaseSubsidy.objects.select_for_update().get(pk=part.purchase_id)
        if own.state == PurchaseSubsidy.State.APPROVED:
            own.state, own.paid_on = PurchaseSubsidy.State.PAID, on
            own.version += 1
            own.save(update_fields=["state", "paid_on", "version"])


def _cells(name: str, values: list[str | None]) -> list[str | None]:
    return ["\\x" + cell.hex() if cell else None for cell in sealed(Payment, name, values)]
