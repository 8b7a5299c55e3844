"""住房租赁补贴: the worked results of 1.8 to the fen (RB-07), the caps (RB-01, RB-02), months outside (RB-05), another local formula."""

from __future__ import annotations

from datetime import date

import pytest

from anju.domains.housing.rules.rent_subsidy import rent_subsidy
from anju.domains.housing.rules.tests.terms import household, yuzhong
from anju.domains.housing.rules.words import TIERS
from anju.kernel.rules.judging import Verdict, judge
from anju.kernel.rules.parameters import Table, Value

RULE = rent_subsidy(yuzhong())
SQUARE_METRE = 10**6


@pytest.mark.parametrize(
    ("case", "fen"),
    [
        ({"tier": 2, "persons": 3, "own_area": 0}, 103_500),
        ({"tier": 3, "persons": 3, "own_area": 13_500_000}, 57_960),
        ({"tier": 2, "persons": 5, "own_area": 0}, 138_000),
        ({"tier": 3, "persons": 1, "month_rent": 30_000, "income": 150_000}, 30_000),
    ],
    ids=["A", "B", "C", "D"],
)
def test_the_worked_results_are_exact(case: dict, fen: int):
    found = judge(RULE, household(**case))
    assert (found.verdict, found.amount) == (Verdict.GRANTED, fen)


def test_the_trace_of_b_reads_as_its_formula():
    lines = {line.name: line for line in judge(RULE, household(tier=3, own_area=13_500_000)).lines}
    assert (lines["area_paid"].value, lines["area_paid"].text) == ("31.5㎡", "45㎡ 减去自有住房 13.5㎡，不低于零，不超过 60㎡")
    assert lines["base"].text == "31.5㎡ × 23.00元/㎡·月 × 0.8"
    assert lines["payable"].value == "579.60元/月"
    assert lines["area_paid"].source == "建保〔2016〕281号"


def test_the_area_is_never_negative_nor_above_the_cap():
    steps = lambda **case: {line.name: line.value for line in judge(RULE, household(**case)).lines}  # noqa: E731
    assert steps(persons=2, own_area=29 * SQUARE_METRE)["area_paid"] == "1㎡"
    assert steps(persons=2, own_area=31 * SQUARE_METRE)["area_paid"] == "0㎡"
    assert steps(persons=9)["area_paid"] == "60㎡"


def test_a_home_of_thirty_square_metres_for_two_is_refused_not_paid_nothing():
    found = judge(RULE, household(persons=2, own_area=30 * SQUARE_METRE))
    assert (found.verdict, found.failed) == (Verdict.REFUSED, ("area",))


@pytest.mark.parametrize(
    ("case", "check"),
    [
        ({"agreement_to": date(2023, 5, 31)}, "agreement"),
        ({"agreement_from": date(2023, 7, 1)}, "agreement"),
        ({"tenancy_to": date(2023, 5, 31)}, "tenancy"),
        ({"stopped": True, "unpaid_from": date(2023, 6, 1)}, "stopped_before"),
        ({"suspended": True}, "suspended_now"),
        ({"let_unit": True}, "one_form"),
    ],
)
def test_no_month_is_paid_outside(case: dict, check: str):
    found = judge(RULE, household(**case))
    assert (found.verdict, found.amount, found.failed) == (Verdict.REFUSED, 0, (check,))


def test_the_last_month_before_the_stop_is_paid():
    assert judge(RULE, household(stopped=True, unpaid_from=date(2023, 7, 1))).verdict is Verdict.GRANTED


def test_the_months_of_a_limited_subsidy_end():
    limited = rent_subsidy(yuzhong(max_months=Value("max_months", "最长期限", 72, "月", 0, "余杭示例")))
    assert judge(limited, household(months_used=71)).verdict is Verdict.GRANTED
    assert judge(limited, household(months_used=72)).failed == ("months",)


def test_a_household_table_with_a_floor_pays_at_least_the_floor():
    """S25: one or two 50㎡, three and more 65㎡, less own; 18元; at least 360元."""
    table = Table("area_standard", "保障面积标准", {1: 5000, 3: 6500}, "㎡", 2, clamp=True)
    rate = Table("rate", "补贴标准", dict.fromkeys(TIERS, 1800), "元/㎡·月", 2)
    even = Table("coefficient", "保障系数", dict.fromkeys(TIERS, 10_000), "", 4)
    terms = yuzhong(
        area_standard=table, per_person=False, rate=rate, coefficient=even, floor=Value("floor", "最低补贴", 36_000, "元/月", 2)
    )
    rule = rent_subsidy(terms)
    assert judge(rule, household(persons=2, own_area=35 * SQUARE_METRE, tier=1)).failed == ("area",)
    assert judge(rule, household(persons=3, own_area=44 * SQUARE_METRE)).amount == 37_800
    assert judge(rule, household(persons=4, own_area=50 * SQUARE_METRE)).amount == 36_000
    assert judge(rule, household(persons=3, own_area=0)).amount == 108_000
