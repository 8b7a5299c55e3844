"""The verbs of paying rent: the oldest bill first, never more than is owed, one at a time."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from anju.domains.housing.acting import doing, held, home_of, settle, subject_of
from anju.domains.housing.letting.planning import LET
from anju.domains.housing.models import Lease, RentBill, RentReceipt, RentShare
from anju.domains.housing.tenancy.leaving import note_arrears
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError


def take(lease: Lease, amount: int, *, receipt_no: str, on: date, by: Actor, way: str = "窗口缴款", key: str | None = None) -> RentReceipt:
    """收缴租金 in fen, given to the open bills from the oldest on.

    Raises AnjuError `housing.more_than_owed`, `housing.rent_receipt_no_once`.
    """
    with doing("take_rent", by=by, needs=LET, key=key) as entry:
        if entry.repeated:
            return RentReceipt.objects.get(pk=entry.data["receipt"])
        row = held(Lease, lease.pk, by)
        bills = owed(row)
        if not receipt_no.strip() or amount <= 0:
            raise AnjuError.of("housing.rent_receipt_has_money", "缴款须有票据号和金额。", where=row.lease_no)
        if amount > sum(left for _, left in bills):
            raise AnjuError.of(
                "housing.more_than_owed",
                f"缴款多于欠缴租金{sum(left for _, left in bills) / 100:.2f}元。",
                where=row.lease_no,
                advice="请核对金额，或先出账。",
            )
        made = RentReceipt.objects.create(
            lease=row, receipt_no=receipt_no.strip(), paid_on=on, amount=amount, way=way, taken_by=by.name, **home_of(by)
        )
        rest = amount
        for bill, left in bills:
            part = min(rest, left)
            if part == 0:
                break
            RentShare.objects.create(receipt=made, bill=bill, amount=part, **home_of(by))
            rest -= part
        settle("share_pays", "receipt_shared")
        note_arrears(row, on)
        entry.subject, entry.data = subject_of(row), {"receipt": made.pk, "amount": amount}
    return made


def owed(lease: Lease) -> list[tuple[RentBill, int]]:
    """Open bills, the oldest first, with what is left of each in fen."""
    rows = RentBill.objects.filter(lease=lease).annotate(paid=Coalesce(Sum("shares__amount"), 0)).filter(paid__lt=F("amount"))
    return [(row, row.amount - row.paid) for row in rows.order_by("month", "pk")]
