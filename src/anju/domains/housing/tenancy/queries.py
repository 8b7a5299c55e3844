"""Reads of tenancies that pages use, within a scope."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from anju.domains.housing.models import Allocation, ExitGround, Lease, LettingUnit, RentBill
from anju.domains.housing.tenancy.leaving import EXIT
from anju.kernel.access.scope import Scope
from anju.kernel.cases.models import Case
from anju.kernel.errors import AnjuError


def leases(scope: Scope, *, state: str = "") -> QuerySet[Lease]:
    """Leases, the newest first."""
    rows = scope.narrow(Lease.objects.select_related("unit", "tenant", "household")).order_by("-pk")
    return rows.filter(state=state) if state else rows


def lease_of(number: int, scope: Scope) -> Lease:
    """One lease. Raises AnjuError `housing.no_such_row`."""
    found = leases(scope).filter(pk=number).first()
    if found is None:
        raise AnjuError.of("housing.no_such_row", "没有这份租约。", advice="它可能不在本人的数据范围内。")
    return found


def exchanged(lease: Lease) -> bool:
    """Whether the household took another home for this one: its deposit went with it."""
    return Allocation.objects.filter(former=lease.allocation_id).exists()


def vacant_homes(scope: Scope) -> QuerySet[LettingUnit]:
    """Homes nobody rents and no open round offers, by estate."""
    rows = scope.narrow(LettingUnit.objects.filter(state=LettingUnit.State.VACANT, voided_at=None))
    return rows.exclude(rounds__open=True).order_by("estate", "building", "room")


def exits_of(lease: Lease) -> list[Case]:
    """The cases of leaving of a lease, newest first."""
    return list(Case.objects.filter(matter=EXIT, subject=f"{Lease._meta.db_table}:{lease.pk}").order_by("-pk")[:12])


def bills_of(lease: Lease) -> QuerySet[RentBill]:
    """Bills with what was paid of each (`paid`, fen), the newest month first."""
    return RentBill.objects.filter(lease=lease).annotate(paid=Coalesce(Sum("shares__amount"), 0)).order_by("-month", "-pk")


def owing(scope: Scope, today: date) -> list[dict[str, Any]]:
    """Live leases with rent that is due and not paid: months and fen, most months first."""
    due = scope.narrow(RentBill.objects.filter(due_on__lt=today, lease__state__in=Lease.LIVE))
    due = due.annotate(paid=Coalesce(Sum("shares__amount"), 0)).filter(paid__lt=F("amount"))
    found: dict[int, dict[str, Any]] = {}
    for bill in due.select_related("lease__tenant", "lease__unit"):
        one = found.setdefault(bill.lease_id, {"lease": bill.lease, "months": 0, "left": 0})
        one["months"] += bill.paid == 0 and bill.rate != RentBill.Rate.BACK
        one["left"] += bill.amount - bill.paid
    return sorted(found.values(), key=lambda one: (-one["months"], -one["left"]))


def open_grounds(scope: Scope) -> QuerySet[ExitGround]:
    """Grounds to give a home back that stand, of tenants who have not been told yet."""
    rows = scope.narrow(ExitGround.objects.filter(lifted_on=None, lease__state=Lease.State.ACTIVE))
    return rows.select_related("lease__tenant", "lease__unit").order_by("found_on", "pk")


def months_billed(scope: Scope) -> list[dict[str, Any]]:
    """The last twelve months that were billed: bills, fen asked and fen paid."""
    rows = (
        scope.narrow(RentBill.objects.all())
        .values("month")
        .annotate(bills=Count("pk", distinct=True), asked=Sum("amount"))
        .order_by("-month")[:12]
    )
    found = list(rows)
    paid = dict(
        scope.narrow(RentBill.objects.filter(month__in=[row["month"] for row in found]))
        .values_list("month")
        .annotate(paid=Coalesce(Sum("shares__amount", filter=Q(shares__isnull=False)), 0))
    )
    return [{**row, "paid": paid.get(row["month"], 0)} for row in found]
