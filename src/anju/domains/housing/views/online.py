"""网上申报 at the counter: what waits to be received, one request with its people and files."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.housing import queries
from anju.domains.housing.acting import subject_of
from anju.domains.housing.applications import online
from anju.domains.housing.models import OnlineRequest
from anju.domains.housing.views.asking import said
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

PAGE = 50
STATES = [(code, label) for code, label in OnlineRequest.State.choices]


@page("housing.edit")
def all_requests(request: ActedRequest) -> HttpResponseBase:
    """Requests of the reader's scope by `?state=`; the ones that wait first end first."""
    state = request.GET.get("state", OnlineRequest.State.WAITING)
    state = state if state in OnlineRequest.State.values else OnlineRequest.State.WAITING
    context = {
        "page": Paginator(queries.online_requests(request.actor.scope, state=state), PAGE).get_page(request.GET.get("page")),
        "states": STATES,
        "state": state,
        "today": timezone.localdate(),
        "crumbs": [Crumb(_("网上申报"))],
    }
    return render(request, "housing/online.html", context)


@page("housing.edit")
def one_request(request: ActedRequest, number: int) -> HttpResponseBase:
    """One request; POST receives it or sends it back."""
    row = queries.online_request(number, request.actor.scope)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            if request.POST.get("verb") == "receive":
                application = online.receive(row, by=request.actor)
                messages.success(request, _("已收件，案号 %(number)s。") % {"number": application.application_no})
                return redirect("case", application.case_id)
            if request.POST.get("verb") == "send_back":
                online.send_back(row, reason=said(request, "reason", 200), by=request.actor)
                return redirect("housing-online")
        except AnjuError as error:
            problems = error.problems
    context = {
        "row": row,
        "people": [(one, subject_of(one)) for one in row.people.order_by("ordinal")],
        "subject": subject_of(row),
        "today": timezone.localdate(),
        "problems": problems,
        "crumbs": [Crumb(_("网上申报"), "housing-online"), Crumb(row.number)],
    }
    return render(request, "housing/online_request.html", context, status=422 if problems else 200)
