"""The parameters of a region on a day as the rules take them. Every value asked is noted in the basis, with its version (GN-01)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from anju.domains.housing.rules.means import MeansTerms
from anju.domains.housing.rules.new_worker import NewWorkerTerms
from anju.domains.housing.rules.public_rental import LettingTerms
from anju.domains.housing.rules.purchase_reward import AmountRule, RewardPolicy
from anju.domains.housing.rules.recognition import RecognitionTerms
from anju.domains.housing.rules.rent import RentStandard
from anju.domains.housing.rules.rent_subsidy import RentTerms
from anju.domains.housing.rules.talent import TalentTerms
from anju.domains.housing.rules.words import DEGREE_CODES, DEGREES, TIER_CODES, TIERS
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis
from anju.kernel.rules.parameters import Table, Value


def means_terms(basis: Basis) -> MeansTerms:
    """Limits of income, assets and area, and the time a sanction lasts."""
    inclusive = {name for name in ("income", "asset", "area") if basis.flag(f"housing.means.{name}_inclusive")}
    return MeansTerms(
        income_limit=_table(
            basis, "housing.means.income_limit", "income_limit", "人均月收入线", ("tier", "limit"), "元/月·人", 2, TIER_CODES, TIERS
        ),
        asset_limit=_value(basis, "housing.means.asset_limit", "asset_limit", "人均资产限额", "元/人", 2),
        area_limit=_value(basis, "housing.means.area_limit", "area_limit", "人均住房面积标准", "㎡/人", 2),
        sanction_months=_value(basis, "housing.sanction.months", "sanction_months", "限制申请", "月"),
        inclusive=frozenset(inclusive),
    )


def rent_terms(basis: Basis) -> RentTerms:
    """Everything the rent subsidy of a region is computed from."""
    per_person = basis.text("housing.rent_subsidy.area_basis") == "person"
    area = _table(
        basis,
        "housing.rent_subsidy.area_standard",
        "area_standard",
        "保障面积标准",
        ("persons", "area"),
        "㎡/人" if per_person else "㎡",
        2,
        None,
        {},
        clamp=True,
    )
    return RentTerms(
        means=means_terms(basis),
        area_standard=area,
        per_person=per_person,
        area_cap=_value(basis, "housing.rent_subsidy.area_cap", "area_cap", "补贴面积上限", "㎡", 2),
        rate=_table(basis, "housing.rent_subsidy.rate", "rate", "补贴标准", ("tier", "rate"), "元/㎡·月", 2, TIER_CODES, TIERS),
        coefficient=_table(
            basis, "housing.rent_subsidy.coefficient", "coefficient", "保障系数", ("tier", "coefficient"), "", 4, TIER_CODES, TIERS
        ),
        floor=_value(basis, "housing.rent_subsidy.floor", "floor", "最低补贴", "元/月", 2),
        capped_by_rent=basis.flag("housing.rent_subsidy.capped_by_rent"),
        max_months=_value(basis, "housing.rent_subsidy.max_months", "max_months", "最长期限", "月"),
    )


def letting_terms(basis: Basis) -> LettingTerms:
    """What a household must be to wait for a public rental home."""
    return LettingTerms(
        means=means_terms(basis),
        insured_months=_value(basis, "housing.letting.insured_months", "insured_months", "最少参保", "月"),
    )


def rent_standard(basis: Basis) -> RentStandard:
    """What a month of a public rental home costs."""
    return RentStandard(
        standard=_table(basis, "housing.rent.standard", "standard", "租金标准", ("tier", "standard"), "元/㎡·月", 2, TIER_CODES, TIERS),
        reduction=_table(basis, "housing.rent.reduction", "reduction", "减免比例", ("tier", "reduction"), "", 4, TIER_CODES, TIERS),
        market=_value(basis, "housing.rent.market", "market", "市场租金", "元/㎡·月", 2),
    )


def new_worker_terms(basis: Basis) -> NewWorkerTerms:
    """Everything the subsidy of new workers is computed from."""
    return NewWorkerTerms(
        amount=_table(basis, "housing.new_worker.amount", "amount", "月补贴", ("degree", "amount"), "元/月", 2, DEGREE_CODES, DEGREES),
        graduated_within=_value(basis, "housing.new_worker.graduated_within", "graduated_within", "毕业年限", "月"),
        insured_months=_value(basis, "housing.new_worker.insured_months", "insured_months", "最少参保", "月"),
        max_months=_value(basis, "housing.new_worker.max_months", "max_months", "最长期限", "月"),
        capped_by_rent=basis.flag("housing.new_worker.capped_by_rent"),
    )


def talent_terms(basis: Basis) -> TalentTerms:
    """Everything the purchase subsidy of talents is computed from."""
    rows = sorted(basis.rows("housing.talent.tranches"), key=lambda row: row["ordinal"])
    return TalentTerms(
        amount=_table(basis, "housing.talent.amount", "amount", "补贴额", ("degree", "amount"), "元", 2, DEGREE_CODES, DEGREES),
        tranches=tuple(_scaled(row["share"], 2) for row in rows),
        within=_value(basis, "housing.talent.within", "within", "购房期限", "月"),
        both_of_a_couple=basis.text("housing.talent.couple") == "both",
    )


def reward_policy(basis: Basis, document: str) -> RewardPolicy:
    """One policy document of purchase rewards. Raises AnjuError `housing.no_such_policy`, `housing.policy_unreadable`."""
    found = basis.use("housing.reward.policies")
    rows = {str(row["document"]): row for row in basis.rows("housing.reward.policies")}
    row = rows.get(document)
    if row is None:
        known = "、".join(rows) or "没有"
        raise AnjuError.of(
            "housing.no_such_policy", f"“{document}”不是公布的购房奖励政策。", where="政策文号", advice=f"可用的有：{known}。"
        )
    try:
        start, end, deadline = (date.fromisoformat(str(row[name])) for name in ("bought_from", "bought_to", "claim_until"))
    except ValueError:
        raise AnjuError.of(
            "housing.policy_unreadable", "购房奖励政策的日期写得不对。", where=document, advice="日期写成 2016-01-01，请在参数中更正。"
        ) from None
    version = f"housing.reward.policies#{found.version}"
    rule: AmountRule = row["amount_rule"]
    unit, scale = {"per_unit": ("元", 2), "per_area": ("元/㎡", 2), "deed_tax": ("", 4)}[rule]
    most, area = row.get("most"), row.get("max_area")
    return RewardPolicy(
        document=document, effective_from=start, effective_to=end, claim_deadline=deadline, judged_by=row["judged_by"], amount_rule=rule,
        rate=Value("rate", "奖励标准", _scaled(row["rate"], scale), unit, scale, document, version),
        most=None if most is None else Value("most", "每套上限", int(most), "元", 2, document, version),
        max_area=None if area is None else Value("max_area", "面积上限", _scaled(area, 2), "㎡", 2, document, version),
    )  # fmt: skip


def recognition_terms(basis: Basis) -> RecognitionTerms:
    """What a subsidised rental project must have."""
    share = basis.use("housing.recognition.small_share")
    return RecognitionTerms(
        min_units=_value(basis, "housing.recognition.min_units", "min_units", "最少套数", "套"),
        min_area=_value(basis, "housing.recognition.min_area", "min_area", "最小面积", "㎡", 2),
        small_area=_value(basis, "housing.recognition.small_area", "small_area", "小户型标准", "㎡", 2),
        small_share=Value("small_share", "小户型占比", _scaled(share.value, 2), "", 4, share.document, f"{share.name}#{share.version}"),
    )


def _value(basis: Basis, parameter: str, name: str, label: str, unit: str, scale: int = 0) -> Value:
    found = basis.use(parameter)
    stored = _scaled(found.value, scale) if isinstance(found.value, Decimal) else int(found.value)
    return Value(name, label, stored, unit, scale, found.document, f"{parameter}#{found.version}")


def _table(
    basis: Basis,
    parameter: str,
    name: str,
    label: str,
    columns: tuple[str, str],
    unit: str,
    scale: int,
    codes: Mapping[str, int] | None,
    labels: Mapping[int, str],
    *,
    clamp: bool = False,
) -> Table:
    found = basis.use(parameter)
    at, of = columns
    rows = {
        _key(row[at], codes): _scaled(row[of], scale) if isinstance(row[of], Decimal) else int(row[of]) for row in basis.rows(parameter)
    }
    return Table(name, label, rows, unit, scale, clamp, found.document, f"{parameter}#{found.version}", labels)


def _key(written: Any, codes: Mapping[str, int] | None) -> int:
    return int(written) if codes is None else codes[written]


def _scaled(value: Decimal, scale: int) -> int:
    return int(value.scaleb(scale))
