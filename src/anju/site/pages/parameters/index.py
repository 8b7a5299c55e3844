"""Every parameter with the value in force at a place on a day, and the document that decides it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anju.kernel.parameters.actions import VIEW
from anju.kernel.parameters.book import Book, Value
from anju.kernel.parameters.catalogue import LOCAL_SLICE, all_parameters
from anju.kernel.parameters.declaration import Parameter
from anju.kernel.parameters.models import ParameterValue
from anju.kernel.parameters.queries import book
from anju.kernel.parameters.values import words
from anju.site.pages.areas import area_order, area_title
from anju.site.pages.parameters.asking import asked_day, asked_place, place_names, places
from anju.site.pages.parameters.one import period_words
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter and what holds of it; `value` None where nothing does. `from_above`: it is inherited."""

    parameter: Parameter
    value: Value | None
    shown: str
    place: str
    period: str
    from_above: bool


@page(VIEW)
def parameters(request: ActedRequest) -> HttpResponseBase:
    """The list, by business area; found by name, meaning or document."""
    place, day, sought = asked_place(request), asked_day(request), readable(request.GET.get("q", ""), 60)
    lines = _lines(book(), place, day)
    if sought:
        lines = [line for line in lines if sought in _text(line)]
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.parameter.slice, []).append(line)
    named: list[tuple[str | Promise, list[Line]]] = [
        (_("本单位自定") if area == LOCAL_SLICE else area_title(area), groups[area]) for area in sorted(groups, key=area_order)
    ]
    context = {
        "groups": named,
        "lacking": sum(line.value is None for line in lines),
        "count": len(lines),
        "places": places(request.actor),
        "place": place,
        "on": day,
        "words": sought,
        "crumbs": [Crumb(_("政策参数"))],
    }
    return render(request, "pages/parameters/list.html", context)


def _lines(held: Book, place: str, day: datetime.date) -> list[Line]:
    found = [(one, held.find(one.name, place, day)) for one in all_parameters().values()]
    rows = ParameterValue.objects.in_bulk([value.version for _one, value in found if value is not None])
    names = place_names({value.region for _one, value in found if value is not None})
    return [
        Line(
            parameter=one,
            value=value,
            shown=words(one, rows[value.version].value) if value else "",
            place=names.get(value.region, value.region) if value else "",
            period=period_words(value.start, value.end) if value else "",
            from_above=value is not None and value.region != place,
        )
        for one, value in found
    ]


def _text(line: Line) -> str:
    return " ".join((line.parameter.title, line.parameter.meaning, line.parameter.name, line.value.document if line.value else ""))
