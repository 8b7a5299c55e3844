"""Rounding once, exactly, in the mode the indicator names; and shares that add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Mode = Literal["half_up", "half_even"]
MODES: tuple[Mode, ...] = ("half_up", "half_even")
Exact = Fraction | Decimal | int


def round_to(value: Exact, places: int, mode: Mode = "half_up") -> Decimal:
    """`value` with `places` decimals. half_up is 四舍五入; half_even is GB/T 8170-2008 3.2 (五后皆零看奇偶). Never -0."""
    scaled = abs(Fraction(value)) * Fraction(10) ** places
    units, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest - scaled.denominator
    if twice > 0 or (twice == 0 and (mode == "half_up" or units % 2 == 1)):
        units += 1
    return _decimal(-units if Fraction(value) < 0 else units, places)


def round_half_up(value: Exact, places: int) -> Decimal:
    """四舍五入 to `places` decimals, away from zero at the half."""
    return round_to(value, places, "half_up")


def round_down(value: Exact, places: int) -> Decimal:
    """Towards minus infinity to `places` decimals."""
    return _decimal((Fraction(value) * Fraction(10) ** places).__floor__(), places)


def largest_remainder(parts: Sequence[Exact], total: Exact, places: int) -> list[Decimal]:
    """The parts rounded so that they add up to `total` exactly: all rounded down, the units left go to the largest remainders.

    `total` is the sum of the unrounded parts, rounded once to `places`. Equal remainders: the larger part first, then the earlier.
    Raises ValueError when `total` is further from the sum than rounding explains.
    """
    scale = Fraction(10) ** places
    exact = [Fraction(part) * scale for part in parts]
    floors = [value.__floor__() for value in exact]
    target = Fraction(total) * scale
    left = target - sum(floors)
    if left.denominator != 1 or not 0 <= left <= len(parts):
        raise ValueError(f"{total} is not the rounded sum of the parts")
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - exact[i], -exact[i], i))
    for position in order[: int(left)]:
        floors[position] += 1
    return [_decimal(units, places) for units in floors]


def _decimal(units: int, places: int) -> Decimal:
    # From a digit tuple, because arithmetic on Decimal would round to the context's precision.
    digits = tuple(int(digit) for digit in str(abs(units) * (1 if places >= 0 else 10**-places)))
    return Decimal((1 if units < 0 else 0, digits, -max(places, 0)))
