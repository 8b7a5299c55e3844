"""Invariants 81 and 82 of the reporting domain."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.errors import AnjuError
from anju.kernel.quantities.amounts import Quantity
from anju.kernel.quantities.units import convert, default_scale_of_money, find_unit, from_stored, to_stored, unit

MONEY = ["分", "角", "元", "万元", "亿元"]
AREA = ["㎡", "万㎡", "亩", "公顷", "平方公里"]


@given(st.integers(-(10**18), 10**18), st.sampled_from(MONEY), st.sampled_from(MONEY))
def test_invariant_81_money_goes_there_and_back_exactly(value: int, first: str, second: str) -> None:
    exact = Fraction(value)
    assert convert(convert(exact, unit(first), unit(second)), unit(second), unit(first)) == exact


@given(st.integers(-(10**18), 10**18), st.sampled_from(AREA), st.sampled_from(AREA))
def test_invariant_81_area_goes_there_and_back_exactly(value: int, first: str, second: str) -> None:
    exact = Fraction(value)
    assert convert(convert(exact, unit(first), unit(second)), unit(second), unit(first)) == exact


@given(st.integers(-(10**18), 10**18), st.sampled_from(MONEY + AREA + ["户", "%"]))
def test_stored_integers_go_there_and_back(stored: int, name: str) -> None:
    assert to_stored(from_stored(stored, unit(name)), unit(name)) == stored


def test_a_hundred_million_yuan_is_ten_thousand_wan() -> None:
    assert convert(Fraction(1), unit("亿元"), unit("万元")) == 10000
    assert from_stored(184_800_000_000, unit("亿元")) == Fraction("18.48")


def test_a_mu_is_two_thousand_thirds_of_a_square_metre() -> None:
    assert convert(Fraction(3), unit("亩"), unit("平方米")) == 2000
    assert convert(Fraction(15), unit("亩"), unit("公顷")) == 1


@pytest.mark.parametrize(
    ("first", "second"), [("户", "套"), ("栋", "套"), ("宗", "件"), ("人", "人次"), ("元", "㎡"), ("元/㎡", "元"), ("次", "起")]
)
def test_invariant_82_different_things_are_not_added(first: str, second: str) -> None:
    with pytest.raises(AnjuError) as refused:
        Quantity(Fraction(1), unit(first)) + Quantity(Fraction(1), unit(second))
    assert refused.value.problems[0].code == "quantities.unit_mismatch"
    with pytest.raises(AnjuError):
        Quantity(Fraction(1), unit(first)) < Quantity(Fraction(1), unit(second))  # noqa: B015


def test_same_kind_of_thing_adds_across_scales() -> None:
    assert Quantity(Fraction(1), unit("亿元")) + Quantity(Fraction(1), unit("万元")) == Quantity(Fraction("1.0001"), unit("亿元"))
    assert Quantity(Fraction(1), unit("万元")).same_as(Quantity(Fraction(10000), unit("元")))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("m²", "㎡"), ("m2", "㎡"), ("平米", "㎡"), ("万平方米", "万㎡"), ("元/平方米", "元/㎡"), ("％", "%"), (" 元 ", "元")],
)
def test_the_same_unit_is_written_in_many_ways(written: str, meant: str) -> None:
    assert unit(written) == unit(meant)


def test_a_price_is_money_over_area() -> None:
    assert unit("元/㎡").dimension == "money/area"
    assert convert(Fraction(1), unit("万元/㎡"), unit("元/㎡")) == 10000
    assert unit("万户").factor == 10000


def test_an_unknown_unit_says_so() -> None:
    assert find_unit("光年") is None
    with pytest.raises(AnjuError) as refused:
        unit("光年")
    assert refused.value.problems[0].code == "quantities.unknown_unit"


@pytest.mark.parametrize(
    ("yuan", "name"), [(9_999, "元"), (10_000, "万元"), (99_999_999, "万元"), (10**8, "亿元"), (-(10**8), "亿元"), (0, "元")]
)
def test_invariant_65_the_scale_of_money_follows_from_its_size(yuan: int, name: str) -> None:
    assert default_scale_of_money(Fraction(yuan)).name == name
