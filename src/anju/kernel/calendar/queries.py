"""The calendar of a region, read from the table and kept in the process for as long as no notice is added."""

from __future__ import annotations

from functools import lru_cache

from django.db import connection
from django.db.models import Max, QuerySet

from anju.kernel.calendar.models import ExceptionalDay, Notice
from anju.kernel.calendar.workdays import DayKind, DayMark, WorkingDays

_PREFIXES = (2, 4, 6)


def working_days(region_code: str = "", *, version: int | None = None) -> WorkingDays:
    """The working days of a region: the country's notices and those of the region and what lies above it.

    `version`: as it stood then (the number of the newest notice there was), for recomputing; now by default.
    """
    wanted = newest_version() if version is None else version
    return _working_days(str(connection.settings_dict["NAME"]), _regions(region_code), wanted)


def newest_version() -> int:
    """The number of the newest notice; 0 when there is none."""
    return Notice.objects.aggregate(newest=Max("pk"))["newest"] or 0


def notices(region_code: str = "", *, version: int | None = None) -> QuerySet[Notice]:
    """The notices that hold for a region, oldest first; entries that were corrected left out."""
    rows = Notice.objects.filter(region_code__in=_regions(region_code))
    if version is None:
        return rows.filter(superseded_by=None).order_by("dated", "pk")
    return rows.filter(pk__lte=version).exclude(superseded_by__pk__lte=version).order_by("dated", "pk")


def _regions(code: str) -> tuple[str, ...]:
    return ("", *(code[:length] for length in _PREFIXES if length <= len(code)))


@lru_cache(maxsize=64)
def _working_days(database: str, regions: tuple[str, ...], version: int) -> WorkingDays:
    held = {notice.pk: notice for notice in notices(regions[-1], version=version)}
    order = {number: place for place, number in enumerate(held)}
    rows = ExceptionalDay.objects.filter(notice__in=held).values_list("notice_id", "day", "kind", "name")
    marks = {
        day: DayMark(DayKind(kind), name, held[notice].number)
        for notice, day, kind, name in sorted(rows, key=lambda row: order[row[0]])  # a later notice changes the day
    }
    return WorkingDays(marks, (notice.year for notice in held.values() if notice.region_code == ""), version=version)
