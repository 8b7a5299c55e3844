"""Conditions about means that several products share: income, assets and area a head, sanctions, other support (令11号第七条)."""

from __future__ import annotations

from dataclasses import dataclass

from anju.domains.housing.rules.words import RECOGNISED_TIERS, TIERS
from anju.kernel.rules.parameters import Table, Value
from anju.kernel.rules.rule import Draft
from anju.kernel.rules.terms import Ratio, Term, months_later

ART_7 = "《公共租赁住房管理办法》（住房城乡建设部令第11号）第七条"
ART_35_36 = "《公共租赁住房管理办法》（住房城乡建设部令第11号）第三十五条、第三十六条"


@dataclass(frozen=True, slots=True)
class MeansTerms:
    """The parameters of a region in force. `inclusive`: a value equal to the limit passes, by limit name (HS-06).

    `income_limit`: by tier, 元/人·月; `asset_limit`: 元/人; `area_limit`: ㎡/人. `sanction_months`: how long a sanctioned person waits.
    """

    income_limit: Table
    asset_limit: Value
    area_limit: Value
    sanction_months: Value
    inclusive: frozenset[str] = frozenset({"income", "asset"})


@dataclass(frozen=True, slots=True)
class MeansInputs:
    """The inputs that `means` added to a draft, for what follows."""

    persons: Term
    tier: Term
    own_area: Term


def means(draft: Draft, p: MeansTerms) -> MeansInputs:
    """Add the inputs and checks of means to a draft."""
    persons = draft.number("persons", "保障人口", unit="人", least=0, most=50)
    tier = draft.code("tier", "保障类别", TIERS)
    income = draft.number("income", "家庭月收入", unit="元/月", scale=2, most=10**10)
    assets = draft.number("assets", "家庭资产", unit="元", scale=2, most=10**12)
    own_area = draft.number("own_area", "自有住房面积", unit="㎡", scale=6, most=10**10)
    applied_on = draft.day("judged_on", "认定日期")
    sanctioned = draft.truth("sanctioned", "有违规处理记录")
    returned_on = draft.day("returned_on", "退回住房或补贴的日期")
    _income(draft, p, tier, income, persons)
    _assets(draft, p, tier, assets, persons)
    _area(draft, p, own_area, persons)
    _sanction(draft, p, applied_on, sanctioned, returned_on)
    return MeansInputs(persons, tier, own_area)


def _income(draft: Draft, p: MeansTerms, tier: Term, income: Term, persons: Term) -> None:
    limit = draft.step("income_limit_here", "人均月收入线", draft.table(p.income_limit, tier), "{tier}适用")
    per_head = income / persons
    draft.step("income_per_head", "人均月收入", per_head.rounded(2), "家庭月收入 {income} ÷ {persons}")
    draft.check(
        "income",
        "收入",
        tier.one_of(*RECOGNISED_TIERS) | within(per_head, limit, "income" in p.inclusive),
        holds="{tier}，人均月收入 {income_per_head}，收入线 {income_limit_here}",
        fails=f"人均月收入 {{income_per_head}}，{_beyond('income' in p.inclusive)}收入线 {{income_limit_here}}",
        source=f"{ART_7}；{p.income_limit.source}",
    )


def _assets(draft: Draft, p: MeansTerms, tier: Term, assets: Term, persons: Term) -> None:
    limit = draft.value(p.asset_limit)
    per_head = assets / persons
    draft.step("assets_per_head", "人均资产", per_head.rounded(2), "家庭资产 {assets} ÷ {persons}")
    draft.check(
        "assets",
        "资产",
        tier.one_of(*RECOGNISED_TIERS) | within(per_head, limit, "asset" in p.inclusive),
        holds="{tier}，人均资产 {assets_per_head}，限额 {asset_limit}",
        fails=f"人均资产 {{assets_per_head}}，{_beyond('asset' in p.inclusive)}限额 {{asset_limit}}",
        source=f"{ART_7}；{p.asset_limit.source}",
    )


def _area(draft: Draft, p: MeansTerms, own_area: Term, persons: Term) -> None:
    limit = draft.value(p.area_limit)
    per_head = own_area / persons
    draft.step(
        "area_per_head", "人均住房建筑面积", per_head.rounded(2), "自有住房 {own_area} ÷ {persons}；已网签未登记的计入，同一套只计一次"
    )
    draft.check(
        "area",
        "住房",
        within(per_head, limit, "area" in p.inclusive),
        holds="人均 {area_per_head}，标准 {area_limit}",
        fails=f"人均 {{area_per_head}}，{_beyond('area' in p.inclusive)}标准 {{area_limit}}",
        source=f"{ART_7}；{p.area_limit.source}",
    )


def _sanction(draft: Draft, p: MeansTerms, judged_on: Term, sanctioned: Term, returned_on: Term) -> None:
    months = draft.value(p.sanction_months)
    last = months_later(returned_on, months)
    until = draft.step("banned_until", "限制申请的最后一天", last, "自 {returned_on} 退回之日起 {sanction_months}", quiet=True)
    draft.check(
        "sanction",
        "违规记录",
        ~sanctioned | (judged_on > until),
        holds="没有限制期内的违规处理记录",
        fails="有违规处理记录，{banned_until}（含）以前不得再次申请",
        source=ART_35_36,
    )


def within(ratio: Ratio, limit: Term, inclusive: bool) -> Term:
    """At most the limit, or below it, as the document says."""
    return ratio <= limit if inclusive else ratio < limit


def _beyond(inclusive: bool) -> str:
    return "超过" if inclusive else "达到或超过"
