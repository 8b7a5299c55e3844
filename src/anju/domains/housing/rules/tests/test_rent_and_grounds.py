"""公租房租金 and the grounds to give a home back, at their boundaries (HS-14 to HS-17, HS-22)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.domains.housing.rules import rent
from anju.domains.housing.rules.rent import RentStandard
from anju.domains.housing.rules.words import TIERS
from anju.kernel.rules.judging import judge
from anju.kernel.rules.parameters import Table, Value


def standard(fen: int = 350, reduction: int = 3000, market: int = 1200) -> RentStandard:
    table = Table("standard", "租金标准", dict.fromkeys(TIERS, fen), "元/㎡·月", 2, False, "示例房发〔2023〕3号", "x#1", TIERS)
    less = Table("reduction", "减免比例", dict.fromkeys(TIERS, reduction), "", 4, False, "示例房发〔2023〕3号", "y#1", TIERS)
    return RentStandard(table, less, Value("market", "市场租金", market, "元/㎡·月", 2, "示例房发〔2023〕3号", "z#1"))


def test_a_month_is_area_times_standard_less_the_reduction_and_says_so():
    found = judge(rent.contract_rent(standard()), {"area": 4560, "days": 30, "month_days": 30, "tier": 2})
    assert found.amount == 11172  # 45.60 × 3.50 × 0.7
    assert any("45.6㎡" in line.text and "0.7" in line.text for line in found.lines), [line.text for line in found.lines]
    assert judge(rent.market_rent(standard()), {"area": 4560, "days": 30, "month_days": 30}).amount == 54720


@given(st.integers(1, 20_000), st.integers(0, 10_000), st.integers(0, 10_000), st.integers(1, 31), st.sampled_from([28, 29, 30, 31]))
def test_every_bill_is_exact_to_the_fen(area: int, fen: int, reduction: int, days: int, whole: int):
    days = min(days, whole)
    found = judge(rent.contract_rent(standard(fen, reduction)), {"area": area, "days": days, "month_days": whole, "tier": 4})
    exact = Decimal(area) / 100 * Decimal(fen) * (1 - Decimal(reduction) / 10_000) * days / whole
    assert found.amount == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def test_six_months_of_arrears_are_a_ground_and_five_are_not():
    assert [rent.in_arrears(months) for months in (0, 5, 6, 7)] == [False, False, True, True]


def test_six_months_empty_are_a_ground_and_a_day_less_is_not():
    visits = [(date(2023, 1, 15), True), (date(2023, 2, 1), False), (date(2023, 5, 1), False)]
    assert rent.empty_since(visits) == date(2023, 2, 1)
    assert not rent.is_empty(visits, date(2023, 7, 31))
    assert rent.is_empty(visits, date(2023, 8, 1))
    assert not rent.is_empty([*visits, (date(2023, 7, 1), True)], date(2023, 8, 1))
    assert not rent.is_empty([], date(2023, 8, 1))


@pytest.mark.parametrize(("asked", "late"), [(date(2026, 3, 15), False), (date(2026, 3, 16), True), (date(2025, 1, 1), False)])
def test_a_renewal_is_asked_three_months_before_the_end(asked: date, late: bool):
    assert rent.renewal_is_late(asked, date(2026, 6, 15)) is late


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 2000))
def test_the_days_of_all_months_make_the_tenancy(start: date, length: int):
    end = start + timedelta(days=length)
    months = {date(day.year, day.month, 1) for day in (start + timedelta(days=step) for step in range(length + 1))}
    assert sum(rent.days_of(month, start, end) for month in months) == length + 1
