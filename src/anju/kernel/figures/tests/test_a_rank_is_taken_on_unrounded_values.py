"""Invariant 20 of the reporting domain, on plain numbers."""

from __future__ import annotations

import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.figures.deriving import positions
from anju.kernel.figures.indicators import RankRule
from anju.kernel.figures.wording import rank_text

rules = st.builds(RankRule, order=st.sampled_from(["desc", "asc"]), ties=st.sampled_from(["competition", "dense"]))
tables = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.fractions(max_denominator=7, min_value=0, max_value=5), min_size=1)


@given(tables, rules, st.integers())
def test_the_order_of_the_regions_does_not_matter(values: dict[str, Fraction], rule: RankRule, seed: int) -> None:
    names = list(values)
    random.Random(seed).shuffle(names)
    assert positions({name: values[name] for name in names}, rule) == positions(values, rule)


@given(tables, rules)
def test_better_values_stand_before_worse_and_equal_ones_together(values: dict[str, Fraction], rule: RankRule) -> None:
    places = positions(values, rule)
    sign = -1 if rule.order == "desc" else 1
    for one in values:
        for other in values:
            assert (places[one] < places[other]) == (sign * values[one] < sign * values[other])


@given(tables, st.sampled_from(["desc", "asc"]))
def test_competition_counts_those_ahead_and_dense_counts_values_ahead(values: dict[str, Fraction], order: str) -> None:
    competition = positions(values, RankRule(order, "competition"))  # type: ignore[arg-type]
    dense = positions(values, RankRule(order, "dense"))  # type: ignore[arg-type]
    for name in values:
        ahead = [other for other in values if competition[other] < competition[name]]
        assert competition[name] == 1 + len(ahead)
        assert dense[name] == 1 + len({values[other] for other in ahead})


def test_one_two_two_four_and_one_two_two_three() -> None:
    values = {"a": Fraction(9), "b": Fraction(7), "c": Fraction(7), "d": Fraction(5)}
    assert list(positions(values, RankRule(ties="competition")).values()) == [1, 2, 2, 4]
    assert list(positions(values, RankRule(ties="dense")).values()) == [1, 2, 2, 3]


def test_values_that_print_alike_are_not_tied() -> None:
    values = {"a": Fraction("143.941"), "b": Fraction("143.942")}
    assert positions(values, RankRule()) == {"a": 2, "b": 1}


def test_a_shared_place_says_so() -> None:
    assert rank_text(2, tied=False) == "第二"
    assert rank_text(2, tied=True) == "并列第二"
