"""The period the pages speak about: chosen in the top bar, remembered in the session, at first the newest one with records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low
from typing import Any

from django.db.models import Max
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.figures.periods import Period
from anju.kernel.ledgers.catalogue import all_ledgers
from anju.ui.access import page
from anju.ui.requests import ActedRequest

CHOSEN, NEWEST = "period", "newest_record"
YEARS_OFFERED = 3
STILL_REPORTING_DAYS = 45


@dataclass(frozen=True, slots=True)
class Offered:
    """One button of the period menu."""

    code: str
    short: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """The periods of one year."""

    year: str
    periods: list[Offered]


def current_period(request: ActedRequest) -> Period:
    """The period of this session; the address may name another one with `?period=`."""
    for code in (request.GET.get("period"), request.session.get(CHOSEN)):
        if code:
            try:
                return Period.parse(str(code))
            except AnjuError:
                continue
    return period_at_work(newest_record_date(request))


def newest_record_date(request: ActedRequest) -> date:
    """Until when the books are kept: the middle one of the ledgers' newest business dates this reader may see, none after today.

    The middle one, because a single plan or instalment dated ahead must not move everybody's period. Looked up once a day and session.
    """
    today = timezone.localdate()
    kept = request.session.get(NEWEST)
    if isinstance(kept, list) and kept[0] == today.isoformat():
        return date.fromisoformat(kept[1])
    newest = _newest(request.actor, today)
    if newest is not None:
        request.session[NEWEST] = [today.isoformat(), newest.isoformat()]
    return newest or today


def _newest(actor: Actor, today: date) -> date | None:
    newest: list[date] = []
    for ledger in all_ledgers().values():
        if ledger.date:
            rows: Any = actor.scope.narrow(ledger.model._default_manager.all())
            found = rows.filter(**{f"{ledger.date}__lte": today}).aggregate(newest=Max(ledger.date))["newest"]
            if found is not None:
                newest.append(found)
    return median_low(newest) if newest else None


def period_at_work(newest: date) -> Period:
    """The half-year a bureau is busy with: in its first weeks the books are filled on, but the report written is the last half's."""
    day = newest - timedelta(days=STILL_REPORTING_DAYS)
    return Period.parse(f"{day.year}H{1 if day.month <= 6 else 2}")


def offered_periods(newest: date, current: Period) -> list[YearRow]:
    """Year, halves, quarters and months of the last years, newest first; the current year is always among them."""
    years = sorted({*range(newest.year, newest.year - YEARS_OFFERED, -1), current.start.year}, reverse=True)
    return [YearRow(_("%(year)d年") % {"year": year}, _of_year(year)) for year in years]


def _of_year(year: int) -> list[Offered]:
    named = [(f"{year}", _("全年")), (f"{year}H1", _("上半年")), (f"{year}H2", _("下半年"))]
    quarters = [(f"{year}Q{number}", _("%(name)s季度") % {"name": name}) for number, name in enumerate("一二三四", start=1)]
    months = [(f"{year}-{month:02}", _("%(month)d月") % {"month": month}) for month in range(1, 13)]
    return [Offered(code, short) for code, short in (*named, *quarters, *months)]


@require_POST
@page()
def choose_period(request: ActedRequest) -> HttpResponseBase:
    """Remember the period and go back to where the reader was."""
    period = Period.parse(request.POST.get("period", ""))
    request.session[CHOSEN] = period.code
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return redirect(target)
