"""The arithmetic of section 4: deposits, exact shares, votes at their thresholds, top-up, interest."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.domains.funds.rules import maintenance
from anju.domains.funds.rules.exact import share
from anju.domains.funds.rules.maintenance import RAISE, Voice, count_votes


def test_the_first_deposit_of_4_2() -> None:
    assert maintenance.first_due(Decimal("101.52"), 95_00) == 9_644_40


@pytest.mark.parametrize(("balance", "due"), [(2_893_32, False), (2_893_31, True), (9_644_40, False)])
def test_a_top_up_is_due_below_thirty_percent(balance: int, due: bool) -> None:
    assert maintenance.needs_top_up(balance, 9_644_40) is due


def test_the_shares_of_4_8_are_exact() -> None:
    assert maintenance.shares(10_000_00, [Decimal("88.36"), Decimal("101.52"), Decimal("120.07")]) == [2_850_78, 3_275_37, 3_873_85]


@given(st.integers(0, 10**12), st.lists(st.integers(1, 10**6), min_size=1, max_size=300))
def test_shares_always_sum_to_the_total(total: int, weights: list[int]) -> None:
    parts = share(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    assert all(abs(part * whole - total * weight) < whole for part, weight in zip(parts, weights, strict=True))


def test_equal_remainders_go_by_unit_order() -> None:
    assert share(2, [1, 1, 1]) == [1, 1, 0]
    with pytest.raises(ValueError, match="weights"):
        share(1, [0, 0])


def test_what_an_account_lacks_is_owed_by_its_owner() -> None:
    assert maintenance.charge(100_00, 60_00) == maintenance.Charged(60_00, 40_00)
    assert maintenance.charge(100_00, 100_00) == maintenance.Charged(100_00, 0)


@pytest.mark.parametrize(("rate", "fits"), [(99_99, False), (100_00, True), (160_00, True), (160_01, False)])
def test_a_rate_lies_between_five_and_eight_percent_of_the_cost(rate: int, fits: bool) -> None:
    assert maintenance.rate_fits_cost(rate, 2_000_00) is fits


def voices(*choices: str) -> list[Voice]:
    return [Voice(f"p{number}", Decimal(100), choice) for number, choice in enumerate(choices)]


@pytest.mark.parametrize(
    ("choices", "passed"),
    [
        (["for"] * 4 + [""] * 2, True),
        (["for"] * 3 + [""] * 3, False),
        (["for", "for", "against", "against", "", ""], False),
        (["for", "for", "for", "against", "", ""], True),
        (["for", "for", "abstain", "abstain", "", ""], False),
        ([], False),
    ],
)
def test_a_use_passes_by_article_278(choices: list[str], passed: bool) -> None:
    assert count_votes(voices(*choices)).passed is passed


@pytest.mark.parametrize(("agree", "passed"), [(3, True), (2, False)])
def test_raising_the_fund_needs_three_quarters(agree: int, passed: bool) -> None:
    assert count_votes(voices(*["for"] * agree, *["against"] * (4 - agree)), RAISE).passed is passed


def test_area_and_persons_must_both_suffice() -> None:
    large = [Voice("big", Decimal(1000), "for"), *(Voice(f"p{n}", Decimal(10), "") for n in range(9))]
    assert not count_votes(large).passed
    many = [Voice("big", Decimal(1000), ""), *(Voice(f"p{n}", Decimal(10), "for") for n in range(9))]
    assert not count_votes(many).passed


def test_one_owner_of_several_units_is_one_person() -> None:
    counted = count_votes([Voice("dev", Decimal(50), "for"), Voice("dev", Decimal(50), "for"), Voice("p1", Decimal(80), "against")])
    assert (counted.persons, counted.taking_part_persons, counted.agreeing_persons) == (2, 2, 1)
    assert not counted.passed, "half of the persons is not more than half"


def test_interest_by_days_and_rate() -> None:
    assert maintenance.interest([(10_000_00, 360)], Decimal("0.0035"), 360) == 35_00
    assert maintenance.interest([(10_000_00, 100), (20_000_00, 265)], Decimal("0.0035"), 365) == 60_41
