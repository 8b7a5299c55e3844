"""Whatever the seed, the amounts found print like the targets, and spreading them loses nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.site.demo import solving, targets
from anju.site.demo.apportioning import apportion
from anju.site.demo.dice import Dice
from anju.site.demo.printed import Growth, Printed

SEEDS = st.integers(0, 10**9)


@given(SEEDS)
def test_development_holds_with_its_growth(seed: int):
    now, before = solving.development(Dice(seed, "development"))
    pairs = (
        (targets.DEVELOPMENT_RESIDENTIAL, now.residential, before.residential),
        (targets.DEVELOPMENT_COMMERCIAL, now.commercial, before.commercial),
        (targets.DEVELOPMENT_AREA, now.residential + now.commercial, before.residential + before.commercial),
    )
    for printed, current, base in pairs:
        assert printed.holds(current)
        assert printed.growth is not None
        assert printed.growth.holds(current, base)


@given(SEEDS)
def test_sales_hold_with_their_average_price(seed: int):
    now, before = solving.sales(Dice(seed, "sales"))
    prices = [Fraction(sales.amount * 100, sales.area) for sales in (now, before)]
    assert targets.AVERAGE_PRICE_RESIDENTIAL.holds(prices[0])
    assert targets.AVERAGE_PRICE_RESIDENTIAL.growth is not None
    assert targets.AVERAGE_PRICE_RESIDENTIAL.growth.holds(*prices)
    assert targets.SOLD_AMOUNT.holds(now.amount + now.other_amount)
    assert targets.SOLD_AREA.holds(now.area + now.other_area)
    assert min(before.units, before.area, before.amount, before.other_units, before.other_area, before.other_amount) > 0


@given(SEEDS)
def test_transactions_hold_in_parts_and_in_sum(seed: int):
    existing, gone = solving.transactions(Dice(seed, "transactions"))
    assert targets.EXISTING_AREA.holds(existing)
    assert targets.DEREGISTERED_AREA.holds(gone)
    assert targets.TRANSACTION_AREA.holds(existing + gone)


@given(st.integers(0, 10**12), st.lists(st.integers(1, 10**6), min_size=1, max_size=60), st.sampled_from([1, 10, 100, 1000]))
def test_apportioned_parts_sum_to_the_whole(total: int, weights: list[int], step: int):
    parts = apportion(total, weights, step=step)
    assert sum(parts) == total
    assert min(parts) >= 0
    assert sum(part % step != 0 for part in parts) <= 1


@given(st.integers(2, 10**6), st.lists(st.integers(1, 1000), min_size=2, max_size=40))
def test_a_part_is_within_one_step_of_its_share(total: int, weights: list[int]):
    for part, weight in zip(apportion(total, weights), weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@pytest.mark.parametrize("text", ["4732", "18.48", "0.50", "69.90"])
def test_the_range_of_a_printed_number_is_exact(text: str):
    printed = Printed(text, 1000)
    least, greatest = printed.range()
    assert printed.holds(least)
    assert printed.holds(greatest)
    assert not printed.holds(least - 1)
    assert not printed.holds(greatest + 1)


@pytest.mark.parametrize("text", ["55.40", "0.71", "8.05"])
def test_the_bases_of_a_growth_are_exact(text: str):
    growth, now = Growth(text), 1_000_000
    least, greatest = growth.base_range(now)
    assert growth.holds(now, least)
    assert growth.holds(now, greatest)
    assert not growth.holds(now, least - 1)
    assert not growth.holds(now, greatest + 1)
