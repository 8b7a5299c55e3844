"""The list of projects and one project with its buildings."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.property import actions, queries
from anju.domains.property.models import Building, Unit
from anju.domains.property.sections import project_sections
from anju.domains.property.stages import Stage
from anju.kernel.errors import AnjuError
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable

PAGE = 50


@page("property.view")
def all_projects(request: ActedRequest) -> HttpResponseBase:
    """Projects of the reader's scope with how many units they have, are on sale and are sold; and units found by a search."""
    text = readable(request.GET.get("q", ""), 60)
    rows = queries.projects(request.actor.scope)
    if text:
        rows = rows.filter(name__contains=text.split()[0]) if text.split() else rows
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    totals = queries.totals(project.pk for project in shown)
    context: dict[str, Any] = {
        "page": shown,
        "rows": [(project, totals.get(project.pk, {})) for project in shown],
        "units": queries.find_units(text, request.actor.scope, limit=30) if text else [],
        "stock": queries.stock(request.actor.scope),
        "uses": dict(Unit.Use.choices),
        "text": text,
        "may_edit": request.actor.may("property.edit"),
        "crumbs": [Crumb(_("楼盘表"))],
    }
    return render(request, "property/projects.html", context)


@page("property.view")
def one_project(request: ActedRequest, number: int) -> HttpResponseBase:
    """A project: its facts, its buildings with the state of their units, and what other slices show."""
    project = queries.project(number, request.actor.scope)
    buildings = [
        (building, queries.counts_by_stage(Unit.objects.filter(building=building)))
        for building in Building.objects.filter(project=project).order_by("number", "pk")[:500]
    ]
    context = {
        "project": project,
        "buildings": [(building, sum(counts.values()), _parts(counts)) for building, counts in buildings],
        "sections": project_sections(project, request.actor),
        "may_edit": request.actor.may("property.edit"),
        "crumbs": [Crumb(_("楼盘表"), "property-projects"), Crumb(project.name)],
    }
    return render(request, "property/project.html", context)


def _parts(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    return [(stage.value, str(stage.label), counts[stage]) for stage in Stage if counts.get(stage)]


FIELDS = ("name", "code", "parcel", "developer", "developer_code", "address")


@page("property.edit")
def new_project(request: ActedRequest) -> HttpResponseBase:
    """Enter a project."""
    written = {name: readable(request.POST.get(name, ""), 120) for name in FIELDS}
    context = {"written": written, "crumbs": [Crumb(_("楼盘表"), "property-projects"), Crumb(_("登记项目"))]}
    if request.method == "POST":
        try:
            project = actions.register_project(**written, entered_on=timezone.localdate(), by=request.actor)
        except AnjuError as error:
            return render(request, "property/project_new.html", {**context, "problems": error.problems}, status=422)
        return redirect("property-project", project.pk)
    return render(request, "property/project_new.html", context)
