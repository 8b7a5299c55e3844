"""Invariants 8, 9 and 66 of the reporting domain."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.quantities.rounding import largest_remainder, round_down, round_half_up, round_to

WIDE = Context(prec=200)
decimals = st.decimals(min_value=-(10**15), max_value=10**15, places=6, allow_nan=False, allow_infinity=False)
fractions = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


def quantised(value: Decimal, places: int, rounding: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=rounding, context=WIDE)


@given(decimals, st.integers(0, 5))
def test_half_up_equals_quantize(value: Decimal, places: int) -> None:
    assert round_half_up(value, places) == quantised(value, places, ROUND_HALF_UP)


@given(decimals, st.integers(0, 5))
def test_half_even_equals_quantize(value: Decimal, places: int) -> None:
    assert round_to(value, places, "half_even") == quantised(value, places, ROUND_HALF_EVEN)


@given(decimals, st.integers(0, 5))
def test_down_is_towards_minus_infinity(value: Decimal, places: int) -> None:
    assert round_down(value, places) == quantised(value, places, ROUND_FLOOR)


@given(fractions, st.integers(0, 6))
def test_the_error_is_at_most_half_a_unit(value: Fraction, places: int) -> None:
    assert abs(Fraction(round_half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize(
    ("value", "places", "half_up", "half_even"),
    [
        ("2.5", 0, "3", "2"),
        ("3.5", 0, "4", "4"),
        ("-2.5", 0, "-3", "-2"),
        ("12.1498", 1, "12.1", "12.1"),
        ("0.125", 2, "0.13", "0.12"),
        ("0.1250001", 2, "0.13", "0.13"),
    ],
)
def test_the_two_modes_of_the_standard_differ_only_at_the_half(value: str, places: int, half_up: str, half_even: str) -> None:
    assert str(round_half_up(Decimal(value), places)) == half_up
    assert str(round_to(Decimal(value), places, "half_even")) == half_even


def test_nothing_rounds_to_minus_zero() -> None:
    assert str(round_half_up(Fraction(-1, 1000), 2)) == "0.00"


def test_many_digits_survive() -> None:
    value = Fraction(10**40 + 1, 3)
    assert str(round_half_up(value, 2)) == "3" * 39 + "3.67"


def test_tens_and_hundreds_can_be_rounded_to() -> None:
    assert round_half_up(1250, -2) == 1300


def test_invariant_09_delivery_ratios() -> None:
    assert str(round_half_up(Fraction(796 * 100, 1540), 2)) == "51.69"
    assert str(round_half_up(Fraction(796 * 100, 553), 2)) == "143.94"


@given(st.lists(fractions, min_size=1, max_size=12), st.integers(0, 4))
def test_invariant_08_rounded_parts_sum_to_the_rounded_whole(parts: list[Fraction], places: int) -> None:
    total = round_half_up(sum(parts), places)
    rounded = largest_remainder(parts, total, places)
    assert sum(Fraction(part) for part in rounded) == Fraction(total)
    assert all(abs(Fraction(part) - exact) <= Fraction(1, 10**places) for part, exact in zip(rounded, parts, strict=True))


@given(st.lists(fractions, min_size=2, max_size=8), st.randoms())
def test_rounded_parts_do_not_depend_on_their_order(parts: list[Fraction], random: object) -> None:
    total = round_half_up(sum(parts), 2)
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(largest_remainder(parts, total, 2)) == sorted(largest_remainder(shuffled, total, 2))


def test_a_total_that_is_not_theirs_is_refused() -> None:
    with pytest.raises(ValueError, match="rounded sum"):
        largest_remainder([Fraction(1, 3), Fraction(1, 3)], Decimal("0.90"), 2)
