"""The trace of a judgement: each step and check in a sentence with its numbers and its source; unknown is no pass and no zero."""

from __future__ import annotations

from datetime import date

import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.rules.judging import Verdict, judge
from anju.kernel.rules.tests.samples import subsidy

RULE = subsidy()
FAMILY = {
    "persons": 3, "income": 500_000, "own": 450, "tier": 2, "applied": date(2023, 3, 1), "graduated": date(2018, 3, 2),
}  # fmt: skip


def test_the_amount_is_told_step_by_step():
    found = judge(RULE, FAMILY)
    assert (found.verdict, found.amount) == (Verdict.GRANTED, (6000 - 450) * 2300 * 80 // 10_000)
    assert [(line.label, line.value, line.text) for line in found.lines if not line.is_check] == [
        ("人均收入", "1,666.67元/人", "家庭月收入 5,000.00元 除以 3人"),
        ("补贴面积", "55.5㎡", "面积标准减去 4.5㎡，不超过 60㎡"),
        ("月补贴额", "1,021.20元", "55.5㎡ × 23.00元/㎡ × 系数"),
    ]
    assert [(line.text, line.holds) for line in found.lines if line.is_check] == [
        ("人均 1,666.67元/人，不超过 2,000.00元/人", True),
        ("毕业未满五年", True),
    ]
    assert found.parameters[0].source == "示例文件第二条"


def test_a_refusal_names_every_reason():
    found = judge(RULE, {**FAMILY, "income": 600_001, "graduated": date(2018, 3, 1)})
    assert (found.verdict, found.amount, found.failed) == (Verdict.REFUSED, 0, ("income_limit", "recent"))
    # The threshold is met exactly at the fen: 600001 fen for three is above 2000.00 a head although both print alike.
    assert found.reasons == ("人均 2,000.00元/人，超过 2,000.00元/人", "2018年3月1日毕业，已满五年")


def test_unknown_is_neither_a_pass_nor_zero():
    found = judge(RULE, {**FAMILY, "income": None})
    assert (found.verdict, found.amount, found.missing) == (Verdict.UNKNOWN, None, ("家庭月收入",))
    left_out = judge(RULE, {name: value for name, value in FAMILY.items() if name != "own"})
    assert (left_out.verdict, left_out.missing) == (Verdict.UNKNOWN, ("自有面积",))


def test_what_is_refused_anyway_needs_no_finding_out():
    found = judge(RULE, {**FAMILY, "income": None, "graduated": date(2010, 1, 1)})
    assert (found.verdict, found.amount, found.missing) == (Verdict.REFUSED, 0, ())


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"shoe": 1}, "rules.unknown_input"), ({"persons": 31}, "rules.input_out_of_bounds"), ({"own": -1}, "rules.input_out_of_bounds")],
)
def test_inputs_are_bounded_and_named(changed: dict, code: str):
    with pytest.raises(AnjuError, match=code):
        judge(RULE, {**FAMILY, **changed})
