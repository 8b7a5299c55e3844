"""Load the notices that come with the package (data/NOTICE.md)."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator
from importlib.resources import files

from anju.kernel.access.actor import Actor
from anju.kernel.calendar.models import ExceptionalDay, Notice
from anju.kernel.calendar.workdays import DayKind, DayMark, WorkingDays
from anju.kernel.journal.actions import action


def shipped_notices() -> list[Notice]:
    """The notices of the package, oldest first, not saved."""
    return [
        Notice(
            number=line["number"],
            year=int(line["year"]),
            title=line["title"],
            dated=datetime.date.fromisoformat(line["dated"]),
            url=line["url"],
        )
        for line in _lines("notices.csv")
    ]


def shipped_days() -> Iterator[tuple[str, ExceptionalDay]]:
    """(number of the notice, day not saved), notices in their order."""
    for line in _lines("days.csv"):
        yield line["number"], ExceptionalDay(day=datetime.date.fromisoformat(line["day"]), kind=line["kind"], name=line["name"])


def shipped_calendar() -> WorkingDays:
    """The calendar of the package alone, without a database: for pure tests and tools. Its version is 0."""
    marks = {day.day: DayMark(DayKind(day.kind), day.name, number) for number, day in shipped_days()}
    return WorkingDays(marks, (notice.year for notice in shipped_notices()))


def load_notices(by: Actor) -> int:
    """Add the package's notices that are missing, in one action; returns how many.

    One that somebody entered before, by its number or for the same year, is left alone.
    """
    there = set(Notice.objects.filter(region_code="").values_list("number", flat=True))
    entered_years = set(
        Notice.objects.filter(region_code="").exclude(number__in=[one.number for one in shipped_notices()]).values_list("year", flat=True)
    )
    missing = [one for one in shipped_notices() if one.number not in there and one.year not in entered_years]
    if not missing:
        return 0
    with action("calendar.load_notices", by=by, subject="calendar:notices", data={"notices": [one.number for one in missing]}):
        for one in missing:  # one by one: later notices have higher numbers, and the highest is the calendar's version
            one.save()
        saved = {one.number: one for one in missing}
        days = []
        for number, day in shipped_days():
            if number in saved:
                day.notice = saved[number]
                days.append(day)
        ExceptionalDay.objects.bulk_create(days)
    return len(missing)


def _lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files("anju.kernel.calendar").joinpath("data", name).read_text(encoding="utf-8").splitlines()))
