"""A printed figure, and all the exact amounts that print like it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Growth:
    """A printed year-on-year percentage such as `55.40`, rounded half up."""

    text: str

    def holds(self, now: Fraction | int, before: Fraction | int) -> bool:
        """True when the growth from `before` to `now` prints like this."""
        return _prints_like(self.text, (Fraction(now) / Fraction(before) - 1) * 100)

    def base_range(self, now: Fraction | int) -> tuple[int, int]:
        """The least and the greatest whole base of `now`, both included, with this growth."""
        low, high = _interval(self.text)
        least = Fraction(now) / (1 + high / 100)
        greatest = Fraction(now) / (1 + low / 100)
        return int(least) + 1, int(greatest)


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number: `text` in a display unit that holds `per` of the units we count in. Rounding is half up."""

    text: str
    per: int
    growth: Growth | None = None

    def holds(self, value: Fraction | int) -> bool:
        """True when `value` (in the counted unit) prints like this."""
        return _prints_like(self.text, Fraction(value) / self.per)

    def range(self) -> tuple[int, int]:
        """The least and the greatest whole amount, both included, that prints like this."""
        low, high = _interval(self.text)
        least, greatest = low * self.per, high * self.per
        return -int(-least // 1), int(greatest) - (greatest.denominator == 1)


def _interval(text: str) -> tuple[Fraction, Fraction]:
    """The half-open interval [low, high) of numbers that print as `text`."""
    places = len(text.partition(".")[2])
    return Fraction(text) - HALF / 10**places, Fraction(text) + HALF / 10**places


def _prints_like(text: str, value: Fraction) -> bool:
    low, high = _interval(text)
    return low <= value < high
