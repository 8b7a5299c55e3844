"""Exact amounts that print like the targets, all their relations included, drawn by chance among the many that do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from anju.site.demo import targets
from anju.site.demo.dice import Dice
from anju.site.demo.printed import Growth, Printed

T = TypeVar("T")
MAX_DRAWS = 20_000


@dataclass(frozen=True, slots=True)
class Development:
    """Hundredths of ㎡ begun in a half year."""

    residential: int
    commercial: int


@dataclass(frozen=True, slots=True)
class Sales:
    """Contracts filed in a half year: `area` in hundredths of ㎡, `amount` in 元; residential and all other uses."""

    units: int
    area: int
    amount: int
    other_units: int
    other_area: int
    other_amount: int


def development(dice: Dice) -> tuple[Development, Development]:
    """The first halves of 2023 and of the year before."""

    def draw() -> tuple[Development, Development] | None:
        now = Development(_amount(dice, targets.DEVELOPMENT_RESIDENTIAL), _amount(dice, targets.DEVELOPMENT_COMMERCIAL))
        before = Development(
            _base(dice, targets.DEVELOPMENT_RESIDENTIAL, now.residential), _base(dice, targets.DEVELOPMENT_COMMERCIAL, now.commercial)
        )
        total, base = now.residential + now.commercial, before.residential + before.commercial
        fits = targets.DEVELOPMENT_AREA.holds(total) and _growth(targets.DEVELOPMENT_AREA).holds(total, base)
        return (now, before) if fits else None

    return _until(draw)


def sales(dice: Dice) -> tuple[Sales, Sales]:
    """The first halves of 2023 and of the year before; the average price and its growth follow."""

    def draw() -> tuple[Sales, Sales] | None:
        area, amount = _amount(dice, targets.SOLD_AREA_RESIDENTIAL), _amount(dice, targets.SOLD_AMOUNT_RESIDENTIAL)
        price = Fraction(amount * 100, area)
        if not targets.AVERAGE_PRICE_RESIDENTIAL.holds(price):
            return None
        all_area, all_amount = _amount(dice, targets.SOLD_AREA), _amount(dice, targets.SOLD_AMOUNT)
        amount_before = _base(dice, targets.SOLD_AMOUNT_RESIDENTIAL, amount)
        all_before = _base(dice, targets.SOLD_AMOUNT, all_amount)
        # Last year's area is what gives the printed growth of the price: amount over area is the price.
        price_growth = _growth(targets.AVERAGE_PRICE_RESIDENTIAL)
        area_before = round(amount_before * 100 / (price / (1 + Fraction(price_growth.text) / 100)))
        if not price_growth.holds(price, Fraction(amount_before * 100, area_before)):
            return None
        others = targets.SOLD_UNITS - targets.SOLD_UNITS_RESIDENTIAL
        now = Sales(targets.SOLD_UNITS_RESIDENTIAL, area, amount, others, all_area - area, all_amount - amount)
        other_before = all_before - amount_before
        other_area_before = (now.other_area * other_before // now.other_amount) // 100 * 100 + dice.between(1, 99)
        units_before = round(area_before / (Fraction(area, now.units))) + dice.between(-12, 12)
        return now, Sales(units_before, area_before, amount_before, others + dice.between(3, 14), other_area_before, other_before)

    return _until(draw)


def transactions(dice: Dice) -> tuple[int, int]:
    """Hundredths of ㎡ of existing-home contracts and of de-registrations whose sum prints right too."""

    def draw() -> tuple[int, int] | None:
        existing, deregistered = _amount(dice, targets.EXISTING_AREA), _amount(dice, targets.DEREGISTERED_AREA)
        return (existing, deregistered) if targets.TRANSACTION_AREA.holds(existing + deregistered) else None

    return _until(draw)


def amount(dice: Dice, printed: Printed) -> int:
    """A whole amount that prints like this."""
    return _amount(dice, printed)


def _until(draw: Callable[[], T | None]) -> T:
    for _ in range(MAX_DRAWS):
        found = draw()
        if found is not None:
            return found
    raise ValueError("no amounts print like the targets")


def _amount(dice: Dice, printed: Printed) -> int:
    return dice.between(*printed.range())


def _growth(printed: Printed) -> Growth:
    if printed.growth is None:
        raise ValueError(f"{printed.text} has no growth")
    return printed.growth


def _base(dice: Dice, printed: Printed, now: int) -> int:
    return dice.between(*_growth(printed).base_range(now))
