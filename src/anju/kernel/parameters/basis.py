"""What a decision stands on: the parameters it used, each with its version (GN-01), used again when it is recomputed (GN-02)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from anju.kernel.errors import AnjuError
from anju.kernel.parameters.book import Book, Value
from anju.kernel.parameters.queries import book as current_book
from anju.kernel.parameters.queries import versions

Row = Mapping[str, Any]


class Basis:
    """The parameters of one region on one day, asked by name; every one asked is noted.

        basis = Basis.on(day, "990121")
        amount = rules.subsidy(household, basis)          # the rule asks basis.fen("housing.rent_subsidy.rate")
        Decision(..., basis=basis.as_data())

    and years later `rules.subsidy(household, Basis.of_data(decision.basis))` answers the same from the same versions.
    """

    def __init__(self, day: datetime.date, region: str, book: Book | None, fixed: Mapping[str, Value] | None = None) -> None:
        self.day, self.region = day, region
        self._book = book
        self._used: dict[str, Value] = dict(fixed or {})

    @classmethod
    def on(cls, day: datetime.date, region: str, *, book: Book | None = None) -> Basis:
        """For a decision of this day in this region. `book`: one taken before, for many decisions."""
        return cls(day, region, book or current_book())

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Basis:
        """The basis a decision stored: it answers from the stored versions and knows no others."""
        held = versions(data["used"].values())
        fixed = {name: held[number] for name, number in data["used"].items()}
        return cls(datetime.date.fromisoformat(data["day"]), data["region"], None, fixed)

    def use(self, name: str) -> Value:
        """The value in force, noted. Raises AnjuError `parameters.not_found`; of a stored basis `parameters.not_in_basis`."""
        found = self._used.get(name)
        if found is None:
            if self._book is None:
                raise AnjuError.of(
                    "parameters.not_in_basis",
                    f"作出该决定时没有用过参数“{name}”，不能按原依据重算。",
                    advice="规则改过的，请按决定时的规则版本重算。",
                )
            found = self._used[name] = self._book.at(name, self.region, self.day)
        return found

    def integer(self, name: str) -> int:
        """Raises TypeError when the parameter is of another type, as the following do."""
        found = self.use(name).value
        if not isinstance(found, int) or isinstance(found, bool):  # bool is an int in Python, and no rule means that
            raise _not(name, found, "an integer")
        return found

    def fen(self, name: str) -> int:
        """Money."""
        return self.integer(name)

    def decimal(self, name: str) -> Decimal:
        """A decimal or an area."""
        found = self.use(name).value
        if not isinstance(found, Decimal):
            raise _not(name, found, "a decimal")
        return found

    def text(self, name: str) -> str:
        """A text or the code of a choice."""
        found = self.use(name).value
        if not isinstance(found, str):
            raise _not(name, found, "a text")
        return found

    def flag(self, name: str) -> bool:
        """A boolean."""
        found = self.use(name).value
        if not isinstance(found, bool):
            raise _not(name, found, "a flag")
        return found

    def rows(self, name: str) -> tuple[Row, ...]:
        """A table."""
        found = self.use(name).value
        if not isinstance(found, tuple):
            raise _not(name, found, "a table")
        return found

    @property
    def used(self) -> dict[str, Value]:
        """What was asked so far, by name."""
        return dict(self._used)

    @property
    def documents(self) -> list[str]:
        """The documents it stands on, each once."""
        return list(dict.fromkeys(value.document for value in self._used.values()))

    def as_data(self) -> dict[str, Any]:
        """To be stored with the decision: {"day", "region", "used": {name: version}}."""
        used = {name: value.version for name, value in sorted(self._used.items())}
        return {"day": self.day.isoformat(), "region": self.region, "used": used}


def _not(name: str, found: object, wanted: str) -> TypeError:
    return TypeError(f"{name} is {type(found).__name__}, not {wanted}")
