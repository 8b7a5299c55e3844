"""新就业无房职工阶段性租房补贴: a fixed sum by degree for a limited number of months (1.9 of the notes; LOCAL everywhere)."""

from __future__ import annotations

from dataclasses import dataclass

from anju.domains.housing.rules.words import DEGREES
from anju.kernel.rules.parameters import Table, Value
from anju.kernel.rules.rule import Draft, Rule
from anju.kernel.rules.terms import months_later, smallest


@dataclass(frozen=True, slots=True)
class NewWorkerTerms:
    """`amount`: 元/月 by degree. `graduated_within`: 月; `insured_months`: least; `max_months`: in all, across employers and districts."""

    amount: Table
    graduated_within: Value
    insured_months: Value
    max_months: Value
    capped_by_rent: bool


def new_worker(p: NewWorkerTerms) -> Rule:
    """One household and month: one subsidy a household even if several members qualify; the writer of rows sees to that (RB-03)."""
    draft = Draft("housing.new_worker", "新就业无房职工租房补贴", source=p.amount.source)
    degree = draft.code("degree", "学历", DEGREES)
    graduated, applied = draft.day("graduated_on", "毕业日期"), draft.day("applied_on", "申请日期")
    insured = draft.number("insured", "在本地连续参保", unit="月", most=1200)
    no_home, excluded = draft.truth("no_home", "本地无房"), draft.truth("other_support", "已享受其他住房补贴或住房保障")
    used = draft.number("months_used", "已领月数", unit="月", most=1200)
    rent = draft.number("month_rent", "实际月租金", unit="元/月", scale=2, most=10**8)
    within, least, most = draft.value(p.graduated_within), draft.value(p.insured_months), draft.value(p.max_months)
    until = draft.step("apply_until", "申请期限", months_later(graduated, within), "{graduated_on}毕业，{graduated_within}内申请")
    draft.check(
        "graduated",
        "毕业年限",
        applied < until,
        holds="在毕业{graduated_within}内申请",
        fails="{graduated_on}毕业，{applied_on}申请时已满{graduated_within}",
        source=p.graduated_within.source,
    )
    draft.check("insured_enough", "社会保险", insured >= least, holds="已参保 {insured}", fails="已参保 {insured}，不足 {insured_months}")
    draft.check("homeless", "住房", no_home, holds="本人及家庭成员在本地无房", fails="本人或家庭成员在本地有房")
    draft.check("only_one", "其他保障", ~excluded, holds="未享受互斥的补贴或保障", fails="已享受互斥的补贴或住房保障，不能重复享受")
    draft.check(
        "months", "期限", used < most, holds="已领 {months_used}，最长 {max_months}", fails="已领 {months_used}，达到最长 {max_months}"
    )
    amount = draft.step("standard", "补贴标准", draft.table(p.amount, degree), "{degree}", source=p.amount.source)
    if p.capped_by_rent:
        draft.step("payable", "每月补贴额", smallest(amount, rent), "不超过实际月租金 {month_rent}，取较小者")
    else:
        draft.step("payable", "每月补贴额", amount, "按标准发放")
    return draft.rule(amount="payable")
