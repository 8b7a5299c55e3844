"""Parameter sets for tests: the local rules of section 1.8 of the domain notes, and a sample county's."""

from __future__ import annotations

from datetime import date
from typing import Any

from anju.domains.housing.rules.means import MeansTerms
from anju.domains.housing.rules.new_worker import NewWorkerTerms
from anju.domains.housing.rules.purchase_reward import RewardPolicy
from anju.domains.housing.rules.recognition import RecognitionTerms
from anju.domains.housing.rules.rent_subsidy import RentTerms
from anju.domains.housing.rules.talent import TalentTerms
from anju.domains.housing.rules.words import DEGREES, TIERS
from anju.kernel.rules.parameters import Table, Value

SAMPLE = "东原县示例文件"
YUZHONG = "渝建发〔2021〕1号"


def means_terms(**changes: Any) -> MeansTerms:
    fields: dict[str, Any] = {
        "income_limit": Table(
            "income_limit",
            "人均月收入线",
            {1: 10**9, 2: 10**9, 3: 150_000, 4: 300_000, 5: 10**9, 6: 10**9},
            "元/月·人",
            2,
            source=SAMPLE,
            labels=TIERS,
        ),
        "asset_limit": Value("asset_limit", "人均资产限额", 15_000_000, "元/人", 2, SAMPLE),
        "area_limit": Value("area_limit", "人均住房面积标准", 1500, "㎡/人", 2, SAMPLE),
        "sanction_months": Value("sanction_months", "限制申请", 60, "月", 0, "令11号第三十五条"),
    }
    return MeansTerms(**{**fields, **changes})


def yuzhong(**changes: Any) -> RentTerms:
    """渝中: 1 person 20㎡, more 15㎡ each, less own; 23元/㎡·月; 低保 1.0, other low income 0.8; at most 60㎡, at most the rent."""
    fields: dict[str, Any] = {
        "means": means_terms(),
        "area_standard": Table("area_standard", "保障面积标准", {1: 2000, 2: 1500}, "㎡/人", 2, clamp=True, source=YUZHONG),
        "per_person": True,
        "area_cap": Value("area_cap", "补贴面积上限", 6000, "㎡", 2, "建保〔2016〕281号"),
        "rate": Table("rate", "补贴标准", {1: 2300, 2: 2300, 3: 2300, 4: 2300}, "元/㎡·月", 2, source=YUZHONG, labels=TIERS),
        "coefficient": Table("coefficient", "保障系数", {1: 10_000, 2: 10_000, 3: 8_000, 4: 8_000}, "", 4, source=YUZHONG, labels=TIERS),
        "floor": Value("floor", "最低补贴", 0, "元/月", 2),
        "capped_by_rent": True,
        "max_months": Value("max_months", "最长期限", 0, "月"),
    }
    return RentTerms(**{**fields, **changes})


def household(**changes: Any) -> dict[str, Any]:
    """A household of 低保 with three members and no home, in an agreement and a tenancy, in June 2023."""
    return {
        "persons": 3, "tier": 2, "income": 200_000, "assets": 0, "own_area": 0, "judged_on": date(2023, 6, 1), "sanctioned": False,
        "returned_on": None, "month_rent": 500_000, "month_first": date(2023, 6, 1), "month_last": date(2023, 6, 30),
        "agreement_from": date(2023, 1, 1), "agreement_to": date(2023, 12, 31), "tenancy_from": date(2022, 9, 15),
        "tenancy_to": date(2024, 9, 14), "unpaid_from": None, "stopped": False, "suspended": False, "let_unit": False,
    } | changes  # fmt: skip


def new_worker_terms() -> NewWorkerTerms:
    """潍坊-like: 300 college, 350 bachelor, 400 master and doctor; 5 years; at most 36 months; at most the rent."""
    return NewWorkerTerms(
        amount=Table("amount", "月补贴", {1: 30_000, 2: 35_000, 3: 40_000, 4: 40_000}, "元/月", 2, source=SAMPLE, labels=DEGREES),
        graduated_within=Value("graduated_within", "毕业年限", 60, "月", 0, SAMPLE),
        insured_months=Value("insured_months", "最少参保", 6, "月", 0, SAMPLE),
        max_months=Value("max_months", "最长期限", 36, "月", 0, SAMPLE),
        capped_by_rent=True,
    )


def talent_terms(**changes: Any) -> TalentTerms:
    """The notice of 2024 read in 1.10: 300k, 100k, 50k in three yearly tranches."""
    fields: dict[str, Any] = {
        "amount": Table("amount", "补贴额", {2: 5_000_000, 3: 10_000_000, 4: 30_000_000}, "元", 2, source=SAMPLE, labels=DEGREES),
        "tranches": (5000, 3000, 2000),
        "within": Value("within", "购房期限", 60, "月", 0, SAMPLE),
        "both_of_a_couple": False,
    }
    return TalentTerms(**{**fields, **changes})


def reward_policy(**changes: Any) -> RewardPolicy:
    """Purchase 2015-12-01 to 2016-02-29, claims until 2016-06-30 (S30)."""
    fields: dict[str, Any] = {
        "document": SAMPLE, "effective_from": date(2015, 12, 1), "effective_to": date(2016, 2, 29), "claim_deadline": date(2016, 6, 30),
        "judged_by": "filed", "amount_rule": "per_area", "rate": Value("rate", "奖励标准", 5000, "元/㎡", 2, SAMPLE),
        "most": Value("most", "每套最高", 500_000, "元", 2, SAMPLE), "max_area": Value("max_area", "面积上限", 14_400, "㎡", 2, SAMPLE),
    }  # fmt: skip
    return RewardPolicy(**{**fields, **changes})


def recognition_terms() -> RecognitionTerms:
    """宜昌-like: at least 30 homes and 1,500㎡; 70㎡ is small (国办发〔2021〕22号), at least 80% of them."""
    return RecognitionTerms(
        min_units=Value("min_units", "最少套数", 30, "套", 0, SAMPLE),
        min_area=Value("min_area", "最小面积", 150_000, "㎡", 2, SAMPLE),
        small_area=Value("small_area", "小户型标准", 7000, "㎡", 2, "国办发〔2021〕22号"),
        small_share=Value("small_share", "小户型占比", 8000, "", 4, SAMPLE),
    )
