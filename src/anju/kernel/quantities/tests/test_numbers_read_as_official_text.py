from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.quantities.text import and_more, chinese_count, chinese_number, exact_text, grouped, ordinal, parse_exact, plain, readable


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (2, "二"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (1005, "一千零五"),
     (10020, "一万零二十"), (20000005, "二千万零五"), (100010001, "一亿零一万零一"), (-3, "负三")],
)  # fmt: skip
def test_chinese_numerals(number: int, words: str) -> None:
    assert chinese_number(number) == words


def test_two_things_are_liang_and_the_second_is_er() -> None:
    assert chinese_count(2, "批") == "两批"
    assert chinese_count(12, "批") == "十二批"
    assert ordinal(2) == "第二"


@given(st.integers(0, 10**9))
def test_no_two_numbers_share_their_words(number: int) -> None:
    assert chinese_number(number) != chinese_number(number + 1)


@pytest.mark.parametrize(("number", "words"), [(3213, "3200余"), (3200, "3200"), (1332, "1300余"), (249, "240余"), (7, "7"), (14, "10余")])
def test_yu_follows_a_round_number_only(number: int, words: str) -> None:
    assert and_more(number) == words


def test_plain_digits_keep_their_decimals() -> None:
    assert plain(Decimal("504105.35")) == "504105.35"
    assert plain(Decimal("1E+3")) == "1000"
    assert grouped(Decimal("1109403.00")) == "1,109,403.00"


@given(st.fractions())
def test_exact_text_loses_nothing(value: Fraction) -> None:
    assert parse_exact(exact_text(value)) == value


def test_exact_text_is_a_decimal_when_it_ends() -> None:
    assert exact_text(Fraction(184801, 10000)) == "18.4801"
    assert exact_text(Fraction(796, 553)) == "796/553"
    assert exact_text(Fraction(-5, 4)) == "-1.25"
    assert exact_text(Fraction(2531)) == "2531"


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("1848318424", "1,848,318,424"),
        ("504105.35", "504,105.35"),
        ("4732", "4732"),
        ("10000", "10,000"),
        ("0.12345", "0.12345"),
        ("-12345.60", "-12,345.60"),
        ("-0.5", "-0.5"),
    ],
)
def test_long_numbers_in_formulas_are_grouped(digits: str, shown: str) -> None:
    assert readable(digits) == shown
