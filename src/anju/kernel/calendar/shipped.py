"""The notices that come with the package (data/NOTICE.md), read without a database."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from importlib.resources import files

from anju.kernel.calendar.papers import ArrangedDay, Paper
from anju.kernel.calendar.workdays import DayKind, DayMark, WorkingDays


def shipped_notices() -> list[Paper]:
    """The notices of the package, oldest first."""
    return [
        Paper(
            number=line["number"],
            year=int(line["year"]),
            title=line["title"],
            dated=datetime.date.fromisoformat(line["dated"]),
            url=line["url"],
        )
        for line in _lines("notices.csv")
    ]


def shipped_days() -> Iterator[tuple[str, ArrangedDay]]:
    """(number of the notice, day), notices in their order."""
    for line in _lines("days.csv"):
        yield line["number"], ArrangedDay(datetime.date.fromisoformat(line["day"]), DayKind(line["kind"]), line["name"])


def shipped_calendar() -> WorkingDays:
    """The calendar of the package alone: for pure tests and tools. Its version is 0."""
    marks = {day.day: DayMark(day.kind, day.name, number) for number, day in shipped_days()}
    return WorkingDays(marks, (notice.year for notice in shipped_notices()))


def _lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files("anju.kernel.calendar").joinpath("data", name).read_text(encoding="utf-8").splitlines()))
