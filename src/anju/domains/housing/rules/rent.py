"""公租房租金: a month's bill of a home (令11号第十九条; HS-14, HS-22) and what counts towards giving it back (HS-15, HS-16, HS-17).

rent = area x standard(tier) x (1 - reduction(tier)) x days / days of the month; after the moving period the market standard, unreduced.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anju.domains.housing.rules.words import TIERS
from anju.kernel.rules.parameters import Table, Value
from anju.kernel.rules.rule import Draft, Rule
from anju.kernel.rules.terms import Term, constant

SOURCE = "《公共租赁住房管理办法》（住房城乡建设部令第11号）第十九条"
ARREARS_MONTHS, EMPTY_MONTHS, RENEWAL_MONTHS = 6, 6, 3
"""令11号第二十九条, 第二十七条第五项, 第三十条."""


@dataclass(frozen=True, slots=True)
class RentStandard:
    """The standards in force in a region. `standard`: 元/㎡·月 by tier; `reduction`: a share of it by tier; `market`: 元/㎡·月."""

    standard: Table
    reduction: Table
    market: Value


def contract_rent(p: RentStandard) -> Rule:
    """A month at the rate of the lease."""
    draft = Draft("housing.contract_rent", "公租房租金", source=SOURCE)
    area, days, whole = _home(draft)
    tier = draft.code("tier", "保障类别", TIERS)
    standard = draft.step("standard_here", "租金标准", draft.table(p.standard, tier), "{tier}", source=p.standard.source)
    reduction = draft.step("reduction_here", "减免比例", draft.table(p.reduction, tier), "{tier}", source=p.reduction.source)
    kept = draft.step("kept", "应付系数", constant(10_000, scale=4) - reduction, "1 减去减免比例 {reduction_here}")
    draft.step(
        "rent", "本月租金", (area * standard * kept * days / whole).rounded(2), "{area} × {standard_here} × {kept} × {days} ÷ {month_days}"
    )
    return draft.rule(amount="rent")


def market_rent(p: RentStandard) -> Rule:
    """A month at the market rate: after the moving period, or from the day of a breach on."""
    draft = Draft(
        "housing.market_rent", "公租房市场租金", source="《公共租赁住房管理办法》（住房城乡建设部令第11号）第三十一条、第三十六条"
    )
    area, days, whole = _home(draft)
    market = draft.value(p.market)
    draft.step("rent", "本月租金", (area * market * days / whole).rounded(2), "{area} × {market} × {days} ÷ {month_days}")
    return draft.rule(amount="rent")


def days_of(month: date, starts_on: date, ends_on: date) -> int:
    """How many days of a month (its first day) lie in a tenancy, both ends included."""
    last = date(month.year, month.month, monthrange(month.year, month.month)[1])
    return max((min(last, ends_on) - max(month, starts_on)).days + 1, 0)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def in_arrears(unpaid_months: int) -> bool:
    """累计拖欠6个月以上 (HS-15): six do, five do not."""
    return unpaid_months >= ARREARS_MONTHS


def empty_since(visits: Iterable[tuple[date, bool]]) -> date | None:
    """The first visit of the unbroken row of visits that ends with the last one and found nobody living there."""
    found: date | None = None
    for day, lived_in in sorted(visits):
        found = None if lived_in else found or day
    return found


def is_empty(visits: Iterable[tuple[date, bool]], on: date) -> bool:
    """连续6个月以上空置 (HS-16): six months to the day do, one day less does not."""
    since = empty_since(visits)
    return since is not None and months_after(since, EMPTY_MONTHS) <= on


def renewal_is_late(asked_on: date, ends_on: date) -> bool:
    """Later than three months before the end of the lease (HS-17)."""
    return months_after(asked_on, RENEWAL_MONTHS) > ends_on


def _home(draft: Draft) -> tuple[Term, Term, Term]:
    area = draft.number("area", "建筑面积", unit="㎡", scale=2, most=20_000)
    return area, draft.number("days", "计租天数", unit="日", most=31), draft.number("month_days", "当月天数", unit="日", least=28, most=31)
