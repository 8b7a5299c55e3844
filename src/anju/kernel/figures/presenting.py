"""Which unit a value is printed in, with how many decimals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from anju.kernel.figures.indicators import Indicator
from anju.kernel.figures.periods import day_label
from anju.kernel.quantities.rounding import round_to
from anju.kernel.quantities.text import plain
from anju.kernel.quantities.units import AREA, DATE, MONEY, RATE, Unit, convert, default_scale_of_money, unit


def present(value: Fraction, indicator: Indicator) -> tuple[Decimal, Unit]:
    """`value` (in the indicator's unit) as it is printed: its own display unit and decimals, or by size when it says `show: auto`."""
    if indicator.show is not None:
        return round_to(convert(value, indicator.unit, indicator.show), indicator.round, indicator.rounding), indicator.show
    target = _by_size(value * indicator.unit.factor, indicator.unit)
    converted = convert(value, indicator.unit, target)
    return round_to(converted, places_in(converted, target), indicator.rounding), target


def places_in(value: Fraction, target: Unit) -> int:
    """Decimals of a unit the indicator did not choose: whole yuan and things without, 元/㎡ without, everything else two."""
    if target.dimension == "money/area" or (target.dimension == target.name and target.factor == 1):
        return 0
    if target.dimension == MONEY and target.factor <= 1 and value.denominator == 1:
        return 0
    return 2


def value_text(shown: Decimal, unit_name: str) -> str:
    """18.48亿元, 51.69%, 2531套, 2023年9月30日."""
    if unit_name == DATE:
        return day_label(date.fromordinal(int(shown)))
    return plain(shown) + unit_name


def _by_size(base: Fraction, own: Unit) -> Unit:
    if own.dimension == MONEY:
        return default_scale_of_money(base)
    if own.dimension == AREA:
        return unit("万㎡") if abs(base) >= 10**4 else unit("㎡")
    if own.dimension != RATE and own.dimension == own.name and abs(base) >= 10**8:
        return unit(f"万{own.name}")
    return own
