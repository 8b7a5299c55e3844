"""住房租赁补贴: who gets it and how much a month (建保〔2016〕281号; the formula is the superset of the local ones, 1.8 of the notes).

area    = min(max(standard - own, 0), cap)        RB-01
base    = area x rate(tier) x coefficient(tier)
payable = min(max(base, floor), actual rent)      RB-02, where the region caps by rent
"""

from __future__ import annotations

from dataclasses import dataclass

from anju.domains.housing.rules.means import MeansTerms, means
from anju.kernel.rules.parameters import Table, Value
from anju.kernel.rules.rule import Draft, Rule
from anju.kernel.rules.terms import Term, largest, smallest

SOURCE = "《关于做好城镇住房保障家庭租赁补贴工作的指导意见》（建保〔2016〕281号）"


@dataclass(frozen=True, slots=True)
class RentTerms:
    """The parameters of a region in force. `area_standard`: by household size, ㎡/人 (`per_person`) or ㎡.

    `rate`: 元/㎡·月 by tier; `coefficient`: by tier; `floor`: 元/月, 0 for none; `capped_by_rent`: payable ≤ actual rent.
    `max_months`: in all, 0 for no limit.
    """

    means: MeansTerms
    area_standard: Table
    per_person: bool
    area_cap: Value
    rate: Table
    coefficient: Table
    floor: Value
    capped_by_rent: bool
    max_months: Value


def rent_subsidy(p: RentTerms) -> Rule:
    """The rule of one household for one month. Inputs beside those of means: the agreement, the tenancy and the month (RB-05)."""
    draft = Draft("housing.rent_subsidy", "住房租赁补贴", source=SOURCE)
    found = means(draft, p.means)
    rent = draft.number("month_rent", "实际月租金", unit="元/月", scale=2, most=10**8)
    _month(draft, p)
    area = _area(draft, p, found.persons, found.own_area)
    _payable(draft, p, area, found.tier, rent)
    return draft.rule(amount="payable")


def rent_eligibility(p: RentTerms) -> Rule:
    """Whether a household is entitled at all, and to how much a month: the decision of an application, before there is an agreement."""
    draft = Draft("housing.rent_eligibility", "住房租赁补贴资格", source=SOURCE)
    found = means(draft, p.means)
    rent = draft.number("month_rent", "实际月租金", unit="元/月", scale=2, most=10**8)
    area = _area(draft, p, found.persons, found.own_area)
    _payable(draft, p, area, found.tier, rent)
    return draft.rule(amount="payable")


def _month(draft: Draft, p: RentTerms) -> None:
    first, last = draft.day("month_first", "当月第一天"), draft.day("month_last", "当月最后一天")
    starts, ends = draft.day("agreement_from", "协议起"), draft.day("agreement_to", "协议止")
    let_from, let_to = draft.day("tenancy_from", "租期起"), draft.day("tenancy_to", "租期止")
    unpaid_from = draft.day("unpaid_from", "停发起")
    stopped = draft.truth("stopped", "已终止")
    suspended, let_unit = draft.truth("suspended", "已暂停"), draft.truth("let_unit", "当月住公租房")
    draft.check(
        "agreement",
        "协议",
        (starts <= last) & (ends >= first),
        holds="当月在协议期内",
        fails="当月不在协议期（{agreement_from}至{agreement_to}）内",
    )
    draft.check(
        "tenancy",
        "租期",
        (let_from <= last) & (let_to >= first),
        holds="当月在租期内",
        fails="当月不在租期（{tenancy_from}至{tenancy_to}）内",
    )
    draft.check("stopped_before", "终止", ~stopped | (first < unpaid_from), holds="补贴没有终止", fails="补贴已终止，自{unpaid_from}起停发")
    draft.check("suspended_now", "暂停", ~suspended, holds="没有暂停发放", fails="已暂停发放")
    draft.check("one_form", "保障方式", ~let_unit, holds="没有同时承租公租房", fails="当月已承租公租房，不能同时领取租赁补贴")
    if p.max_months.value:
        used, most = draft.number("months_used", "已领月数", unit="月", most=1200), draft.value(p.max_months)
        draft.check(
            "months",
            "期限",
            used < most,
            holds="已领 {months_used}，最长 {max_months}",
            fails="已领 {months_used}，达到最长期限 {max_months}",
        )


def _area(draft: Draft, p: RentTerms, persons: Term, own_area: Term) -> Term:
    each = draft.table(p.area_standard, persons)
    if p.per_person:
        draft.step("standard_each", "每人保障面积", each, "{persons}的家庭")
        standard = draft.step("standard", "家庭保障面积", each * persons, "每人 {standard_each} × {persons}")
    else:
        standard = draft.step("standard", "家庭保障面积", each, "{persons}的家庭")
    cap = draft.value(p.area_cap)
    words = "{standard} 减去自有住房 {own_area}，不低于零，不超过 {area_cap}"
    return draft.step("area_paid", "补贴面积", smallest(largest(standard - own_area, 0), cap), words, source=p.area_cap.source)


def _payable(draft: Draft, p: RentTerms, area: Term, tier: Term, rent: Term) -> None:
    rate = draft.step("rate_here", "补贴标准", draft.table(p.rate, tier), "{tier}", source=p.rate.source)
    coefficient = draft.step("coefficient_here", "保障系数", draft.table(p.coefficient, tier), "{tier}", source=p.coefficient.source)
    exact = area * rate * coefficient
    draft.step("base", "测算补贴额", exact.rounded(2), "{area_paid} × {rate_here} × {coefficient_here}")
    raw = exact.rounded(2)
    if p.floor.value:
        floor = draft.value(p.floor)
        raw = draft.step("raw", "不低于最低标准", largest(raw, floor), "{base} 与最低标准 {floor} 取较大者", source=p.floor.source)
    if p.capped_by_rent:
        words = "不超过实际月租金 {month_rent}，取较小者"
        draft.step("payable", "每月补贴额", smallest(raw, rent), words)
    else:
        draft.step("payable", "每月补贴额", raw, "按测算补贴额发放")
