"""The verbs of renewing: asked three months before the end, or the lease ends at its term (HS-17)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from anju.domains.housing.acting import doing, held, subject_of
from anju.domains.housing.letting.planning import LET
from anju.domains.housing.models import Allocation, Lease, Renewal
from anju.domains.housing.refusals import told
from anju.domains.housing.rules.rent import renewal_is_late
from anju.domains.housing.tenancy.leasing import Terms, make
from anju.domains.housing.tenancy.leaving import end
from anju.kernel.access.actor import Actor
from anju.kernel.cases.actions.opening import Applicant, open_case
from anju.kernel.errors import AnjuError

REVIEW = "housing.review_payments"
MATTER = "public_rental_renewal"


def ask(
    lease: Lease, *, on: date, by: Actor, materials: tuple[str, ...] = (), key: str | None = None, at: datetime | None = None
) -> Renewal:
    """申请续租, and the case that carries it. A late request is kept and flagged; it cannot be granted."""
    with doing("ask_renewal", by=by, needs=LET, subject=subject_of(lease), key=key) as entry:
        if entry.repeated:
            return Renewal.objects.get(pk=entry.data["renewal"])
        row = held(Lease, lease.pk, by)
        if row.state != Lease.State.ACTIVE:
            raise told("illegal_transition", row.get_state_display())
        person = row.tenant
        case = open_case(
            MATTER,
            applicant=Applicant(person.name, "household", person.resident_id.in_full),
            subject=subject_of(row),
            materials=materials,
            by=by,
            at=at,
        )
        made = Renewal.objects.create(
            lease=row, asked_on=on, late=renewal_is_late(on, row.ends_on), case_id=case.pk, region_code=row.region_code,
            bureau_id=row.bureau_id,
        )  # fmt: skip
        entry.data = {"renewal": made.pk, "late": made.late, "case": case.pk}
    return made


def grant(renewal: Renewal, lease_no: str, *, until: date, on: date, by: Actor) -> Lease:
    """同意续租: a further lease of the same home from the day after the term; the old one ends with its term."""
    with doing("grant_renewal", by=by, needs=REVIEW, subject=f"housing_lease:{renewal.lease_id}") as entry:
        row = held(Renewal, renewal.pk, by)
        old = held(Lease, row.lease_id, by)
        row.state, row.decided_on = Renewal.State.GRANTED, on
        row.save(update_fields=["state", "decided_on"])
        end(old, old.ends_on)
        terms = Terms(lease_no, old.ends_on + timedelta(days=1), until, old.deposit, old.fittings)
        made = make(held(Allocation, old.allocation_id, by), terms, on=on, by=by, renews=old)
        entry.data = {"lease": made.pk}
    return made


def refuse(renewal: Renewal, *, reason: str, on: date, by: Actor) -> Renewal:
    """不同意续租, with the reason; the lease ends at its term."""
    if not reason.strip():
        raise AnjuError.of("housing.no_reason", "没有写理由。", where="理由", advice="写明不符合的条件。")
    with doing("refuse_renewal", by=by, needs=REVIEW, subject=f"housing_lease:{renewal.lease_id}", reason=reason):
        row = held(Renewal, renewal.pk, by)
        row.state, row.decided_on, row.reason = Renewal.State.REFUSED, on, reason
        row.save(update_fields=["state", "decided_on", "reason"])
    return row
