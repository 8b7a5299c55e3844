"""A number with its unit, refusing arithmetic across kinds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from anju.kernel.quantities.units import Unit, convert


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` counted in `unit`, exact. Adding, subtracting or comparing 户 with 套 raises AnjuError `quantities.unit_mismatch`."""

    value: Fraction
    unit: Unit

    def to(self, target: Unit) -> Quantity:
        """The same quantity in another unit of its kind."""
        return Quantity(convert(self.value, self.unit, target), target)

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.value + convert(other.value, other.unit, self.unit), self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.value - convert(other.value, other.unit, self.unit), self.unit)

    def __lt__(self, other: Quantity) -> bool:
        return self.value < convert(other.value, other.unit, self.unit)

    def __le__(self, other: Quantity) -> bool:
        return self.value <= convert(other.value, other.unit, self.unit)

    def same_as(self, other: Quantity) -> bool:
        """Equal as quantities: 1万元 and 10000元 are."""
        return self.value == convert(other.value, other.unit, self.unit)
