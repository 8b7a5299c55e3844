"""Guaranteed delivery (保交楼): rates and ranks. A rate over zero is None and unranked; ranks are taken on unrounded values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Progress:
    """One district or project at a cut-off. Money in fen, homes in units."""

    name: str
    units: int
    delivered: int
    approved_fen: int = 0
    arrived_fen: int = 0
    disbursed_fen: int = 0
    titled: int = 0
    slipped: int = 0

    @property
    def delivery_rate(self) -> Fraction | None:
        """delivered / units (DL-03)."""
        return ratio(self.delivered, self.units)

    @property
    def use_rate(self) -> Fraction | None:
        """disbursed / approved, as published reports compute it."""
        return ratio(self.disbursed_fen, self.approved_fen)

    @property
    def titled_rate(self) -> Fraction | None:
        """titled / delivered."""
        return ratio(self.titled, self.delivered)

    @property
    def loan_per_unit_fen(self) -> Fraction | None:
        """approved / units."""
        return ratio(self.approved_fen, self.units)


def ratio(of: int, over: int) -> Fraction | None:
    """of / over; None over zero."""
    return Fraction(of, over) if over else None


def fault(one: Progress) -> str:
    """Which of the red lines is crossed (DL-01), or nothing."""
    if one.delivered > one.units:
        return "交付套数大于应交付套数"
    if one.titled > one.delivered:
        return "办证套数大于交付套数"
    if one.arrived_fen > one.approved_fen:
        return "到位金额大于批准金额"
    if one.disbursed_fen > one.arrived_fen:
        return "拨付金额大于到位金额"
    return ""


def ranked(rows: Sequence[Progress]) -> list[tuple[int | None, Progress]]:
    """Competition ranks (1, 2, 2, 4): by delivery rate, then use rate, then fewer slipped milestones; without units unranked, last."""
    able = sorted((one for one in rows if one.delivery_rate is not None), key=_key)
    places: list[tuple[int | None, Progress]] = []
    for index, one in enumerate(able):
        tied = index > 0 and _key(one) == _key(able[index - 1])
        places.append((places[-1][0] if tied else index + 1, one))
    return places + [(None, one) for one in rows if one.delivery_rate is None]


def _key(one: Progress) -> tuple[Fraction, Fraction, int]:
    return (-(one.delivery_rate or Fraction(0)), -(one.use_rate or Fraction(0)), one.slipped)


def slip_days(planned_first: date, actual_or_today: date) -> int:
    """Days behind the original plan (DL-06), never negative: a plan that was moved does not make a milestone punctual."""
    return max((actual_or_today - planned_first).days, 0)
