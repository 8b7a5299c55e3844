"""Whether a household may have, or keep, a public rental home: the rule of the day with what the reviewer found, kept as a decision."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from anju.domains.housing.households.actions import set_tier
from anju.domains.housing.models import Decision, Household, TierPeriod
from anju.domains.housing.rules.from_basis import letting_terms
from anju.domains.housing.rules.public_rental import public_rental
from anju.domains.housing.rules.words import TIER_CODES
from anju.domains.housing.subsidies.deciding import About, inputs_on, keep_decision
from anju.kernel.access.actor import Actor
from anju.kernel.parameters.basis import Basis
from anju.kernel.rules.judging import Judgement, judge
from anju.kernel.rules.rule import Rule

SUBJECT = "public_rental"


def qualify(
    household: Household, found: Mapping[str, Any], *, on: date, by: Actor, case_id: int | None = None, kind: str = Decision.Kind.FIRST
) -> tuple[Decision, Judgement]:
    """Judge and keep. `found`: what the step wrote, `tier` (a code of the books) and `insured` (months). Raises AnjuError (GN-01)."""
    rule, inputs, basis = _question(household, found, on, by.region_code)
    head = household.members.filter(relation="applicant", left_on=None).values_list("name", flat=True).first() or ""
    about = About(SUBJECT, household.household_no, head, household, case_id, kind)
    return keep_decision(rule, inputs, basis, about, on=on, by=by)


def as_it_stands(household: Household, *, on: date, region_code: str) -> tuple[Rule, Judgement]:
    """What the rule would say today of what is on record, without keeping it: for the reviewer's eyes."""
    rule, inputs, _basis = _question(household, {}, on, region_code)
    return rule, judge(rule, inputs)


def settle_tier(household: Household, code: str, *, basis: str, on: date, by: Actor) -> None:
    """The tier that was found holds from this month on; nothing is written when it is the one on record."""
    tier = TIER_CODES[code]
    if not TierPeriod.objects.filter(household=household, to_month=None, tier=tier).exists():
        set_tier(household, tier, from_month=on.replace(day=1), basis=basis, by=by)


def _question(household: Household, found: Mapping[str, Any], on: date, region_code: str) -> tuple[Rule, dict[str, Any], Basis]:
    basis = Basis.on(on, region_code)
    inputs = inputs_on(household, on, lookback_years=basis.integer("housing.means.transfer_lookback"))
    inputs["insured"] = found.get("insured")
    if found.get("tier"):
        inputs["tier"] = TIER_CODES[found["tier"]]
    return public_rental(letting_terms(basis)), inputs, basis
