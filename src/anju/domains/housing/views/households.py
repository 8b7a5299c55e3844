"""Households: the list, and one household with its members, agreements, months and why it gets what it gets."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.housing import queries
from anju.domains.housing.models import Agreement, Asset, Household, Lease, Member, SubsidyRun, WaitlistEntry
from anju.domains.housing.rules.words import PRIORITY_GROUPS, TIER_CODES, TIERS
from anju.domains.housing.subsidies.running import explain
from anju.kernel.errors import AnjuError, Problem
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
        "may_edit": request.actor.may("housing.edit"),
        "crumbs": [Crumb(_("保障家庭"))],
    }
    return render(request, "housing/households.html", context)


@page("housing.view")
def one_household(request: ActedRequest, number: int) -> HttpResponseBase:
    """A household; `?run=` chooses which run explains the amount, the newest by default."""
    return household_page(request, queries.household(number, request.actor.scope))


def household_page(request: ActedRequest, household: Household, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    """The page, with what stood against the last entry."""
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
        "applications": household.applications.filter(voided_at=None).order_by("-pk")[:24],
        "entries": WaitlistEntry.objects.filter(household=household).order_by("-pk")[:12],
        "leases": Lease.objects.filter(household=household).select_related("unit").order_by("-pk")[:12],
        "found": queries.means_of(household),
        **_why(chosen, household.pk),
        **_forms(request, household),
        "crumbs": [Crumb(_("保障家庭"), "housing-households"), Crumb(household.household_no)],
    }
    context["problems"] = (*problems, *context.get("problems", ()))
    return render(request, "housing/household.html", context, status=422 if problems else 200)


def _forms(request: ActedRequest, household: Household) -> dict[str, Any]:
    """What the forms offer to choose from."""
    return {
        "may_edit": request.actor.may("housing.edit") and household.closed_on is None,
        "asset_kinds": Asset.Kind.choices,
        "tiers": [(code, TIERS[number]) for code, number in TIER_CODES.items()],
        "groups": list(PRIORITY_GROUPS.items()),
        "relations": [(code, label) for code, label in Member.Relation.choices if code != Member.Relation.APPLICANT],
        "lines": range(4),
        "to_sign": queries.applications_to_sign(household),
        "endings": Agreement.Ending.choices,
        "articles": ("令11号第三十五条", "令11号第三十六条"),
        "today": timezone.localdate(),
        "asked": request.POST,
    }


def _why(run: SubsidyRun | None, household_id: int) -> dict[str, Any]:
    if run is None:
        return {"why": None}
    try:
        return {"why": explain(run, household_id)}
    except AnjuError as error:
        return {"why": None, "problems": error.problems}
