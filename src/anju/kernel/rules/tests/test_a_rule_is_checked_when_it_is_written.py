"""Mixed units, numbers that could overflow and words about nothing are refused when the rule is written."""

from __future__ import annotations

import pytest

from anju.kernel.rules import units
from anju.kernel.rules.rule import Draft
from anju.kernel.rules.terms import RuleError, Term, choose, constant, months_later

MONEY = Term("given", unit="元", scale=2, high=10**12, data={"name": "money"})
AREA = Term("given", unit="㎡", scale=2, high=10**9, data={"name": "area"})
YES = Term("given", kind="truth", data={"name": "yes"})


@pytest.mark.parametrize(
    ("one", "other", "product"), [("元/㎡·月", "㎡", "元/月"), ("㎡", "㎡", "㎡·㎡"), ("元/月", "月", "元"), ("", "元", "元")]
)
def test_units_multiply(one: str, other: str, product: str):
    assert units.multiplied(one, other) == product


@pytest.mark.parametrize(
    "write",
    [
        lambda: MONEY + AREA,
        lambda: MONEY <= AREA,
        lambda: MONEY & YES,
        lambda: choose(YES, MONEY, AREA),
        lambda: MONEY * AREA * AREA * MONEY,
        lambda: (MONEY * AREA / AREA).rounded(12),
        lambda: months_later(MONEY, 3),
        lambda: MONEY.one_of(1),
        lambda: constant(1, scale=1) + YES,
    ],
)
def test_a_term_that_makes_no_sense_is_refused(write):
    with pytest.raises(RuleError):
        write()


def test_names_are_written_once_and_sentences_speak_of_what_was_written():
    draft = Draft("x", "示例", source="示例")
    draft.number("persons", "人口", most=9)
    for write in (
        lambda: draft.number("persons", "人口", most=9),
        lambda: draft.step("area", "面积", constant(1), "{nothing}"),
        lambda: draft.check("kind", "类别", constant(1), holds="", fails=""),
    ):
        with pytest.raises(RuleError):
            write()
