"""A printed number stands for everything that rounds to it; what two of them allow together is bounded by interval arithmetic."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.quantities.intervals import FAR, Interval, last_place, stands_for, total
from anju.kernel.quantities.rounding import round_half_up

exact = st.fractions(min_value=0, max_value=10**9, max_denominator=10**6)


def printed(value: Fraction, places: int) -> Interval:
    return stands_for(Fraction(round_half_up(value, places)), places)


@given(exact, st.integers(0, 4))
def test_the_exact_value_lies_in_the_interval_of_its_print(value: Fraction, places: int) -> None:
    interval = printed(value, places)
    assert interval.low <= value <= interval.high


@given(st.lists(exact, min_size=1, max_size=6), st.integers(0, 3))
def test_a_true_sum_is_never_accused(parts: list[Fraction], places: int) -> None:
    assert total(printed(part, places) for part in parts).meets(printed(sum(parts, Fraction(0)), places))


@given(exact, st.fractions(min_value=1, max_value=10**6, max_denominator=10**4), st.integers(0, 3))
def test_a_true_quotient_is_never_accused(above: Fraction, below: Fraction, places: int) -> None:
    quotient = printed(above, places).over(printed(below, places))
    assert quotient is None or quotient.meets(printed(above / below, places))


def test_a_count_is_exact_and_a_measure_is_not() -> None:
    assert stands_for(Fraction(2531), 0, whole=True) == Interval.exactly(2531)
    assert stands_for(Fraction("55.40"), 2) == Interval(Fraction("55.395"), Fraction("55.405"))
    assert not stands_for(Fraction("55.40"), 2).meets(stands_for(Fraction("55.42"), 2))


def test_words_around_a_number_widen_it() -> None:
    assert stands_for(Fraction("6.94"), 2, said="about") == Interval(Fraction("6.925"), Fraction("6.955"))
    assert stands_for(Fraction(340), 0, said="about", whole=True) == Interval(Fraction(325), Fraction(355))
    assert stands_for(Fraction(100), 0, said="about", whole=True) == Interval(Fraction(90), Fraction(110))
    assert stands_for(Fraction(1300), 0, said="over", whole=True) == Interval(Fraction(1300), FAR)
    assert stands_for(Fraction(1300), 0, said="at_most", whole=True) == Interval(-FAR, Fraction(1300))


def test_the_last_significant_place() -> None:
    assert [last_place(Fraction(value), places) for value, places in ((Decimal("6.94"), 2), (340, 0), (1300, 0), (13, 0))] == [
        Fraction(1, 100), 10, 100, 1,
    ]  # fmt: skip


def test_a_divisor_that_may_be_zero_gives_no_quotient() -> None:
    assert Interval.exactly(1).over(Interval(Fraction(0), Fraction(1))) is None
    assert Interval(Fraction(-1), Fraction(2)).times(Interval(Fraction(-3), Fraction(5))) == Interval(Fraction(-6), Fraction(10))
