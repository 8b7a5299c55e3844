"""进城购房奖励 from the claim on: bought inside the window of one policy document, claimed in time, paid later (RB-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from anju.domains.housing.acting import doing, home_of, subject_of
from anju.domains.housing.models import PurchaseSubsidy, Tranche
from anju.domains.housing.purchases.claiming import claim_of, follow, subsidised_before
from anju.domains.housing.rules.from_basis import reward_policy
from anju.domains.housing.rules.purchase_reward import purchase_reward
from anju.domains.housing.subsidies.deciding import About, keep_decision, require_granted
from anju.kernel.access.actor import Actor
from anju.kernel.cases.actions.opening import Applicant, open_case
from anju.kernel.cases.hooks import Attempt, guard, on
from anju.kernel.parameters.basis import Basis

MATTER = "purchase_reward_claim"


@dataclass(frozen=True, slots=True)
class Purchase:
    """What the buyer claims. `bought_on`: whichever day of the purchase the policy names; `area` in ㎡, `deed_tax` in fen."""

    name: str
    resident_id: str
    contract_no: str
    policy: str
    bought_on: date
    area: Decimal
    deed_tax: int | None = None
    household_no: str = ""


def claim_reward(
    claim: Purchase, *, on: date, by: Actor, materials: tuple[str, ...] = (), key: str | None = None, at: datetime | None = None
) -> PurchaseSubsidy:
    """Receive a claim. The policy must be one the region publishes; one per person and home (RB-10). `follow_code` follows it.

    Raises AnjuError `housing.no_such_policy`, `parameters.not_found`, `housing.one_purchase_subsidy_per_person`.
    """
    with doing("claim_purchase_reward", by=by, needs="housing.edit", key=key) as entry:
        if entry.repeated:
            return PurchaseSubsidy.objects.get(pk=entry.data["purchase"])
        reward_policy(Basis.on(on, by.region_code), claim.policy)
        case = open_case(MATTER, applicant=Applicant(claim.name, "person", claim.resident_id), materials=materials, by=by, at=at)
        row = PurchaseSubsidy.objects.create(
            kind=PurchaseSubsidy.Kind.REWARD, application_no=case.number, policy=claim.policy, applicant=claim.name,
            resident_id=claim.resident_id, contract_no=claim.contract_no, bought_on=claim.bought_on, area=claim.area,
            deed_tax=claim.deed_tax, household_no=claim.household_no, amount=0, applied_on=on, state=PurchaseSubsidy.State.REVIEWING,
            case_id=case.pk, **home_of(by),
        )  # fmt: skip
        entry.subject, entry.data = subject_of(row), {"purchase": row.pk, "case": case.pk}
    row.follow_code = case.follow_code
    return row


def entitled(attempt: Attempt) -> None:
    """复审同意 only what the policy grants, with the rule of its document; the claim joins a batch (批次)."""
    row = claim_of(attempt.case.pk)
    basis = Basis.on(attempt.on, attempt.by.region_code)
    inputs: dict[str, Any] = {
        "bought_on": row.bought_on,
        "claimed_on": row.applied_on,
        "eligible_buyer": bool(attempt.data.get("eligible_buyer")),
        "eligible_home": bool(attempt.data.get("eligible_home")),
        "rewarded_before": subsidised_before(row),
        "area": None if row.area is None else int(row.area * 100),
        "deed_tax": row.deed_tax,
    }
    about = About("purchase_reward", row.application_no, row.applicant, case_id=attempt.case.pk)
    rule = purchase_reward(reward_policy(basis, row.policy))
    decision, found = keep_decision(rule, inputs, basis, about, on=attempt.on, by=attempt.by)
    require_granted(decision, found)
    row.amount, row.round = decision.amount or 0, int(attempt.data["batch"])
    row.save(update_fields=["amount", "round"])
    Tranche.objects.create(
        purchase=row, ordinal=1, amount=row.amount, due_on=attempt.on, region_code=row.region_code, bureau_id=row.bureau_id
    )


def register() -> None:
    """Hang the above on the matter."""
    guard(MATTER, step="second_review")(entitled)
    on(MATTER, "completed", "refused", "not_accepted", "withdrawn", "terminated")(follow)
