"""What a household owns, in ㎡: registered shares and homes signed but not registered, each home once (HS-05, 0.1 of the domain notes).

Areas are hundredths of a ㎡ and shares hundredths of a percent, so a product is a whole number of millionths of a ㎡: exact, and the
threshold is compared without rounding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anju.kernel.rules.scalar import months_later

WHOLE = 10_000
"""A share of 100%, in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A home of one member. `unit`: the 28-digit unit code without blanks, else the local key; `area` None: not yet known.

    `registered` false: a signed contract that counts like a home. `given_away_on`: transferred to somebody else that day.
    """

    unit: str
    area: int | None
    share: int = WHOLE
    registered: bool = True
    given_away_on: date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """One home as it counts: `area` in millionths of a ㎡; `why` in words."""

    unit: str
    area: int | None
    why: str


def counted(holdings: Iterable[Holding], *, on: date, lookback_years: int) -> list[Counted]:
    """The homes of a household that count on a day, each unit once, by unit.

    Shares of members in one unit add up to no more than the whole. A registered home is not counted again as signed. A home given away
    within `lookback_years` still counts; the day those years are over it does not (local documents; common).
    """
    units: dict[str, list[Holding]] = {}
    for holding in holdings:
        if _counts(holding, on, lookback_years):
            units.setdefault(holding.unit, []).append(holding)
    return [_one_unit(unit, held) for unit, held in sorted(units.items())]


def owned_area(holdings: Iterable[Holding], *, on: date, lookback_years: int) -> int | None:
    """The area a household has, in millionths of a ㎡; None when the area of a home that counts is not known."""
    areas = [home.area for home in counted(holdings, on=on, lookback_years=lookback_years)]
    return None if any(area is None for area in areas) else sum(area for area in areas if area is not None)


def _counts(holding: Holding, on: date, lookback_years: int) -> bool:
    if holding.given_away_on is None:
        return True
    over = months_later(holding.given_away_on.toordinal(), 12 * lookback_years)
    return over is not None and on.toordinal() < over


def _one_unit(unit: str, held: list[Holding]) -> Counted:
    registered = [one for one in held if one.registered and one.given_away_on is None]
    given_away = [one for one in held if one.given_away_on is not None]
    signed = [one for one in held if not one.registered and one.given_away_on is None]
    chosen, words = next(pair for pair in ((registered, "已登记"), (signed, "已网签未登记"), (given_away, "近年转让，仍计入")) if pair[0])
    if any(one.area is None for one in chosen):
        return Counted(unit, None, f"{words}，面积待查")
    share = min(sum(one.share for one in chosen), WHOLE)
    area = max(one.area for one in chosen if one.area is not None)
    why = words if share == WHOLE else f"{words}，份额合计{share / 100:g}%"
    return Counted(unit, area * share, why)
