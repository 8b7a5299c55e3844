"""A year at a glance: what is worked, what is off, by which notice."""

from __future__ import annotations

import calendar as gregorian
import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.kernel.calendar.actions import SET
from anju.kernel.calendar.models import Notice
from anju.kernel.calendar.queries import notices, working_days
from anju.kernel.calendar.workdays import DayKind, WorkingDays
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

_WEEKS = gregorian.Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month's grid. `look`: work, rest, off (放假), on (调休上班)."""

    day: datetime.date
    look: str
    said: str
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month's weeks, Monday first; None where a day belongs to another month. `working`: how many days are worked."""

    number: int
    weeks: list[list[Cell | None]]
    working: int


@page()
def year(request: ActedRequest, number: int | None = None) -> HttpResponseBase:
    """The twelve months, the totals, and the notices that arrange them."""
    today = timezone.localdate()
    number = number or today.year
    if not 1950 <= number <= 2200:
        raise Http404
    region = request.actor.region_code
    days = working_days(region)
    known = number in days.years
    months = [_month(days, number, month, today) for month in range(1, 13)] if known else []
    counted = Count("days", filter=Q(days__kind="holiday")), Count("days", filter=Q(days__kind="working"))
    context = {
        "year": number,
        "known": known,
        "months": months,
        "weekdays": "一二三四五六日",
        "working": sum(month.working for month in months),
        "off": _counted(days, number, DayKind.HOLIDAY) if known else 0,
        "made_up": _counted(days, number, DayKind.WORKING) if known else 0,
        "notices": _notices_of(number, region).annotate(off=counted[0], on=counted[1]),
        "first": days.years[0] if days.years else None,
        "last": days.years[-1] if days.years else None,
        "before": number - 1 if days.years and number > days.years[0] else None,
        "after": number + 1 if days.years and number <= days.years[-1] else None,
        "next_missing": days.years[-1] + 1 if days.years else today.year,
        "warn_next": bool(days.years) and days.years[-1] <= today.year <= number and today.month >= 11,
        "may_enter": request.actor.may(SET),
        "crumbs": [Crumb(_("工作日历"))],
    }
    return render(request, "pages/calendar/year.html", context)


def _notices_of(number: int, region: str) -> QuerySet[Notice]:
    return notices(region).filter(Q(year=number) | Q(days__day__year=number)).distinct()


def _month(days: WorkingDays, number: int, month: int, today: datetime.date) -> Month:
    weeks = [[_cell(days, day, today) if day.month == month else None for day in week] for week in _WEEKS.monthdatescalendar(number, month)]
    return Month(month, weeks, sum(cell is not None and cell.look in ("work", "on") for week in weeks for cell in week))


def _cell(days: WorkingDays, day: datetime.date, today: datetime.date) -> Cell:
    exception, working = days.exception(day), days.is_working(day)
    look = ("on" if working else "off") if exception else "work" if working else "rest"
    return Cell(day, look, days.describe(day), day == today)


def _counted(days: WorkingDays, number: int, kind: DayKind) -> int:
    day, last, found = datetime.date(number, 1, 1), datetime.date(number, 12, 31), 0
    while day <= last:
        exception = days.exception(day)
        found += exception is not None and exception.kind is kind
        day += datetime.timedelta(days=1)
    return found
