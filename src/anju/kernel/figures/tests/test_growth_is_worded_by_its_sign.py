"""Invariants 14, 15, 16, 17 and 18 of the reporting domain, on plain numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from anju.kernel.figures.deriving import growth
from anju.kernel.figures.wording import change_text, growth_text, missing_text, zero_base_text
from anju.kernel.quantities.rounding import round_half_up

amounts = st.integers(-(10**14), 10**14).map(Fraction)
positive = st.integers(1, 10**14).map(Fraction)


@given(positive.map(lambda value: value - 1), positive, st.integers(0, 3), st.sampled_from(["yoy", "mom"]))
def test_invariant_16_the_word_follows_the_sign(now: Fraction, base: Fraction, places: int, measure: str) -> None:
    value, missing = growth(now, base)
    assert value is not None
    assert missing is None
    rounded = round_half_up(value, places)
    text = growth_text(measure, rounded, "%")
    assert re.fullmatch(r"(同比|环比)(持平|(上升|下降)\d+(\.\d+)?%)", text)
    assert ("上升" in text) == (rounded > 0)
    assert ("下降" in text) == (rounded < 0)
    assert ("持平" in text) == (abs(value) < Fraction(1, 2 * 10**places))


@given(amounts, amounts)
def test_invariant_15_no_percent_over_a_zero_or_negative_base(now: Fraction, base: Fraction) -> None:
    value, missing = growth(now, base)
    assert (value is None) == (base <= 0) == (missing is not None)
    if base <= 0:
        assert missing == ("zero_base" if base == 0 else "negative_base")


@given(positive, positive)
def test_growth_goes_back_to_where_it_came_from(now: Fraction, base: Fraction) -> None:
    value, _ = growth(now, base)
    assert value is not None
    assert base * (1 + value / 100) == now


@given(st.lists(st.tuples(positive, positive), min_size=1, max_size=6))
def test_invariant_18_growth_of_a_total_lies_between_those_of_its_parts(parts: list[tuple[Fraction, Fraction]]) -> None:
    total = growth(sum((now for now, _ in parts), Fraction(0)), sum((base for _, base in parts), Fraction(0)))[0]
    each = [growth(now, base)[0] for now, base in parts]
    assert total is not None
    known = [value for value in each if value is not None]
    assert min(known) <= total <= max(known)


@given(positive, positive, positive, positive)
def test_amount_growth_is_area_growth_times_price_growth(amount: Fraction, area: Fraction, amount_0: Fraction, area_0: Fraction) -> None:
    """Invariant 19, exactly, because nothing is rounded before the end."""
    parts = [growth(amount, amount_0)[0], growth(area, area_0)[0], growth(amount / area, amount_0 / area_0)[0]]
    of_amount, of_area, of_price = (1 + value / 100 for value in parts if value is not None)
    assert of_amount == of_area * of_price


@given(st.decimals(min_value=-1000, max_value=1000, places=2))
def test_invariant_17_rates_differ_by_points(difference: Decimal) -> None:
    text = growth_text("yoy", difference, "个百分点")
    assert "%" not in text
    assume(difference != 0)
    assert text.endswith("个百分点")
    assert "-" not in text


def test_missing_bases_have_words_and_no_percent() -> None:
    assert zero_base_text("yoy", now_is_zero=False) == "上年同期为零"
    assert zero_base_text("yoy", now_is_zero=True) == "同比持平"
    assert zero_base_text("mom", now_is_zero=False) == "上期为零"
    for missing in ("no_base", "scope_change", "zero_denominator", "no_target", "not_ranked"):
        assert not re.search(r"[\d%]", missing_text(missing))


@pytest.mark.parametrize(
    ("value", "text"), [("0.13", "比上年同期增加0.13亿元"), ("-0.13", "比上年同期减少0.13亿元"), ("0.00", "比上年同期持平")]
)
def test_a_change_is_more_or_less(value: str, text: str) -> None:
    assert change_text("change", Decimal(value), "亿元") == text
