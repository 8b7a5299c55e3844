"""Bring the notices that come with the package into the table."""

from __future__ import annotations

from anju.kernel.access.actor import Actor
from anju.kernel.calendar.models import ExceptionalDay, Notice
from anju.kernel.calendar.shipped import shipped_days, shipped_notices
from anju.kernel.journal.actions import action


def load_notices(by: Actor) -> int:
    """Add the package's notices that are missing, in one action; returns how many.

    One that somebody entered before, by its number or for the same year, is left alone.
    """
    shipped = shipped_notices()
    country = Notice.objects.filter(region_code="")
    there = set(country.values_list("number", flat=True))
    entered_years = set(country.exclude(number__in=[one.number for one in shipped]).values_list("year", flat=True))
    missing = [one for one in shipped if one.number not in there and one.year not in entered_years]
    if not missing:
        return 0
    with action("calendar.load_notices", by=by, subject="calendar:notices", data={"notices": [one.number for one in missing]}):
        saved = {}
        for one in missing:  # one by one: later notices have higher numbers, and the highest is the calendar's version
            notice = Notice(number=one.number, year=one.year, title=one.title, dated=one.dated, url=one.url)
            notice.save(force_insert=True)
            saved[one.number] = notice
        ExceptionalDay.objects.bulk_create(
            ExceptionalDay(notice=saved[number], day=day.day, kind=day.kind, name=day.name)
            for number, day in shipped_days()
            if number in saved
        )
    return len(missing)
