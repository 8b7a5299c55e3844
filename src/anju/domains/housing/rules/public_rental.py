"""公租房: who may wait for a home (令11号第七条): little housing, income and property, and steady work for who comes from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from anju.domains.housing.rules.means import ART_7, MeansTerms, means
from anju.kernel.rules.parameters import Value
from anju.kernel.rules.rule import Draft, Rule

WORKING_TIERS = (5, 6)
"""新就业无房职工 and 稳定就业外来务工人员: they show how long they have been insured here."""


@dataclass(frozen=True, slots=True)
class LettingTerms:
    """The parameters of a region in force. `insured_months`: unbroken social insurance in the place, for the working tiers."""

    means: MeansTerms
    insured_months: Value


def public_rental(p: LettingTerms) -> Rule:
    """The rule of one household on one day. Inputs beside those of means: `insured`, asked of the working tiers only."""
    draft = Draft("housing.public_rental", "公租房保障资格", source=ART_7)
    found = means(draft, p.means)
    insured = draft.number("insured", "在本地连续参保", unit="月", most=1200)
    least = draft.value(p.insured_months)
    draft.check(
        "insured_long",
        "稳定就业",
        ~found.tier.one_of(*WORKING_TIERS) | (insured >= least),
        holds="{tier}，符合就业条件",
        fails="在本地连续参保 {insured}，不足 {insured_months}",
        source=f"{ART_7}；{p.insured_months.source}",
    )
    return draft.rule()
