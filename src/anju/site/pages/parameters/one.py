"""One parameter: what holds here and when, and every version ever entered."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import EVERYWHERE
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.actions import SET, VIEW
from anju.kernel.parameters.catalogue import parameter
from anju.kernel.parameters.declaration import Kind, Parameter
from anju.kernel.parameters.models import ParameterValue
from anju.kernel.parameters.queries import book, history
from anju.kernel.parameters.values import cell_words, words
from anju.site.pages.parameters.asking import asked_place, place_names, places, settable, unit_of
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

LISTED = 200
KINDS = {
    Kind.INTEGER: gettext_lazy("整数"),
    Kind.DECIMAL: gettext_lazy("小数"),
    Kind.MONEY: gettext_lazy("金额"),
    Kind.AREA: gettext_lazy("面积"),
    Kind.TEXT: gettext_lazy("文字"),
    Kind.CHOICE: gettext_lazy("选项"),
    Kind.BOOLEAN: gettext_lazy("是否"),
    Kind.TABLE: gettext_lazy("表"),
}


def period_words(start: datetime.date, end: datetime.date | None) -> str:
    """`2023-07-01 起`, or `2023-07-01 至 2026-12-31` with the last day on which it holds. `end`: exclusive."""
    return _("%(start)s 起") % {"start": start} if end is None else f"{start} {_('至')} {end - datetime.timedelta(days=1)}"


def parameter_or_404(name: str) -> Parameter:
    """The declared parameter; one nobody declared is not there."""
    try:
        return parameter(name)
    except AnjuError as error:
        raise Http404(str(error)) from error


@page(VIEW)
def one(request: ActedRequest, name: str) -> HttpResponseBase:
    """What holds one after the other at a place, and the history in all places."""
    found, place, today = parameter_or_404(name), asked_place(request), timezone.localdate()
    rows = list(history(name).filter(_concerning(request.actor))[:LISTED])
    by_number = {row.pk: row for row in rows}
    line = book().line(name, place)
    names = place_names({row.region_code for row in rows} | {stretch.value.region for stretch in line})
    may = request.actor.may(SET) and bool(settable(request.actor))
    holding = []
    for stretch in reversed(line):
        row = by_number.get(stretch.value.version) or ParameterValue.objects.get(pk=stretch.value.version)
        ours = may and row.origin == ParameterValue.Origin.INSTALLATION and row.region_code in dict(settable(request.actor))
        now = stretch.start <= today and (stretch.end is None or today < stretch.end)
        period = period_words(stretch.start, stretch.end)
        holding.append({"row": row, "period": period, "now": now, "ahead": stretch.start > today, "ours": ours, **_shown(found, row)})
    context = {
        "parameter": found,
        "kind": KINDS[found.kind],
        "unit": unit_of(found.shape),
        "holding": holding,
        "history": [
            {"row": row, "state": _state(row), "period": period_words(row.effective_from, row.effective_to), **_shown(found, row)}
            for row in rows
        ],
        "left_out": len(rows) == LISTED,
        "names": names,
        "places": places(request.actor),
        "place": place,
        "may_set": may,
        "crumbs": [Crumb(_("政策参数"), "parameters"), Crumb(found.title)],
    }
    return render(request, "pages/parameters/one.html", context)


@page(VIEW)
def version(request: ActedRequest, number: int) -> HttpResponseBase:
    """The address of a version, as the journal names it: its parameter's page."""
    row = ParameterValue.objects.filter(pk=number).first()
    if row is None:
        raise Http404
    return redirect("parameter", row.name)


def _concerning(actor: Actor) -> Q:
    """The reader's place, what lies above, and what the reader may see: who entered what next door is the neighbour's business."""
    seen = Q(region_code__in=list(places(actor)))
    if actor.scope.region == EVERYWHERE:
        return Q()
    return seen | Q(region_code__startswith=actor.scope.region) if actor.scope.region else seen


def _shown(found: Parameter, row: ParameterValue) -> dict[str, Any]:
    if Kind(row.kind) is not Kind.TABLE:
        return {"shown": words(found, row.value) if row.kind == found.kind else str(row.value), "table": None}
    shapes = {column.name: column for column in found.columns}
    columns = [name for name, _kind in row.value["columns"]]
    table = {
        "heads": [shapes[name].label if name in shapes else name for name in columns],
        "rows": [
            [cell_words(shapes[name].shape, cell) if name in shapes else cell for name, cell in zip(columns, cells, strict=True)]
            for cells in row.value["rows"]
        ],
    }
    return {"shown": _("%(count)s行") % {"count": len(row.value["rows"])}, "table": table}


def _state(row: ParameterValue) -> str:
    later = getattr(row, "superseded_by", None)
    if row.voided:
        return "void"
    if later is None:
        return "holds"
    if later.voided:
        return "withdrawn"
    return "ended" if later.value == row.value and later.effective_from == row.effective_from else "corrected"
