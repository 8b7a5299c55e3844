"""The verbs of a lease: sign it for the home that was chosen, file it. A month of a let home bars every subsidy of that month (HS-03)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.letting.planning import LET
from anju.domains.housing.models import Allocation, BenefitMonth, Lease, LettingUnit, Member, WaitlistEntry
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError


@dataclass(frozen=True, slots=True)
class Terms:
    """What a lease says beside its home (令11号第十七条). `ends_on` is the last day; `deposit` in fen."""

    lease_no: str
    starts_on: date
    ends_on: date
    deposit: int
    fittings: str


def sign(allocation: Allocation, terms: Terms, *, on: date, by: Actor, key: str | None = None) -> Lease:
    """签约: the home that was chosen, within the time for signing, for at most five years (HS-13); its months are taken (HS-03).

    Raises AnjuError `housing.signed_too_late`, `housing.lease_five_years_at_most`, `housing.one_lease_a_household`,
    `housing.one_benefit_a_month`.
    """
    with doing("sign_lease", by=by, needs=LET, key=key) as entry:
        if entry.repeated:
            return Lease.objects.get(pk=entry.data["lease"])
        row = held(Allocation, allocation.pk, by)
        if row.state != Allocation.State.ALLOCATED or row.unit_id is None:
            raise AnjuError.of(
                "housing.lease_of_its_allocation", f"配租结果是“{row.get_state_display()}”，不能签约。", where=row.allocation_no
            )
        if row.sign_until is not None and on > row.sign_until:
            raise AnjuError.of(
                "housing.signed_too_late",
                "签约期限已过。",
                where=f"{row.allocation_no} 签约截止{row.sign_until:%Y-%m-%d}",
                advice="请按放弃处理，由后面的家庭选房。",
            )
        waiting = held(WaitlistEntry, row.entry_id or 0, by)
        made = make(row, terms, on=on, by=by)
        row.state = Allocation.State.SIGNED
        row.save(update_fields=["state"])
        waiting.state, waiting.ended_on, waiting.reason = WaitlistEntry.State.SIGNED, on, "已签约"
        waiting.save(update_fields=["state", "ended_on", "reason"])
        entry.subject, entry.data = subject_of(made), {"lease": made.pk, "unit": made.unit_id}
    return made


def make(chosen: Allocation, terms: Terms, *, on: date, by: Actor, renews: Lease | None = None) -> Lease:
    """The lease and its months. Call inside an action."""
    unit = held(LettingUnit, chosen.unit_id or 0, by)
    tenant = Member.objects.get(household=chosen.household_id, relation=Member.Relation.APPLICANT, left_on=None)
    made = Lease.objects.create(
        lease_no=terms.lease_no, household_id=chosen.household_id, tenant=tenant, unit=unit, allocation=chosen, renews=renews,
        starts_on=terms.starts_on, ends_on=terms.ends_on, area=unit.area, deposit=terms.deposit, fittings=terms.fittings, signed_on=on,
        **home_of(by),
    )  # fmt: skip
    taken = set(BenefitMonth.objects.filter(household=chosen.household_id, form="let_unit").values_list("month", flat=True))
    BenefitMonth.objects.bulk_create(
        BenefitMonth(household_id=chosen.household_id, month=month, form=BenefitMonth.Form.LET_UNIT, lease_id=made.pk, **home_of(by))
        for month in months_between(terms.starts_on, terms.ends_on)
        if month not in taken
    )
    return made


def file(lease: Lease, *, on: date, by: Actor) -> Lease:
    """合同备案, within 30 days of signing as a rule (令11号第十七条); later is filed too and told on the page."""
    with doing("file_lease", by=by, needs=LET, subject=subject_of(lease)) as entry:
        row = held(Lease, lease.pk, by)
        if row.filed_on is not None:
            raise AnjuError.of("housing.lease_filed", "这份合同已备案。", where=row.lease_no)
        row.filed_on = on
        row.save(update_fields=["filed_on"])
        entry.data = {"days": (on - row.signed_on).days}
    return row


def months_between(first: date, last: date) -> Iterator[date]:
    """First days of the months from one day to another."""
    for place in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(place // 12, place % 12 + 1, 1)
