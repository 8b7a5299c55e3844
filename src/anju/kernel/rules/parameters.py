"""Dated, cited values a rule is written with. Where they come from is not this room's business; that they are cited is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from anju.kernel.rules.terms import Term, looked_up


@dataclass(frozen=True, slots=True)
class Value:
    """One value in force: stored integer in `unit` with `scale` decimals. `source`: document and article; `version`: of the parameter."""

    name: str
    label: str
    value: int
    unit: str = ""
    scale: int = 0
    source: str = ""
    version: str = ""

    @property
    def term(self) -> Term:
        """The value as a term of a rule."""
        data = {"name": self.name, "value": self.value}
        return Term("parameter", unit=self.unit, scale=self.scale, low=self.value, high=self.value, data=data)


@dataclass(frozen=True, slots=True)
class Table:
    """A small table in force, by whole number or code. `clamp`: keys beyond its ends take the last value (三人及以上)."""

    name: str
    label: str
    rows: Mapping[int, int]
    unit: str = ""
    scale: int = 0
    clamp: bool = False
    source: str = ""
    version: str = ""
    labels: Mapping[int, str] = field(default_factory=dict)

    def at(self, key: Term) -> Term:
        """The value for a key as a term."""
        return looked_up(key, self.rows, unit=self.unit, scale=self.scale, clamp=self.clamp)
