"""Households: the list, and one household with its members, agreements, months and why it gets what it gets."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.domains.housing import queries
from anju.domains.housing.models import SubsidyRun
from anju.domains.housing.subsidies.running import explain
from anju.kernel.errors import AnjuError
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable

PAGE = 50


@page("housing.view")
def all_households(request: ActedRequest) -> HttpResponseBase:
    """Households of the reader's scope; found by number, name of a member or resident number."""
    text = readable(request.GET.get("q", ""), 40)
    shown = Paginator(queries.households(request.actor.scope, text), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": queries.described(list(shown)),
        "text": text,
        "crumbs": [Crumb(_("保障家庭"))],
    }
    return render(request, "housing/households.html", context)


@page("housing.view")
def one_household(request: ActedRequest, number: int) -> HttpResponseBase:
    """A household; `?run=` chooses which run explains the amount, the newest by default."""
    household = queries.household(number, request.actor.scope)
    runs = list(queries.runs_of(household))
    asked = request.GET.get("run", "")
    chosen = next((run for run in runs if asked == str(run.pk)), runs[0] if runs else None)
    context: dict[str, Any] = {
        "household": household,
        "members": household.members.filter(left_on=None).order_by("pk"),
        "tier": queries.tier_of(household),
        "agreements": household.agreements.order_by("-pk"),
        "payments": household.payments.order_by("-settled_on", "-pk")[:24],
        "months": queries.months_of(household),
        "runs": runs,
        "run": chosen,
        **_why(chosen, household.pk),
        "crumbs": [Crumb(_("保障家庭"), "housing-households"), Crumb(household.household_no)],
    }
    return render(request, "housing/household.html", context)


def _why(run: SubsidyRun | None, household_id: int) -> dict[str, Any]:
    if run is None:
        return {"why": None}
    try:
        return {"why": explain(run, household_id)}
    except AnjuError as error:
        return {"why": None, "problems": error.problems}
