"""A figure: a value with everything needed to print it, explain it and find it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from anju.kernel.figures.indicators import Measure
from anju.kernel.figures.periods import Period
from anju.kernel.figures.presenting import places_in, value_text
from anju.kernel.figures.references import Filters
from anju.kernel.quantities.rounding import Mode, round_to
from anju.kernel.quantities.text import exact_text
from anju.kernel.quantities.units import convert, unit

Missing = Literal[
    "zero_base", "negative_base", "no_base", "zero_denominator", "no_target", "scope_change", "not_ranked", "no_rows", "no_growth"
]  # fmt: skip
"""Why there is no number: the base is zero, negative or was not recorded; a denominator is zero; no target was set; the scope
changed in between; the region takes no part in the ranking; there is no row to take the first or last of; a date does not grow."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is exact, in `unit`; `shown` is it rounded once, in `show_unit`; both None when `missing` says why.

    `text` prints it: 18.48亿元, 同比上升0.71%, 第二, or the words for what is missing. `as_of`: the last day counted. `rows`: the rows of
    the books behind it (for growth: behind the current value). `base`: what growth is measured against. `parts`: numerator and
    denominator, summands, or the ranked regions the reader may see. `formula`: how it was computed, with the numbers. `notes`: what
    a reader must know beside it (可比口径, the ranked set).
    """

    reference: str
    key: str
    measure: Measure
    name: str
    value: Fraction | None
    unit: str
    shown: Decimal | None
    show_unit: str
    text: str
    period: Period
    region: str
    bureau_id: int | None
    filters: Filters
    as_of: date
    rows: int
    version: int
    snapshot: int | None = None
    missing: Missing | None = None
    base: Figure | None = None
    parts: tuple[Figure, ...] = ()
    formula: str = ""
    notes: tuple[str, ...] = ()
    rounding: Mode = "half_up"

    def exact(self) -> str | None:
        """The exact value in `unit`: a decimal string when it ends, else `numerator/denominator`; None when missing."""
        return None if self.value is None else exact_text(self.value)

    def in_unit(self, name: str, places: int | None = None) -> Figure:
        """The same figure shown in another unit, rounded once from the exact value.

        Raises AnjuError `quantities.unit_mismatch` or `quantities.unknown_unit`.
        """
        target = unit(name)
        if self.value is None or self.measure != "value":
            return self
        value = convert(self.value, unit(self.unit), target)
        if places is None:
            same = self.shown is not None and target.name == self.show_unit
            places = decimals(self.shown) if same else places_in(value, target)
        shown = round_to(value, places, self.rounding)
        return replace(self, shown=shown, show_unit=target.name, text=value_text(shown, target.name))


def decimals(shown: Decimal | None) -> int:
    """How many decimals a shown number carries."""
    exponent = 0 if shown is None else shown.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
