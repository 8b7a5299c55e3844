"""A personal value in the hands of code: prints masked, compares by what it means, gives itself away only when asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from anju.kernel.crypto.kinds import kind_of


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Personal:
    """`in_full` is the value; every other way of looking at it shows the mask, so that a page, a log or a traceback cannot leak it."""

    kind: str
    in_full: str

    @property
    def masked(self) -> str:
        """As anybody may see it."""
        return kind_of(self.kind).mask(self.in_full)

    def __str__(self) -> str:
        return self.masked

    def __format__(self, how: str) -> str:
        return format(self.masked, how)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.masked}>"

    def __eq__(self, other: Any) -> bool:
        if isinstance(other, Personal):
            return self.kind == other.kind and self._normal == other._normal
        return isinstance(other, str) and self._normal == kind_of(self.kind).normalise(other)

    def __hash__(self) -> int:
        return hash((self.kind, self._normal))

    @property
    def _normal(self) -> str:
        return kind_of(self.kind).normalise(self.in_full)
