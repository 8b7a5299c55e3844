"""新就业 (RB-04), 人才 (RB-10, RB-12), 进城购房 (RB-11) and 保租房 (RB-15): windows, limits and splits at their boundaries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.domains.housing.rules.new_worker import new_worker
from anju.domains.housing.rules.purchase_reward import purchase_reward
from anju.domains.housing.rules.recognition import recognition
from anju.domains.housing.rules.talent import for_a_couple, talent_purchase, tranches_of
from anju.domains.housing.rules.tests.terms import new_worker_terms, recognition_terms, reward_policy, talent_terms
from anju.kernel.rules.judging import Verdict, judge
from anju.kernel.rules.parameters import Value

WORKER = {
    "degree": 2, "graduated_on": date(2020, 6, 30), "applied_on": date(2023, 6, 1), "insured": 6, "no_home": True, "other_support": False,
    "months_used": 0, "month_rent": 90_000,
}  # fmt: skip
TALENT = {
    "degree": 4, "full_time": True, "works_here": True, "first_home": True, "contract_filed": True, "tax_paid": True,
    "subsidised_before": False, "signed_on": date(2023, 5, 1), "began_on": date(2020, 9, 1),
}  # fmt: skip
BUYER = {
    "bought_on": date(2015, 12, 1), "claimed_on": date(2016, 6, 30), "eligible_buyer": True, "eligible_home": True,
    "rewarded_before": False, "area": 9_050, "deed_tax": 123_457,
}  # fmt: skip
PROJECT = {"units": 30, "small_units": 24, "area": 150_000, "exempt": False, "units_elsewhere": 0, "eligible_land": True}


@pytest.mark.parametrize(
    ("changed", "failed"),
    [
        ({}, ()),
        ({"applied_on": date(2025, 6, 29)}, ()),
        ({"applied_on": date(2025, 6, 30)}, ("graduated",)),
        ({"insured": 5}, ("insured_enough",)),
        ({"no_home": False}, ("homeless",)),
        ({"other_support": True}, ("only_one",)),
        ({"months_used": 35}, ()),
        ({"months_used": 36}, ("months",)),
    ],
)
def test_a_new_worker_is_paid_within_the_limits(changed: dict, failed: tuple):
    found = judge(new_worker(new_worker_terms()), WORKER | changed)
    assert (found.failed, found.amount) == (failed, 0 if failed else 35_000)


def test_a_new_worker_never_gets_more_than_the_rent():
    assert judge(new_worker(new_worker_terms()), WORKER | {"month_rent": 20_050}).amount == 20_050


def test_a_talent_gets_the_sum_of_the_degree_once():
    rule = talent_purchase(talent_terms())
    assert judge(rule, TALENT).amount == 30_000_000
    assert judge(rule, TALENT | {"subsidised_before": True}).failed == ("once",)
    assert judge(rule, TALENT | {"degree": 1}).verdict is Verdict.UNKNOWN
    assert judge(rule, TALENT | {"signed_on": date(2025, 9, 1)}).verdict is Verdict.GRANTED
    assert judge(rule, TALENT | {"signed_on": date(2025, 9, 2)}).failed == ("in_time",)


@given(total=st.integers(0, 10**12), cuts=st.lists(st.integers(1, 3000), min_size=1, max_size=4))
def test_tranches_add_up_to_the_total(total: int, cuts: list[int]):
    parts = cuts[:3]
    whole = [*parts, 10_000 - sum(parts)]
    amounts = tranches_of(total, whole)
    assert sum(amounts) == total
    assert all(amount >= 0 for amount in amounts)


def test_the_published_tranches():
    assert tranches_of(30_000_000, (5000, 3334, 1666)) == [15_000_000, 10_002_000, 4_998_000]
    assert tranches_of(5_000_000, (4000, 4000, 2000)) == [2_000_000, 2_000_000, 1_000_000]
    with pytest.raises(ValueError, match="no split"):
        tranches_of(100, (5000, 4000))


def test_a_couple_gets_what_the_policy_says():
    assert for_a_couple([10_000_000, 30_000_000], both=False) == [0, 30_000_000]
    assert for_a_couple([10_000_000, 10_000_000], both=False) == [10_000_000, 0]
    assert for_a_couple([10_000_000, 30_000_000], both=True) == [10_000_000, 30_000_000]


@pytest.mark.parametrize(
    ("changed", "failed"),
    [
        ({"bought_on": date(2015, 12, 1)}, ()),
        ({"bought_on": date(2015, 11, 30)}, ("window",)),
        ({"bought_on": date(2016, 2, 29)}, ()),
        ({"bought_on": date(2016, 3, 1)}, ("window",)),
        ({"claimed_on": date(2016, 7, 1)}, ("deadline",)),
        ({"rewarded_before": True}, ("once",)),
        ({"area": 14_400}, ()),
        ({"area": 14_401}, ("size",)),
    ],
)
def test_a_purchase_lies_in_the_window_both_ends_included(changed: dict, failed: tuple):
    assert judge(purchase_reward(reward_policy()), BUYER | changed).failed == failed


def test_the_three_kinds_of_amount():
    assert judge(purchase_reward(reward_policy()), BUYER).amount == 452_500
    assert judge(purchase_reward(reward_policy()), BUYER | {"area": 12_000}).amount == 500_000
    half = reward_policy(amount_rule="deed_tax", rate=Value("rate", "契税补助比例", 5000, "", 4), most=None)
    assert judge(purchase_reward(half), BUYER).amount == 61_729
    flat = reward_policy(amount_rule="per_unit", rate=Value("rate", "每套奖励", 300_000, "元", 2), most=None)
    assert judge(purchase_reward(flat), BUYER).amount == 300_000


@pytest.mark.parametrize(
    ("changed", "failed"),
    [
        ({}, ()),
        ({"units": 29, "small_units": 29}, ("enough_units",)),
        ({"area": 149_999}, ("enough_area",)),
        ({"small_units": 23}, ("small",)),
        ({"small_units": 23, "exempt": True}, ()),
        ({"units_elsewhere": 1}, ("only_here",)),
    ],
)
def test_a_project_is_recognised_from_thirty_homes_on(changed: dict, failed: tuple):
    assert judge(recognition(recognition_terms()), PROJECT | changed).failed == failed
