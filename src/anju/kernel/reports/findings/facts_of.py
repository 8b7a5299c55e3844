"""What the rules look at: the figures by reference, which of them are printed, and the report's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from anju.kernel.figures.figure import Figure, decimals
from anju.kernel.figures.indicators import Indicator
from anju.kernel.quantities.rounding import round_half_up
from anju.kernel.quantities.text import plain
from anju.kernel.quantities.units import convert, unit
from anju.kernel.reports.built import Block, Finding, PlacedFigure, Severity
from anju.kernel.reports.language.nodes import Reference
from anju.kernel.reports.template import Template
from anju.kernel.reports.wording import Format, words


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One report before its findings. `printed`: the placed figures of a reference, in reading order."""

    template: Template
    figures: Mapping[Reference, Figure]
    printed: Mapping[Reference, tuple[PlacedFigure, ...]]
    indicators: Mapping[str, Indicator]
    blocks: Sequence[Block]

    def bookmarks(self, *references: Reference) -> tuple[str, ...]:
        """The bookmarks that print these references."""
        return tuple(placed.bookmark for reference in references for placed in self.printed.get(reference, ()))

    def finding(self, rule: str, severity: Severity, message: str, advice: str, *references: Reference, where: str = "") -> Finding:
        """A finding about these references."""
        return Finding(f"reports.{rule}", severity, message, advice, self.bookmarks(*references), tuple(map(str, references)), where)


def said(figure: Figure) -> str:
    """Name and printed words: 商品房销售额18.48亿元."""
    return f"{figure.name}{plainly(figure)}"


def plainly(figure: Figure) -> str:
    """The printed words in the indicator's own unit and rounding."""
    return words(figure, Format())


def number(value: Fraction, unit_name: str, places: int = 2) -> str:
    """A number with its unit, without needless zeros: 45元/㎡, 0.20万㎡."""
    shown = round_half_up(value, places)
    if places and shown == shown.to_integral_value():
        shown = Decimal(int(shown))
    return plain(shown) + unit_name


@dataclass(frozen=True, slots=True)
class Interval:
    """The exact values a printed number may stand for: low <= x < high."""

    low: Fraction
    high: Fraction

    @classmethod
    def of_printed(cls, value: Fraction, places: int, *, about: bool = False) -> Interval:
        """Half a unit of the last printed place to either side; a whole one and a half when 约 stands before it."""
        half = Fraction(1, 2) / Fraction(10) ** places
        width = half * 3 if about else half
        return cls(value - width, value + width)

    def meets(self, other: Interval) -> bool:
        """True when both may stand for one value."""
        return self.low <= other.high and other.low <= self.high

    def times(self, factor: Fraction) -> Interval:
        return Interval(self.low * factor, self.high * factor)

    def over(self, other: Interval) -> Interval | None:
        """The quotient of non-negative intervals; None when the divisor may be zero or either is negative."""
        return None if other.low <= 0 or self.low < 0 else Interval(self.low / other.high, self.high / other.low)


def interval_of(figure: Figure) -> Interval | None:
    """What the printed number of a figure may stand for, in the figure's exact unit."""
    if figure.shown is None or figure.value is None:
        return None
    printed = Interval.of_printed(Fraction(figure.shown), decimals(figure.shown))
    if figure.show_unit == figure.unit:
        return printed
    return printed.times(convert(Fraction(1), unit(figure.show_unit), unit(figure.unit)))
