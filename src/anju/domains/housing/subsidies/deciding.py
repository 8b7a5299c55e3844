"""The decision on one household's rent subsidy: by the rule and parameters of the day, kept with both, computed again from them (GN-02)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from anju.domains.housing.acting import doing, home_of, subject_of
from anju.domains.housing.models import Asset, Decision, Holding, Household, Income, Member, Sanction, TierPeriod
from anju.domains.housing.rules.from_basis import rent_terms
from anju.domains.housing.rules.holdings import Holding as Home
from anju.domains.housing.rules.holdings import owned_area
from anju.domains.housing.rules.rent_subsidy import rent_eligibility
from anju.domains.housing.subsidies.rule_versions import keep_version, rule_of
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis
from anju.kernel.rules.judging import Judgement, Verdict, judge, stored
from anju.kernel.rules.rule import Rule

EDIT = "housing.edit"


@dataclass(frozen=True, slots=True)
class About:
    """What a decision is about: the rule's area, who it names, and the household and case if there are any."""

    subject: str
    number: str
    name: str
    household: Household | None = None
    case_id: int | None = None
    kind: str = Decision.Kind.FIRST


def keep_decision(rule: Rule, inputs: Mapping[str, Any], basis: Basis, about: About, *, on: date, by: Actor) -> tuple[Decision, Judgement]:
    """Judge and keep the decision with its rule, inputs and parameter versions. Unknown is kept as such: it is no pass."""
    with doing(f"decide_{about.subject}", by=by, needs=EDIT) as entry:
        found = judge(rule, inputs)
        decision = Decision.objects.create(
            decision_no=f"SH{on:%Y%m%d}-{entry.number}",
            subject=about.subject,
            kind=about.kind,
            household=about.household,
            household_no=about.number[:60],
            head=about.name[:60],
            rule=keep_version(rule),
            inputs=stored(rule, inputs),
            basis=basis.as_data(),
            verdict=int(found.verdict),
            amount=found.amount,
            reason_code=",".join(found.failed)[:60],
            reason="；".join(found.reasons)[:500],
            decided_on=on,
            decided_by=by.name,
            case_id=about.case_id,
            **home_of(by),
        )
        entry.subject, entry.data = subject_of(decision), {"decision": decision.pk, "verdict": decision.verdict, "amount": decision.amount}
    return decision, found


def decide_rent_subsidy(
    household: Household, month_rent: int, *, on: date, by: Actor, case_id: int | None = None
) -> tuple[Decision, Judgement]:
    """Judge a household's rent subsidy on a day. Raises AnjuError `parameters.not_found` (GN-01)."""
    basis = Basis.on(on, by.region_code)
    rule = rent_eligibility(rent_terms(basis))
    inputs = inputs_on(household, on, lookback_years=basis.integer("housing.means.transfer_lookback")) | {"month_rent": month_rent}
    head = household.members.filter(relation="applicant", left_on=None).values_list("name", flat=True).first() or ""
    about = About("rent_subsidy", household.household_no, head, household, case_id)
    return keep_decision(rule, inputs, basis, about, on=on, by=by)


def recompute(decision: Decision) -> Judgement:
    """The decision computed again from its own rule and inputs. Raises AnjuError `housing.not_recomputable` for a former book's."""
    if decision.rule is None:
        raise AnjuError.of("housing.not_recomputable", "导入的历史审核没有存规则和依据，不能重算。", where=decision.decision_no)
    return judge(rule_of(decision.rule), decision.inputs)


def require_granted(decision: Decision, found: Judgement) -> None:
    """Raise AnjuError unless the household is entitled: with every reason, or with what has to be found out first."""
    if found.verdict is Verdict.GRANTED:
        return
    if found.verdict is Verdict.UNKNOWN:
        raise AnjuError.of("housing.not_known_yet", f"还不能判定，须查明：{'、'.join(found.missing)}。", advice="请补齐核查结果后再办。")
    raise AnjuError.of("housing.not_entitled", f"不符合条件：{decision.reason}。", advice="请按“不予通过”办理并告知理由。")


def inputs_on(household: Household, on: date, *, lookback_years: int) -> dict[str, Any]:
    """What the rule asks of a household on a day; None where it is not known."""
    members = list(Member.objects.filter(household=household, joined_on__lte=on).exclude(left_on__lte=on))
    tier = TierPeriod.objects.filter(household=household, from_month__lte=on).exclude(to_month__lte=on).first()
    sanctions = list(Sanction.objects.filter(resident_id_index__in=[member.resident_id_index for member in members]))
    returned = [one.returned_on for one in sanctions]
    return {
        "persons": len(members),
        "tier": tier.tier if tier else None,
        "income": _income(members, on),
        "assets": _assets(household, on),
        "own_area": _area(household, members, on, lookback_years),
        "judged_on": on,
        "sanctioned": bool(sanctions),
        "returned_on": max((day for day in returned if day), default=None) if None not in returned else None,
    }


def _income(members: list[Member], on: date) -> int | None:
    rows = Income.objects.filter(member__in=members, from_date__lte=on).exclude(to_date__lte=on)
    known: dict[int, int] = {}
    for row in rows:
        known[row.member_id] = known.get(row.member_id, 0) + row.monthly
    adults = [member for member in members if not member.student and _age(member.born_on, on) >= 18]
    return None if any(member.pk not in known for member in adults) else sum(known.values())


def _assets(household: Household, on: date) -> int | None:
    if household.assets_checked_on is None:
        return None
    return sum(Asset.objects.filter(household=household, from_date__lte=on).exclude(to_date__lte=on).values_list("value", flat=True))


def _area(household: Household, members: list[Member], on: date, lookback_years: int) -> int | None:
    if household.homes_checked_on is None:
        return None
    rows = Holding.objects.filter(member__in=members)
    homes = [
        Home(one.unit, None if one.area is None else int(one.area * 100), one.share, one.registered, one.given_away_on) for one in rows
    ]
    return owned_area(homes, on=on, lookback_years=lookback_years)


def _age(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
