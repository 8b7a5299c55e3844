"""Re-review of a household that rents (年审, 动态复审): every year, and within fifteen working days when it got another home (HS-18)."""

from __future__ import annotations

from datetime import date

from anju.domains.housing.acting import doing, home_of, subject_of
from anju.domains.housing.letting.planning import LET
from anju.domains.housing.models import Lease, LeaseReview
from anju.kernel.access.actor import Actor
from anju.kernel.cases.actions.opening import Applicant, open_case
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Bureau

MATTER = "public_rental_review"
Cause = LeaseReview.Cause


def open_yearly(year: int, *, on: date, by: Actor) -> int:
    """Open the yearly review of every household that rents and has none for that year; how many. Asked again it opens what is missing."""
    if not on.year - 1 <= year <= on.year:
        raise AnjuError.of("housing.review_of_this_year", "年度复审只能办理今年或去年的。", where="年度")
    with doing("open_yearly_reviews", by=by, needs=LET, data={"year": year}) as entry:
        leases = (
            Lease.objects.select_for_update(of=("self",))
            .filter(bureau_id=home_of(by)["bureau_id"], state__in=Lease.LIVE, starts_on__year__lt=year + 1)
            .exclude(reviews__year=year)
            .exclude(reviews__outcome="")
            .order_by("pk")
        )
        made = [_open(lease, Cause.YEARLY, f"{year}年度复审", year, on, by) for lease in leases]
        entry.data |= {"reviews": [one.pk for one in made]}
    return len(made)


def open_for(lease: Lease, cause: str, *, evidence: str, on: date, by: Actor) -> LeaseReview | None:
    """Open a review for a cause; None when one is open already, which will find it too. `by` may be the system."""
    if cause not in Cause.values or cause == Cause.YEARLY or not evidence.strip():
        raise AnjuError.of("housing.no_evidence", "须选择复审原因并写明依据。", where="发起复审", advice="年度复审请统一发起。")
    with doing("open_review", by=by, needs="housing.view", subject=subject_of(lease), data={"cause": cause}):
        if LeaseReview.objects.filter(lease=lease, outcome="").exists():
            return None
        return _open(lease, cause, evidence, None, on, by)


def _open(lease: Lease, cause: str, evidence: str, year: int | None, on: date, by: Actor) -> LeaseReview:
    case = open_case(
        MATTER,
        applicant=Applicant(lease.tenant.name, "office"),
        subject=subject_of(lease),
        bureau=Bureau.objects.get(pk=lease.bureau_id),
        by=by,
    )
    made: LeaseReview = LeaseReview.objects.create(
        lease=lease, cause=cause, year=year, evidence=evidence[:200], opened_on=on, case_id=case.pk, region_code=lease.region_code,
        bureau_id=lease.bureau_id,
    )  # fmt: skip
    return made
