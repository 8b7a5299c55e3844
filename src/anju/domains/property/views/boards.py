"""The unit board of a building, inside and for the public; and one unit."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.domains.property import actions, public, queries
from anju.domains.property.board import details_of, lay_out
from anju.domains.property.models import SurveyedUnit, Unit
from anju.domains.property.sections import unit_sections
from anju.domains.property.stages import MORTGAGES, Limit, Stage, Withheld, shown_state
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, for_drawer, readable

Chosen = TypeVar("Chosen", bound=TextChoices)


@page("property.view")
def board(request: ActedRequest, number: int) -> HttpResponseBase:
    """The board as the bureau sees it."""
    building = queries.building(number, request.actor.scope)
    units = list(queries.units_of(building))
    context = {
        "building": building,
        "project": building.project,
        "board": lay_out(units, details_of([unit.pk for unit in units])),
        "area": sum((unit.area for unit in units), 0),
        "may_edit": request.actor.may("property.edit"),
        "crumbs": [
            Crumb(_("楼盘表"), "property-projects"),
            Crumb(building.project.name, "property-project", (building.project_id,)),
            Crumb(building.number),
        ],
    }
    return render(request, "property/board.html", context)


@page("property.view")
def unit(request: ActedRequest, number: int) -> HttpResponseBase:
    """One unit: in the drawer of a board or as a page."""
    return _show(request, queries.unit(number, request.actor.scope))


def _show(request: ActedRequest, unit: Unit, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    before, after = queries.lineage_of(unit)
    state = shown_state(unit.stage, set(unit.limits))
    context = {
        "unit": unit,
        "state": state,
        "stage_words": Stage(unit.stage).label,
        "limits": [Limit(one).label for one in unit.limits],
        "story": queries.story_of(unit),
        "restrictions": list(unit.restrictions.order_by("-pk")[:100]),
        "surveyed": list(SurveyedUnit.objects.filter(unit=unit).select_related("survey").order_by("-pk")[:20]),
        "came_from": before,
        "became": after,
        "sections": unit_sections(unit, request.actor),
        "kinds": Limit.choices,
        "withheld_kinds": Withheld.choices,
        "mortgages": MORTGAGES,
        "may_restrict": request.actor.may("property.restrict") and unit.removed_on is None,
        "may_edit": request.actor.may("property.edit") and unit.removed_on is None,
        "today": timezone.localdate(),
        "asked": request.POST,
        "problems": problems,
        "crumbs": [
            Crumb(_("楼盘表"), "property-projects"),
            Crumb(unit.building.project.name, "property-project", (unit.building.project_id,)),
            Crumb(unit.building.number, "property-board", (unit.building_id,)),
            Crumb(f"{unit.entrance}{unit.room}"),
        ],
    }
    template = "property/unit_part.html" if for_drawer(request) else "property/unit.html"
    return render(request, template, context, status=422 if problems else 200)


@require_POST
@page("property.restrict")
def restrict(request: ActedRequest, number: int) -> HttpResponseBase:
    """Place a restriction on this unit."""
    unit = queries.unit(number, request.actor.scope)
    try:
        actions.restrict_units(
            [unit.pk],
            kind=_chosen(Limit, request, "kind"),
            authority=_written(request, "authority"),
            document=_written(request, "document"),
            on=_day(request, "on"),
            by=request.actor,
        )
    except AnjuError as error:
        return _show(request, unit, error.problems)
    return redirect("property-unit", unit.pk)


@require_POST
@page("property.restrict")
def lift(request: ActedRequest, number: int) -> HttpResponseBase:
    """End one restriction of this unit, or record the mortgagee's consent to the sale."""
    unit = queries.unit(number, request.actor.scope)
    wanted = request.POST.get("restriction", "")
    owned = unit.restrictions.filter(pk=int(wanted)).first() if wanted.isdigit() else None
    try:
        if owned is None:
            raise AnjuError.of("property.unknown_restriction", _("没有这项限制。"), advice=_("请刷新后重试。"))
        if "consent" in request.POST:
            actions.record_consent(owned.pk, document=_written(request, "document"), by=request.actor)
        else:
            actions.lift_restriction(owned.pk, document=_written(request, "document"), on=_day(request, "on"), by=request.actor)
    except AnjuError as error:
        return _show(request, unit, error.problems)
    return redirect("property-unit", unit.pk)


@require_POST
@page("property.edit")
def withhold(request: ActedRequest, number: int) -> HttpResponseBase:
    """Take this unit off sale, or put it back."""
    unit = queries.unit(number, request.actor.scope)
    try:
        on, document = _day(request, "on"), _written(request, "document")
        if unit.stage == Stage.NOT_FOR_SALE:
            actions.release_units([unit.pk], on=on, document=document, by=request.actor)
        else:
            actions.withhold_units([unit.pk], kind=_chosen(Withheld, request, "kind"), on=on, document=document, by=request.actor)
    except AnjuError as error:
        return _show(request, unit, error.problems)
    return redirect("property-unit", unit.pk)


def public_projects(request: HttpRequest) -> HttpResponseBase:
    """Projects on sale, for everybody."""
    text = readable(request.GET.get("q", ""), 40)
    return render(request, "property/public_projects.html", {"projects": public.published_projects(text), "text": text})


def public_project(request: HttpRequest, number: int) -> HttpResponseBase:
    """The buildings of a project on sale, for everybody."""
    project, buildings = public.published_buildings(number)
    return render(request, "property/public_project.html", {"project": project, "buildings": buildings})


def public_board(request: HttpRequest, number: int) -> HttpResponseBase:
    """The public board: what can be bought and at what filed price, never whose it is (MK-17)."""
    found = public.published_board(number)
    return render(request, "property/public_board.html", {"building": found.building, "project": found.project, "board": found.board})


def _written(request: ActedRequest, name: str) -> str:
    return readable(request.POST.get(name, ""), 80)


def _day(request: ActedRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError as error:
        raise AnjuError.of(
            "property.bad_day", _("没有写日期，或写法不对。"), where=_("日期"), advice=_("请按 2023-06-30 填写。")
        ) from error


def _chosen(choices: type[Chosen], request: ActedRequest, name: str) -> Chosen:
    wanted = request.POST.get(name, "")
    if wanted not in choices.values:
        raise AnjuError.of("property.bad_kind", _("没有选类别。"), where=_("类别"), advice=_("请选一项。"))
    return choices(wanted)
