"""What these pages ask: which place, which day, and a value in the shape its parameter has."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from anju.kernel.access.actor import Actor
from anju.kernel.orgs.models import Region
from anju.kernel.parameters.book import region_chain
from anju.kernel.parameters.declaration import COUNTRY, Kind, Parameter, Shape
from anju.kernel.parameters.values import MOST_ROWS, from_form, written
from anju.ui.asking import Ask
from anju.ui.requests import ActedRequest, readable

SPARE_ROWS = 4
_LEAST_ROWS = 6


def places(actor: Actor) -> dict[str, str]:
    """The places whose values concern the reader, nearest first: the own region, what lies above, the country."""
    codes = region_chain(actor.region_code)
    names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
    return {code: _("全国") if code == COUNTRY else names.get(code, code) for code in codes}


def place_names(codes: set[str]) -> dict[str, str]:
    """Names of region codes, the country included."""
    return {COUNTRY: _("全国"), **dict(Region.objects.filter(code__in=codes).values_list("code", "name"))}


def asked_place(request: ActedRequest) -> str:
    """The place the address names, when it is one of the reader's; the reader's own otherwise."""
    wanted = readable(request.GET.get("region", ""), 12)
    return wanted if "region" in request.GET and wanted in places(request.actor) else request.actor.region_code


def asked_day(request: ActedRequest) -> datetime.date:
    """The day the address names; today otherwise."""
    try:
        return datetime.date.fromisoformat(readable(request.GET.get("on", ""), 10))
    except ValueError:
        return timezone.localdate()


def settable(actor: Actor) -> tuple[tuple[str, str], ...]:
    """The places this person may set values for, nearest first."""
    everywhere = actor.scope.region == "*"
    return tuple(
        (code, name) for code, name in places(actor).items() if (code and actor.scope.covers_region(code)) or (not code and everywhere)
    )


def value_ask(request: ActedRequest, parameter: Parameter, held: Any) -> Ask | None:
    """The field a scalar value is written in; None for a table."""
    if parameter.kind is Kind.TABLE:
        return None
    value = request.POST.get("value", written(parameter.shape, held))
    return _ask("value", _("值"), parameter.shape, value)


def grid(request: ActedRequest, parameter: Parameter, held: Any) -> list[list[Ask]]:
    """The fields of a table, a row each, with a few empty rows below; empty for a scalar."""
    if parameter.kind is not Kind.TABLE:
        return []
    cells = {} if held is None else _cells(parameter, held)
    count = max(len(held["rows"]) + SPARE_ROWS if held else 0, _LEAST_ROWS, _posted_rows(request, parameter) + 2)
    rows = []
    for number in range(min(count, MOST_ROWS)):
        row = []
        for column in parameter.columns:
            name = f"row{number}-{column.name}"
            value = request.POST.get(name, written(column.shape, cells.get((number, column.name))))
            row.append(_ask(name, column.label, column.shape, value, empty=True))
        rows.append(row)
    return rows


def posted(request: ActedRequest, parameter: Parameter) -> Any:
    """The value the form says, as `values.stored` takes it; rows left wholly empty are none."""
    if parameter.kind is not Kind.TABLE:
        return from_form(parameter.shape, readable(request.POST.get("value", ""), 600))
    rows = []
    for number in range(_posted_rows(request, parameter)):
        row: Mapping[str, Any] = {
            column.name: from_form(column.shape, text)
            for column in parameter.columns
            if (text := readable(request.POST.get(f"row{number}-{column.name}", ""), 600))
        }
        if row:
            rows.append(row)
    return rows


def unit_of(shape: Shape) -> str:
    """The unit a field is written in."""
    return (shape.unit or "元") if shape.kind is Kind.MONEY else "㎡" if shape.kind is Kind.AREA and not shape.unit else shape.unit


def _cells(parameter: Parameter, held: Any) -> dict[tuple[int, str], Any]:
    names = [name for name, _kind in held["columns"]]
    return {(number, name): cell for number, row in enumerate(held["rows"]) for name, cell in zip(names, row, strict=True)}


def _posted_rows(request: ActedRequest, parameter: Parameter) -> int:
    count = 0
    while count < MOST_ROWS and any(f"row{count}-{column.name}" in request.POST for column in parameter.columns):
        count += 1
    return count


def _ask(name: str, label: str, shape: Shape, value: str, *, empty: bool = False) -> Ask:
    options: tuple[tuple[str, str], ...] = ()
    if shape.kind is Kind.CHOICE:
        options = tuple(shape.choices.items())
    if shape.kind is Kind.BOOLEAN:
        options = (("true", _("是")), ("false", _("否")))
    if options and (empty or not value):
        options = (("", "—"), *options)
    return Ask(name, label, value, options, required=not empty, longest=500, unit=unit_of(shape))
