"""进城购房奖励: bought inside the window of one policy document, claimed in time; both ends inclusive (1.11 of the notes; LOCAL)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from anju.kernel.rules.parameters import Value
from anju.kernel.rules.rule import Draft, Rule
from anju.kernel.rules.terms import Term, constant, smallest

Judged = Literal["signed", "filed", "invoiced"]
JUDGED: dict[Judged, str] = {"signed": "网签日期", "filed": "备案日期", "invoiced": "契税发票日期"}
AmountRule = Literal["per_unit", "per_area", "deed_tax"]


@dataclass(frozen=True, slots=True)
class RewardPolicy:
    """One policy document. `judged_by`: which date of the purchase the window is about.

    `rate`: 元 a home, 元/㎡, or a share of the deed tax. `most`: 元 a home, None for no ceiling; `max_area`: ㎡, None for no limit.
    """

    document: str
    effective_from: date
    effective_to: date
    claim_deadline: date
    judged_by: Judged
    amount_rule: AmountRule
    rate: Value
    most: Value | None = None
    max_area: Value | None = None


def purchase_reward(p: RewardPolicy) -> Rule:
    """One home bought by an eligible buyer."""
    draft = Draft("housing.purchase_reward", "进城购房奖励", source=p.document)
    bought = draft.day("bought_on", JUDGED[p.judged_by])
    claimed = draft.day("claimed_on", "申报日期")
    eligible, new_home = draft.truth("eligible_buyer", "属于政策规定的购房人"), draft.truth("eligible_home", "属于政策规定的住房")
    before = draft.truth("rewarded_before", "本人或该套住房已享受购房奖补")
    area = draft.number("area", "建筑面积", unit="㎡", scale=2, most=10**6)
    tax = draft.number("deed_tax", "已缴契税", unit="元", scale=2, most=10**9)
    start, end, deadline = (_day(day) for day in (p.effective_from, p.effective_to, p.claim_deadline))
    draft.step("window_from", "政策起始", start)
    draft.step("window_to", "政策截止", end)
    draft.step("claim_until", "申报截止", deadline)
    draft.check(
        "window",
        "购房时间",
        (bought >= start) & (bought <= end),
        holds="{bought_on}在政策期内",
        fails="{bought_on}不在政策期（{window_from}至{window_to}）内",
    )
    draft.check("deadline", "申报时间", claimed <= deadline, holds="在申报期内", fails="{claimed_on}申报，已过截止日 {claim_until}")
    draft.check("buyer", "购房人", eligible, holds="属于奖励范围", fails="不属于政策规定的购房人")
    draft.check("home", "住房", new_home, holds="属于奖励范围", fails="不属于政策规定的住房")
    draft.check("once", "一次性", ~before, holds="本人和该套住房都没有享受过", fails="本人或该套住房已享受过，不能重复享受")
    if p.max_area is not None:
        draft.check("size", "面积", area <= draft.value(p.max_area), holds="不超过 {max_area}", fails="建筑面积 {area}，超过 {max_area}")
    _amount(draft, p, area, tax)
    return draft.rule(amount="granted")


def _amount(draft: Draft, p: RewardPolicy, area: Term, tax: Term) -> None:
    rate = draft.value(p.rate)
    match p.amount_rule:
        case "per_unit":
            raw, words = rate, "每套 {rate}"
        case "per_area":
            raw, words = (area * rate).rounded(2), "{area} × {rate}"
        case "deed_tax":
            raw, words = (tax * rate).rounded(2), "已缴契税 {deed_tax} × {rate}"
    if p.most is None:
        draft.step("granted", "奖励金额", raw, words)
        return
    draft.step("raw", "测算金额", raw, words)
    draft.step("granted", "奖励金额", smallest(raw, draft.value(p.most)), "{raw}，每套不超过 {most}")


def _day(day: date) -> Term:
    return constant(day.toordinal(), kind="date")
