"""The waiting line: the list with everybody's place, one entry with what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.housing.letting import queries, waiting
from anju.domains.housing.models import WaitlistEntry
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable

PAGE = 50


@page("housing.view")
def the_line(request: ActedRequest) -> HttpResponseBase:
    """Who waits, in order; who is near the end of the registration; POST lets go whose time is over."""
    today = timezone.localdate()
    if request.method == "POST":
        number = waiting.expire_due(on=today, by=request.actor)
        messages.success(request, _("轮候期满 %(number)s 户。") % {"number": number})
        return redirect("housing-line")
    state = request.GET.get("state", WaitlistEntry.State.WAITING)
    state = state if state in WaitlistEntry.State.values else ""
    shown = Paginator(queries.line(request.actor.scope, state=state), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "state": state,
        "states": WaitlistEntry.State.choices,
        "soon": queries.near_the_end(request.actor.scope, today)[:20],
        "overdue": queries.near_the_end(request.actor.scope, today).filter(expires_on__lt=today).count(),
        "may_let": request.actor.may("housing.let"),
        "crumbs": [Crumb(_("轮候登记"))],
    }
    return render(request, "housing/line.html", context)


@page("housing.view")
def one_entry(request: ActedRequest, number: int) -> HttpResponseBase:
    """An entry: its place, its days, the rounds it took part in; POST withdraws or cancels it."""
    entry = queries.entry_of(number, request.actor.scope)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        end = waiting.withdraw if request.POST.get("verb") == "withdraw" else waiting.cancel
        try:
            end(entry, reason=readable(request.POST.get("reason", ""), 200), on=timezone.localdate(), by=request.actor)
        except AnjuError as error:
            problems = error.problems
        else:
            return redirect("housing-entry", number)
    context = {
        "entry": entry,
        "standing": queries.standing(entry),
        "intentions": entry.intentions.select_related("round").order_by("-pk"),
        "allocations": entry.allocations.select_related("round", "unit").order_by("-pk"),
        "may_let": request.actor.may("housing.let"),
        "problems": problems,
        "crumbs": [Crumb(_("轮候登记"), "housing-line"), Crumb(entry.entry_no)],
    }
    return render(request, "housing/entry.html", context, status=422 if problems else 200)
