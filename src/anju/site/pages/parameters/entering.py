"""Entering a further value, ending one, correcting one, taking one back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError
from anju.kernel.parameters.actions import SET, Citation, correct_value, end_value, set_value, withdraw_value
from anju.kernel.parameters.declaration import Parameter
from anju.kernel.parameters.models import ParameterValue
from anju.kernel.parameters.queries import live
from anju.site.pages.parameters.asking import grid, place_names, posted, settable, value_ask
from anju.site.pages.parameters.one import parameter_or_404
from anju.ui.access import page
from anju.ui.asking import Ask, required_day, show_form, written, written_day
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest


@page(SET)
def new(request: ActedRequest, name: str) -> HttpResponseBase:
    """A value from a day on, by a document."""
    found, offered = parameter_or_404(name), settable(request.actor)
    own = request.actor.region_code
    before = live(name).filter(region_code=own).order_by("-effective_from").first()
    asks = [
        Ask("region", _("适用地区"), written(request, "region", own), offered),
        Ask(
            "start",
            _("起始日期"),
            written(request, "start"),
            type="date",
            required=True,
            hint=_("文件规定的执行日期；现行的值到前一日为止。"),
        ),
        Ask("end", _("终止日期"), written(request, "end"), type="date", hint=_("当日起不再适用；长期有效的不写。")),
        *_cited(request),
    ]
    form = _form(request, found, _("录入新值"), asks, held=before.value if before else None)
    if request.method != "POST":
        return _show(request, form)
    try:
        region = written(request, "region", own)
        row = set_value(
            name,
            posted(request, found),
            region=region,
            start=required_day(request, "start", _("起始日期")),
            end=written_day(request, "end", _("终止日期")),
            cite=_citation(request),
            by=request.actor,
        )
    except AnjuError as error:
        return _show(request, form, error)
    messages.success(request, _("已录入，自%(day)s起执行。") % {"day": row.effective_from})
    return redirect("parameter", name)


@page(SET)
def end(request: ActedRequest, number: int) -> HttpResponseBase:
    """The document was repealed."""
    row, found = _row_or_404(request, number)
    asks = [Ask("on", _("终止日期"), written(request, "on"), type="date", required=True, hint=_("当日起不再适用。")), *_cited(request)]
    form = _form(request, found, _("终止"), asks, row=row, asks_value=False)
    if request.method != "POST":
        return _show(request, form)
    try:
        end_value(row, on=required_day(request, "on", _("终止日期")), cite=_citation(request), by=request.actor)
    except AnjuError as error:
        return _show(request, form, error)
    messages.success(request, _("已终止。"))
    return redirect("parameter", row.name)


@page(SET)
def correct(request: ActedRequest, number: int) -> HttpResponseBase:
    """An entry was wrong."""
    row, found = _row_or_404(request, number)
    asks = [
        Ask("start", _("起始日期"), written(request, "start", row.effective_from.isoformat()), type="date", required=True),
        Ask("end", _("终止日期"), written(request, "end", row.effective_to.isoformat() if row.effective_to else ""), type="date"),
        *_cited(request, row.document),
    ]
    form = _form(request, found, _("更正"), asks, row=row, held=row.value)
    form["warning"] = _("已作出的决定仍按当时的值保留，不会随更正改变；错值和更正都留在历史里。")
    if request.method != "POST":
        return _show(request, form)
    try:
        correct_value(
            row,
            posted(request, found),
            start=required_day(request, "start", _("起始日期")),
            end=written_day(request, "end", _("终止日期")),
            cite=_citation(request),
            by=request.actor,
        )
    except AnjuError as error:
        return _show(request, form, error)
    messages.success(request, _("已更正。"))
    return redirect("parameter", row.name)


@page(SET)
def withdraw(request: ActedRequest, number: int) -> HttpResponseBase:
    """An entry never should have been."""
    row, found = _row_or_404(request, number)
    form = _form(request, found, _("撤回"), _cited(request, row.document), row=row, asks_value=False)
    form |= {"warning": _("撤回后这个值在任何一天都不适用；已作出的决定不变，记录保留。"), "danger": True}
    if request.method != "POST":
        return _show(request, form)
    try:
        withdraw_value(row, cite=_citation(request), by=request.actor)
    except AnjuError as error:
        return _show(request, form, error)
    messages.success(request, _("已撤回。"))
    return redirect("parameter", row.name)


def _row_or_404(request: ActedRequest, number: int) -> tuple[ParameterValue, Parameter]:
    row = ParameterValue.objects.filter(pk=number, origin=ParameterValue.Origin.INSTALLATION).first()
    if row is None or row.region_code not in dict(settable(request.actor)):
        raise Http404
    return row, parameter_or_404(row.name)


def _cited(request: ActedRequest, document: str = "") -> list[Ask]:
    return [
        Ask(
            "document",
            _("文号"),
            written(request, "document", document),
            required=True,
            longest=200,
            hint=_("规定此值的文件，例如 示例房发〔2023〕12号。"),
        ),
        Ask("reason", _("理由"), written(request, "reason", longest=300), required=True, longest=300, wide=True, hint=_("记入日志。")),
    ]


def _citation(request: ActedRequest) -> Citation:
    return Citation(written(request, "document"), written(request, "reason", longest=300))


def _form(
    request: ActedRequest,
    found: Parameter,
    verb: str,
    asks: list[Ask],
    *,
    row: ParameterValue | None = None,
    held: Any = None,
    asks_value: bool = True,
) -> dict[str, Any]:
    value = value_ask(request, found, held) if asks_value else None
    lead = found.meaning
    if row is not None:
        place = place_names({row.region_code}).get(row.region_code, row.region_code)
        lead = _("%(place)s，%(start)s起，%(document)s") % {"place": place, "start": row.effective_from, "document": row.document}
    return {
        "title": f"{verb}：{found.title}",
        "lead": lead,
        "asks": [value, *asks] if value else asks,
        "columns": found.columns if asks_value else (),
        "grid": grid(request, found, held) if asks_value else [],
        "verb": verb,
        "back": reverse("parameter", args=[found.name]),
        "crumbs": [Crumb(_("政策参数"), "parameters"), Crumb(found.title), Crumb(verb)],
    }


def _show(request: ActedRequest, form: dict[str, Any], error: AnjuError | None = None) -> HttpResponseBase:
    return show_form(request, form, error.problems if error else (), template="pages/parameters/form.html")
