"""A notice as it is printed: its head and the days it speaks of."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from anju.kernel.calendar.workdays import DayKind


@dataclass(frozen=True, slots=True)
class ArrangedDay:
    """A day as the notice writes it: off or worked, and for which feast."""

    day: datetime.date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The head of a notice. `region_code`: empty for the whole country."""

    number: str
    year: int
    title: str
    dated: datetime.date
    url: str = ""
    region_code: str = ""
