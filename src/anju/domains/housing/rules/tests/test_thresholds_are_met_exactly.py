"""Income, assets and area at the limit, a fen below and a fen above, with <= and < as configured (HS-05, HS-06); sanctions (HS-19)."""

from __future__ import annotations

from datetime import date

import pytest

from anju.domains.housing.rules.rent_subsidy import rent_subsidy
from anju.domains.housing.rules.tests.terms import household, means_terms, yuzhong
from anju.kernel.rules.judging import Verdict, judge

INCLUSIVE = rent_subsidy(yuzhong())
EXCLUSIVE = rent_subsidy(yuzhong(means=means_terms(inclusive=frozenset({"area"}))))
LOW = {"tier": 3, "persons": 3}


@pytest.mark.parametrize(
    ("name", "case", "at_the_limit", "above"),
    [
        ("income", LOW, {"income": 450_000}, {"income": 450_001}),
        ("assets", LOW, {"assets": 45_000_000}, {"assets": 45_000_001}),
    ],
)
def test_a_value_at_the_limit_passes_where_the_document_says_not_above(name: str, case: dict, at_the_limit: dict, above: dict):
    assert name not in judge(INCLUSIVE, household(**case, **at_the_limit)).failed
    assert judge(INCLUSIVE, household(**case, **above)).failed == (name,)
    assert judge(EXCLUSIVE, household(**case, **at_the_limit)).failed == (name,)
    below = {key: value - 1 for key, value in at_the_limit.items()}
    assert name not in judge(EXCLUSIVE, household(**case, **below)).failed


def test_an_area_at_the_limit_is_refused_unless_configured():
    at, below = {"persons": 3, "own_area": 45_000_000}, {"persons": 3, "own_area": 44_999_999}
    assert judge(INCLUSIVE, household(**at)).failed == ("area",)
    assert judge(INCLUSIVE, household(**below)).verdict is Verdict.GRANTED
    assert judge(EXCLUSIVE, household(**at)).failed == ()


def test_who_civil_affairs_recognised_is_not_asked_again():
    for tier in (1, 2):
        found = judge(INCLUSIVE, household(tier=tier, income=None, assets=None))
        assert found.verdict is Verdict.GRANTED


@pytest.mark.parametrize(
    "name", ["income", "assets", "own_area", "persons", "tier", "sanctioned", "month_rent", "agreement_to", "suspended", "let_unit"]
)
def test_what_is_unknown_passes_nobody(name: str):
    found = judge(INCLUSIVE, household(tier=3, **{name: None}) if name != "tier" else household(tier=None))
    assert (found.verdict, found.amount) == (Verdict.UNKNOWN, None)
    assert found.missing


def test_a_sanctioned_person_waits_five_years_from_the_day_of_return():
    returned = {"sanctioned": True, "returned_on": date(2018, 6, 1)}
    assert judge(INCLUSIVE, household(**returned, judged_on=date(2023, 6, 1))).failed == ("sanction",)
    assert judge(INCLUSIVE, household(**returned, judged_on=date(2023, 6, 2))).verdict is Verdict.GRANTED
    assert judge(INCLUSIVE, household(sanctioned=True, returned_on=None)).missing == ("退回住房或补贴的日期",)
