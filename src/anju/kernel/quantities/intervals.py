"""What a printed number may stand for, as an interval of exact values; sums, products and quotients of such numbers.

A printed 55.40 stands for everything that rounds to it, [55.395, 55.405]. Two printed numbers agree when one value could have printed
both; so what rounding explains is never accused (domain facts on dispatch and reporting, section 7 "interval check").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Literal

FAR = Fraction(10) ** 30
"""Further out than any figure of a report: the open end of 超过 and 不足."""

Said = Literal["", "about", "over", "under", "at_least", "at_most"]
"""The words around a number: none, 约, 余/多/超过, 近/不足, 以上/不少于, 以下/不超过."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The exact values a printed number may stand for: low <= x <= high."""

    low: Fraction
    high: Fraction

    @classmethod
    def of_printed(cls, value: Fraction, places: int, *, about: bool = False) -> Interval:
        """Half a unit of the last printed place to either side; a whole one and a half when 约 stands before it."""
        half = Fraction(1, 2) / Fraction(10) ** places
        width = half * 3 if about else half
        return cls(value - width, value + width)

    @classmethod
    def exactly(cls, value: Fraction | int) -> Interval:
        return cls(Fraction(value), Fraction(value))

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2

    @property
    def bounded(self) -> bool:
        """False when an end is open, or was made from an open one."""
        return max(abs(self.low), abs(self.high)) < FAR / 10**12

    def meets(self, other: Interval) -> bool:
        """True when both may stand for one value."""
        return self.low <= other.high and other.low <= self.high

    def below(self, other: Interval) -> bool:
        """True when every value here is less than every value there."""
        return self.high < other.low

    def times(self, factor: Fraction | Interval) -> Interval:
        """The product with a number, or with another interval."""
        if isinstance(factor, Interval):
            corners = [a * b for a in (self.low, self.high) for b in (factor.low, factor.high)]
            return Interval(min(corners), max(corners))
        return Interval(*sorted((self.low * factor, self.high * factor)))

    def plus(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def minus(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other: Interval) -> Interval | None:
        """The quotient of non-negative intervals; None when the divisor may be zero or either is negative."""
        return None if other.low <= 0 or self.low < 0 else Interval(self.low / other.high, self.high / other.low)


def total(intervals: Iterable[Interval]) -> Interval:
    """What the sum of printed numbers may stand for."""
    return reduce(Interval.plus, intervals, Interval.exactly(0))


def stands_for(value: Fraction, places: int, *, said: Said = "", whole: bool = False) -> Interval:
    """What a number printed with `places` decimals may stand for, in the unit it is printed in.

    `whole`: a count printed without 万 or 亿, which is exact (2531套). 约 widens by one more unit of the last significant place
    (约6.94: ±0.015; 约340: ±15), never by more than a tenth of the number unless its own rounding is wider.
    """
    exact = Interval.exactly(value) if whole and not places else Interval.of_printed(value, places)
    if said == "about":
        rounding = Fraction(1, 2) / Fraction(10) ** places
        width = min(last_place(value, places) * 3 / 2, max(abs(value) / 10, rounding * 3))
        return Interval(value - width, value + width)
    if said in ("over", "at_least"):
        return Interval(exact.low, FAR)
    if said in ("under", "at_most"):
        return Interval(-FAR, exact.high)
    return exact


def last_place(value: Fraction, places: int) -> Fraction:
    """One unit of the last significant place: 0.01 for 6.94, 10 for 340, 100 for 1300, 1 for 13."""
    if places > 0:
        return Fraction(1) / Fraction(10) ** places
    whole, unit = abs(int(value)), 1
    while whole and whole % (unit * 10) == 0:
        unit *= 10
    return Fraction(unit)
