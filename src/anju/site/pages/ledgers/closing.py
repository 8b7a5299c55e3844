"""封账、开账: until when a bureau's book is closed, and moving that day; said before it is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from anju.kernel.access.scope import Scope
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.ledgers import catalogue
from anju.kernel.ledgers.catalogue import Ledger
from anju.kernel.ledgers.checking import home_of
from anju.kernel.ledgers.closing import close_period, closings, reopen_period
from anju.kernel.ledgers.queries import records
from anju.kernel.orgs.models import Bureau
from anju.site.pages.areas import area_title
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable
from anju.ui.templatetags.ui import long_day, thousands

NAMED = 5


def closed_words(ledger: Ledger, scope: Scope) -> str:
    """Until when the book is closed, for everybody who reads it; several bureaus are named; nothing when it is open."""
    closed = list(closings(ledger, scope)[: NAMED + 1])
    if not closed:
        return ""
    if scope.bureau_id is not None:
        return _("已封账至%(day)s：这一天及以前的记录不能再新增、修改或作废。") % {"day": long_day(closed[0].until)}
    names = dict(Bureau.objects.filter(pk__in=[one.bureau_id for one in closed]).values_list("pk", "short_name"))
    told = "；".join(f"{names.get(one.bureau_id, one.bureau_id)}至{long_day(one.until)}" for one in closed[:NAMED])
    return _("已封账：%(told)s%(more)s。") % {"told": told, "more": _("等") if len(closed) > NAMED else ""}


@page("ledgers.close")
def closing(request: ActedRequest, name: str) -> HttpResponseBase:
    """Choose the day and write why; look at what it means; do it."""
    ledger = catalogue.get(name)
    bureau_id, region = home_of(request.actor)
    own = Scope(region=region, bureau_id=bureau_id)
    closed = closings(ledger, own).first()
    deed, step = request.POST.get("deed", "close"), request.POST.get("step", "")
    context: dict[str, Any] = {
        "ledger": ledger,
        "closed": closed,
        "today": timezone.localdate(),
        "deed": deed,
        "until": request.POST.get("until", ""),
        "reason": readable(request.POST.get("reason", ""), 200),
        "crumbs": [Crumb(area_title(ledger.slice), "area", (ledger.slice,)), Crumb(ledger.title, "ledger", (name,)), Crumb(_("封账"))],
    }
    if request.method != "POST":
        return render(request, "pages/ledgers/closing.html", context)
    try:
        until = _day(context["until"], may_lack=deed == "reopen")
        if not context["reason"]:
            raise AnjuError(Problem("ledger.no_reason", _("理由"), _("没有写理由。"), _("写明依据，记入日志。")))
        if step == "do":
            if deed == "reopen":
                reopen_period(ledger, until, by=request.actor, reason=context["reason"])
                messages.success(request, _("已全部开账。") if until is None else _("已开账。"))
            else:
                close_period(ledger, _known(until), by=request.actor, reason=context["reason"])
                messages.success(request, _("已封账。"))
            return redirect("ledger", name)
        context["sure"] = _reopening_words(until, closed) if deed == "reopen" else _closing_words(ledger, own, _known(until))
    except AnjuError as error:
        return render(request, "pages/ledgers/closing.html", {**context, "problems": error.problems}, status=422)
    return render(request, "pages/ledgers/closing.html", context)


def _closing_words(ledger: Ledger, own: Scope, until: date) -> str:
    rows: Any = records(ledger, own)
    count = rows.order_by().filter(**{f"{ledger.date}__lte": until}).count() if ledger.date else 0
    return _("将封账至%(day)s：%(count)s条记录不能再修改或作废，也不能再登记这一天及以前的业务。") % {
        "day": long_day(until),
        "count": thousands(count),
    }


def _reopening_words(until: date | None, closed: Any) -> str:
    was = long_day(closed.until) if closed else _("（没有封账）")
    if until is None:
        return _("将全部开账：原来封到%(was)s，此后各期记录都可以再改，已出的数字可能变化。") % {"was": was}
    return _("将开账：封账日从%(was)s退到%(day)s，其间的记录可以再改，已出的数字可能变化。") % {"was": was, "day": long_day(until)}


def _day(text: str, *, may_lack: bool) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None and (text or not may_lack):
        raise AnjuError(Problem("ledger.bad_day", _("日期"), _("没有写日期，或日期不存在。"), _("按 2023-06-30 的样子填写。")))
    return day


def _known(day: date | None) -> date:
    if day is None:
        raise AnjuError(Problem("ledger.bad_day", _("日期"), _("没有写日期。")))
    return day
