"""人才购房补贴 from the claim to its tranches; what its case decides happens to it here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from anju.domains.housing.acting import as_day, doing, home_of, subject_of
from anju.domains.housing.models import PurchaseSubsidy, Tranche
from anju.domains.housing.refusals import told_clearly
from anju.domains.housing.rules.from_basis import talent_terms
from anju.domains.housing.rules.talent import talent_purchase, tranches_of
from anju.domains.housing.rules.words import DEGREE_CODES
from anju.domains.housing.subsidies.deciding import About, keep_decision, require_granted
from anju.kernel.access.actor import Actor
from anju.kernel.cases.actions.opening import Applicant, open_case
from anju.kernel.cases.hooks import Attempt, Happening, guard, on
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis
from anju.kernel.rules.scalar import months_later

MATTER = "talent_purchase_subsidy"
FLAGS = ("full_time", "works_here", "first_home", "contract_filed", "tax_paid")


@dataclass(frozen=True, slots=True)
class Claim:
    """What the applicant claims. `policy`: the document it is claimed under."""

    name: str
    resident_id: str
    degree: str
    contract_no: str
    policy: str
    employer: str = ""


def claim_talent_subsidy(
    claim: Claim, *, on: date, by: Actor, materials: tuple[str, ...] = (), key: str | None = None, at: datetime | None = None
) -> PurchaseSubsidy:
    """Receive a claim. One per person and per home for the life of a policy (RB-10). The code to follow it with is `follow_code`."""
    with doing("claim_talent_subsidy", by=by, needs="housing.edit", key=key) as entry:
        if entry.repeated:
            return PurchaseSubsidy.objects.get(pk=entry.data["purchase"])
        case = open_case(MATTER, applicant=Applicant(claim.name, "person", claim.resident_id), materials=materials, by=by, at=at)
        row = PurchaseSubsidy.objects.create(
            application_no=case.number, policy=claim.policy, applicant=claim.name, resident_id=claim.resident_id, employer=claim.employer,
            degree=claim.degree, contract_no=claim.contract_no, amount=0, applied_on=on, state=PurchaseSubsidy.State.REVIEWING,
            case_id=case.pk, **home_of(by),
        )  # fmt: skip
        entry.subject, entry.data = subject_of(row), {"purchase": row.pk, "case": case.pk}
    row.follow_code = case.follow_code
    return row


def entitled(attempt: Attempt) -> None:
    """复审同意 only what the rule grants; the sum and its tranches are fixed by the parameters of that day."""
    row = claim_of(attempt.case.pk)
    basis = Basis.on(attempt.on, attempt.by.region_code)
    terms = talent_terms(basis)
    inputs: dict[str, Any] = {name: bool(attempt.data.get(name)) for name in FLAGS}
    inputs |= {name: as_day(attempt.data.get(name)) for name in ("signed_on", "began_on")}
    inputs |= {"degree": DEGREE_CODES.get(row.degree), "subsidised_before": subsidised_before(row)}
    about = About("talent_purchase", row.application_no, row.applicant, case_id=attempt.case.pk)
    decision, found = keep_decision(talent_purchase(terms), inputs, basis, about, on=attempt.on, by=attempt.by)
    require_granted(decision, found)
    row.amount = decision.amount or 0
    row.save(update_fields=["amount"])
    Tranche.objects.bulk_create(
        Tranche(
            purchase=row, ordinal=place, amount=amount, due_on=_years_later(attempt.on, place - 1), region_code=row.region_code,
            bureau_id=row.bureau_id,
        )
        for place, amount in enumerate(tranches_of(row.amount, terms.tranches), start=1)
    )  # fmt: skip


def subsidised_before(row: PurchaseSubsidy) -> bool:
    """Whether the person or the home has a subsidy under the same policy that was not returned (RB-10)."""
    others = PurchaseSubsidy.objects.filter(policy=row.policy, state__in=("approved", "paid"), returned_on=None).exclude(pk=row.pk)
    return others.filter(resident_id_index=row.resident_id_index).exists() or others.filter(contract_no=row.contract_no).exists()


def follow(happening: Happening) -> None:
    """The claim follows its case."""
    row = claim_of(happening.case.pk)
    granted = happening.event == "completed"
    row.state = PurchaseSubsidy.State.APPROVED if granted else PurchaseSubsidy.State.REFUSED
    row.approved_on = happening.on if granted else None
    row.version += 1
    with told_clearly():
        row.save(update_fields=["state", "approved_on", "version"])


def register() -> None:
    """Hang the above on the matter."""
    guard(MATTER, step="second_review")(entitled)
    on(MATTER, "completed", "refused", "not_accepted", "withdrawn", "terminated")(follow)


def claim_of(case_id: int) -> PurchaseSubsidy:
    """The claim a case carries, locked. Raises AnjuError `housing.no_application`."""
    row = PurchaseSubsidy.objects.select_for_update(of=("self",)).filter(case_id=case_id).first()
    if row is None:
        raise AnjuError.of("housing.no_application", "这个办件没有补贴申请登记。", advice="请从收件页面提出申请。")
    return row


def _years_later(day: date, years: int) -> date:
    return date.fromordinal(months_later(day.toordinal(), 12 * years) or day.toordinal())
