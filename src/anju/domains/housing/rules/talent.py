"""人才购房补贴: a sum by degree for a first home, once or in yearly tranches (1.10 of the notes; LOCAL everywhere)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anju.domains.housing.rules.words import DEGREES
from anju.kernel.rules.parameters import Table, Value
from anju.kernel.rules.rule import Draft, Rule
from anju.kernel.rules.terms import months_later


@dataclass(frozen=True, slots=True)
class TalentTerms:
    """`amount`: 元 by degree. `tranches`: how the sum is split, in hundredths of a percent, adding up to the whole.

    `within`: 月 from starting work here to the purchase, 0 for no limit.
    """

    amount: Table
    tranches: tuple[int, ...]
    within: Value
    both_of_a_couple: bool


def talent_purchase(p: TalentTerms) -> Rule:
    """One person and one home."""
    draft = Draft("housing.talent_purchase", "人才购房补贴", source=p.amount.source)
    degree = draft.code("degree", "学位", DEGREES)
    full_time, works_here = draft.truth("full_time", "全日制学历已核验"), draft.truth("works_here", "在本地工作并参保")
    first_home, filed = draft.truth("first_home", "家庭在本地首套住房"), draft.truth("contract_filed", "购房合同已备案")
    taxed, before = draft.truth("tax_paid", "已缴契税"), draft.truth("subsidised_before", "本人或该套住房已享受购房补贴")
    signed, began = draft.day("signed_on", "网签日期"), draft.day("began_on", "到本地工作日期")
    for name, label, holds, fails in (
        ("degree_verified", full_time, "学历已核验", "学历未通过核验"),
        ("employed", works_here, "在本地工作并参保", "未在本地工作或参保"),
        ("first", first_home, "网签时家庭在本地无其他住房", "网签时家庭在本地已有住房"),
        ("filed", filed, "购房合同已备案", "购房合同没有备案"),
        ("taxed", taxed, "已缴纳契税", "没有缴纳契税"),
    ):
        draft.check(name, {"degree_verified": "学历", "employed": "工作", "first": "首套", "filed": "合同", "taxed": "税款"}[name], label,
                    holds=holds, fails=fails)  # fmt: skip
    draft.check("once", "一次性", ~before, holds="本人和该套住房都没有享受过", fails="本人或该套住房已享受过购房补贴，不能重复享受")
    if p.within.value:
        within = draft.value(p.within)
        until = draft.step("buy_until", "购房期限", months_later(began, within), "自 {began_on} 起 {within}")
        draft.check(
            "in_time", "购房期限", signed <= until, holds="在期限内购房", fails="{signed_on}网签，晚于 {buy_until}", source=p.within.source
        )
    draft.step("granted", "补贴总额", draft.table(p.amount, degree), "{degree}", source=p.amount.source)
    return draft.rule(amount="granted")


def tranches_of(total: int, parts: Sequence[int]) -> list[int]:
    """The sum in fen split by hundredths of a percent; what rounding leaves goes to the last tranche, so that Σ = total (RB-12)."""
    if not parts or sum(parts) != 10_000 or any(part <= 0 for part in parts):
        raise ValueError(f"tranches {list(parts)} are no split of the whole")
    amounts = [total * part // 10_000 for part in parts]
    amounts[-1] += total - sum(amounts)
    return amounts


def for_a_couple(amounts: Sequence[int], *, both: bool) -> list[int]:
    """What each of two qualified persons of one couple gets for one home: both, or the higher once (RB-10); ties go to the first."""
    if both or len(amounts) < 2:
        return list(amounts)
    best = max(range(len(amounts)), key=lambda place: (amounts[place], -place))
    return [amount if place == best else 0 for place, amount in enumerate(amounts)]
