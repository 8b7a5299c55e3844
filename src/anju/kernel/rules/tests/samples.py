"""Terms and a rule for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from hypothesis import strategies as st

from anju.kernel.rules.columns import Column
from anju.kernel.rules.parameters import Table, Value
from anju.kernel.rules.rule import Draft, Rule
from anju.kernel.rules.scalar import Value as Stored
from anju.kernel.rules.terms import LAST_DAY, Term, choose, largest, months_later, smallest

NUMBERS = ("a", "b", "c")
GIVEN: dict[str, Term] = {
    **{name: Term("given", unit="", scale=place, low=-(10**6), high=10**6, data={"name": name}) for place, name in enumerate(NUMBERS)},
    "yes": Term("given", kind="truth", data={"name": "yes"}),
    "kind": Term("given", kind="code", high=9, data={"name": "kind"}),
    "day": Term("given", kind="date", high=LAST_DAY, data={"name": "day"}),
}


def subsidy() -> Rule:
    """A small rule with everything in it."""
    draft = Draft("sample.subsidy", "示例补贴", source="示例文件第一条")
    persons = draft.number("persons", "人口", unit="人", most=30)
    income = draft.number("income", "家庭月收入", unit="元", scale=2, most=10**9)
    own = draft.number("own", "自有面积", unit="㎡", scale=2, most=10**6)
    tier = draft.code("tier", "类别", {1: "低保", 2: "低收入"})
    applied, graduated = draft.day("applied", "申请日期"), draft.day("graduated", "毕业日期")
    limit = draft.value(Value("limit", "收入线", 200_000, "元/人", 2, "示例文件第二条", "v1"))
    cap = draft.value(Value("cap", "面积上限", 6000, "㎡", 2, "示例文件第三条", "v1"))
    rate = draft.value(Value("rate", "补贴标准", 2300, "元/㎡", 2, "示例文件第四条", "v1"))
    per_head = (income / persons).rounded(2)
    draft.step("per_head", "人均收入", per_head, "家庭月收入 {income} 除以 {persons}")
    draft.check(
        "income_limit", "收入", income / persons <= limit, holds="人均 {per_head}，不超过 {limit}", fails="人均 {per_head}，超过 {limit}"
    )
    draft.check("recent", "毕业年限", applied < months_later(graduated, 60), holds="毕业未满五年", fails="{graduated}毕业，已满五年")
    std = draft.table(Table("std", "面积标准", {1: 3000, 2: 4500, 3: 6000}, "㎡", 2, clamp=True), persons)
    area = draft.step("area", "补贴面积", smallest(largest(std - own, 0), cap), "{std}减去 {own}，不超过 {cap}")
    coef = draft.table(Table("coef", "系数", {1: 100, 2: 80}, "", 2), tier)
    draft.step("amount", "月补贴额", (area * rate * coef).rounded(2), "{area} × {rate} × 系数")
    return draft.rule(amount="amount")


def _size(term: Term) -> int:
    return max(-term.low, term.high, 1)


@st.composite
def numbers(draw: st.DrawFn, depth: int = 3) -> Term:
    """A number term over GIVEN whose bounds fit."""
    if depth == 0 or draw(st.booleans()):
        return GIVEN[draw(st.sampled_from(NUMBERS))]
    one, other = draw(numbers(depth - 1)), draw(numbers(depth - 1))
    match draw(st.integers(0, 7)):
        case 0:
            return one + other
        case 1:
            return one - other
        case 2 if _size(one) * _size(other) < 2**40:
            return one * other
        case 3:
            return smallest(one, other)
        case 4:
            return largest(one, other)
        case 5:
            return choose(draw(truths(depth - 1)), one, other)
        case 6 if _size(one) < 2**40 and _size(other) < 2**40:
            return (one / other).rounded(draw(st.integers(0, 2)))
    return Table("t", "表", {1: 10, 3: 30, 4: 40}, "", 1, clamp=draw(st.booleans())).at(GIVEN["kind"]) if draw(st.booleans()) else one


@st.composite
def truths(draw: st.DrawFn, depth: int = 3) -> Term:
    """A truth term over GIVEN."""
    if depth == 0:
        return GIVEN["yes"]
    match draw(st.integers(0, 6)):
        case 0:
            return draw(truths(depth - 1)) & draw(truths(depth - 1))
        case 1:
            return draw(truths(depth - 1)) | draw(truths(depth - 1))
        case 2:
            return ~draw(truths(depth - 1))
        case 3:
            one, other = draw(numbers(depth - 1)), draw(numbers(depth - 1))
            return (
                draw(st.sampled_from([one <= other, one < other, one >= other, one > other, one.equals(other)]))
                if _size(one) < 2**50 and _size(other) < 2**50
                else GIVEN["yes"]
            )
        case 4:
            return GIVEN["kind"].one_of(1, 3)
        case 5:
            return draw(numbers(depth - 1)).known
    return GIVEN["day"] > months_later(GIVEN["day"], draw(st.integers(-30, 30)))


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Stored]:
    """Values for GIVEN, some unknown."""
    maybe = lambda values: st.one_of(st.none(), values)  # noqa: E731
    return {
        **{name: draw(maybe(st.integers(-(10**6), 10**6))) for name in NUMBERS},
        "yes": draw(maybe(st.booleans())),
        "kind": draw(maybe(st.integers(0, 9))),
        "day": draw(maybe(st.dates(date(1950, 1, 1), date(2050, 12, 31)).map(date.toordinal))),
    }


def as_columns(rows: list[dict[str, Any]]) -> dict[str, Column]:
    """The same cases as columns."""
    columns = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        truth = any(isinstance(value, bool) for value in values)
        known = np.array([value is not None for value in values])
        columns[name] = Column(
            np.array([value or 0 for value in values], dtype=bool if truth else np.int64), None if known.all() else known
        )
    return columns
