"""Permits: the list, an application, one permit with its prices and its end."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.market import actions, queries
from anju.domains.market.models import Permit
from anju.domains.market.money import fen_of
from anju.domains.market.views.asking import chosen, day, must_day, written
from anju.domains.property import queries as property_queries
from anju.domains.property.survey_files import read_survey_file
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number

if TYPE_CHECKING:
    from anju.domains.property.models import Project, Unit

PAGE = 50
MOST_BYTES = 20 * 1024 * 1024


@page("market.view")
def all_permits(request: ActedRequest) -> HttpResponseBase:
    """Permits of the reader's scope, the newest first."""
    shown = Paginator(queries.permits(request.actor.scope), PAGE).get_page(request.GET.get("page"))
    context = {"page": shown, "may_file": request.actor.may("market.file"), "crumbs": [Crumb(_("销售许可"))]}
    return render(request, "market/permits.html", context)


@page("market.file")
def new_permit(request: ActedRequest) -> HttpResponseBase:
    """Take an application in: the project, its buildings, the developer and what was proved."""
    number = as_number(request.GET.get("project") or request.POST.get("project") or "")
    project = property_queries.project(number, request.actor.scope) if number else None
    context: dict[str, Any] = {
        "project": project,
        "projects": property_queries.projects(request.actor.scope)[:500] if project is None else (),
        "developers": queries.developers(request.actor.scope)[:500],
        "buildings": property_queries.buildings_of(project) if project else (),
        "kinds": Permit.Kind.choices,
        "asked": request.POST,
        "today": timezone.localdate(),
        "crumbs": [Crumb(_("销售许可"), "market-permits"), Crumb(_("受理申请"))],
    }
    if request.method != "POST" or project is None:
        return render(request, "market/permit_new.html", context)
    try:
        permit = _apply(request, project)
    except AnjuError as error:
        return render(request, "market/permit_new.html", {**context, "problems": error.problems}, status=422)
    return redirect("market-permit", permit.pk)


def _apply(request: ActedRequest, project: Project) -> Permit:
    wanted = [int(one) for one in request.POST.getlist("building")[:500] if one.isdigit()]
    units = property_queries.units_to_permit(project, wanted)
    number = as_number(request.POST.get("developer", ""))
    developer = queries.developers(request.actor.scope).filter(pk=number or 0).first()
    if developer is None:
        developer = actions.add_developer(
            name=written(request, "developer_name", 80),
            code=written(request, "developer_code", 18),
            grade=written(request, "grade", 20),
            by=request.actor,
        )
    return actions.apply_for_permit(
        kind=chosen(Permit.Kind, request, "kind", _("类别")),
        project_id=project.pk,
        developer=developer,
        units=units,
        conditions=_conditions(request),
        on=must_day(request, "on", _("申请日期")),
        by=request.actor,
    )


def _conditions(request: ActedRequest) -> actions.Conditions:
    return actions.Conditions(
        land_fee_paid="land_fee_paid" in request.POST,
        delivery_on=day(request, "delivery_on", _("交付日期"), required=False),
        invested_fen=fen_of(request.POST.get("invested", ""), _("已投入资金"), required=False) or 0,
        investment_fen=fen_of(request.POST.get("investment", ""), _("工程建设总投资"), required=False) or 0,
        **{
            name: written(request, name)
            for name in (
                "land_document",
                "planning_permit",
                "construction_permit",
                "schedule",
                "acceptance_document",
                "bank",
                "escrow_account",
                "agreement",
            )
        },
    )


@page("market.view")
def one_permit(request: ActedRequest, number: int) -> HttpResponseBase:
    """One permit; a POST names what is to be done with it."""
    permit = queries.permit(number, request.actor.scope)
    if request.method != "POST":
        return _show(request, permit)
    deeds: dict[str, Callable[[ActedRequest, Permit], str]] = {"issue": _issue, "refuse": _refuse, "end": _end, "prices": _prices}
    try:
        deed = deeds.get(request.POST.get("deed", ""))
        if deed is None:
            raise AnjuError.of("market.bad_choice", _("没有选择要办的事。"), advice=_("请刷新后重试。"))
        messages.success(request, deed(request, permit))
    except AnjuError as error:
        return _show(request, queries.permit(number, request.actor.scope), error.problems)
    return redirect("market-permit", number)


def _show(request: ActedRequest, permit: Permit, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    units = queries.units_of(permit)
    priced = len(queries.prices_of(units))
    share = permit.invested_fen * 10_000 // permit.investment_fen if permit.investment_fen else 0
    uses = property_queries.use_labels()
    context = {
        "permit": permit,
        "totals": [(uses.get(use, use), count, area) for use, (count, area) in queries.permit_totals(permit).items()],
        "units": len(units),
        "priced": priced,
        "share": f"{share // 100}.{share % 100:02d}%",
        "least": f"{(permit.least_invested * 100).normalize():f}%",
        "buildings": property_queries.buildings_with(units)[:100],
        "may_permit": request.actor.may("market.permit"),
        "may_file": request.actor.may("market.file"),
        "today": timezone.localdate(),
        "asked": request.POST,
        "problems": problems,
        "crumbs": [Crumb(_("销售许可"), "market-permits"), Crumb(str(permit))],
    }
    return render(request, "market/permit.html", context, status=422 if problems else 200)


def _issue(request: ActedRequest, permit: Permit) -> str:
    issued = actions.issue_permit(
        permit.pk,
        number=written(request, "number", 40),
        on=must_day(request, "on", _("发证日期")),
        valid_until=day(request, "valid_until", _("有效期至"), required=False),
        by=request.actor,
    )
    return _("已核发 %(number)s。") % {"number": issued.number}


def _refuse(request: ActedRequest, permit: Permit) -> str:
    actions.refuse_permit(permit.pk, reason=written(request, "reason"), on=timezone.localdate(), by=request.actor)
    return _("已作出不予许可的决定。")


def _end(request: ActedRequest, permit: Permit) -> str:
    state = Permit.State.EXPIRED if request.POST.get("state") == Permit.State.EXPIRED else Permit.State.REVOKED
    actions.end_permit(permit.pk, state=state, document=written(request, "document", 80), on=timezone.localdate(), by=request.actor)
    return _("许可已终止，未售的户室已停止销售。")


def _prices(request: ActedRequest, permit: Permit) -> str:
    """Match a 一房一价 workbook with the permit's units by building, entrance, floor and room."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile) or (sent.size or 0) > MOST_BYTES:
        raise AnjuError.of(
            "market.not_a_workbook", _("没有选工作簿，或超过20MB。"), where=_("一房一价表"), advice=_("请选 .xlsx、.xls 或 .csv。")
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"prices{Path(sent.name or '').suffix.lower()}"
        path.write_bytes(sent.read())
        found = read_survey_file(path)
    units = {
        (unit.building.number, unit.entrance, unit.floor, unit.room): unit
        for unit in property_queries.units_by_id(queries.units_of(permit))
    }
    problems = list(found.problems)
    lines = []
    for line in found.lines:
        unit = units.get(line.key)
        if unit is None:
            problems.append(
                Problem("market.unit_not_covered", line.where, f"{line.building}{line.entrance}{line.room}不在该许可内。", "请核对。")
            )
        elif line.unit_price is None and line.total_price is None:
            problems.append(Problem("market.no_price", line.where, _("没有单价也没有总价。"), _("请补填。")))
        else:
            lines.append(_priced(unit, line.unit_price, line.total_price))
    if problems:
        raise AnjuError(problems[:100])
    number = actions.file_prices(lines, document=written(request, "document", 80), on=timezone.localdate(), by=request.actor)
    return _("已备案 %(count)s 户的价格。") % {"count": number}


def _priced(unit: Unit, each: Any, total: Any) -> actions.PriceLine:
    if each is None:
        total_fen = int(total * 100)
        return actions.PriceLine(unit.pk, int(total_fen / unit.area), total_fen)
    each_fen = int(each * 100)
    return actions.PriceLine(unit.pk, each_fen, int(total * 100) if total is not None else int((each_fen * unit.area).to_integral_value()))
