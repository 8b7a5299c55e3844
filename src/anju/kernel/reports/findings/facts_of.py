"""What the rules look at: the figures by reference, which of them are printed, and the report's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from anju.kernel.figures.figure import Figure, decimals
from anju.kernel.figures.indicators import Indicator
from anju.kernel.quantities.intervals import Interval
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


def interval_of(figure: Figure) -> Interval | None:
    """What the printed number of a figure may stand for, in the figure's exact unit."""
    if figure.shown is None or figure.value is None:
        return None
    printed = Interval.of_printed(Fraction(figure.shown), decimals(figure.shown))
    if figure.show_unit == figure.unit:
        return printed
    return printed.times(convert(Fraction(1), unit(figure.show_unit), unit(figure.unit)))
