"""维修资金: areas, and one area by building down to its units."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.domains.funds.models import FundArea, FundUnit, RepairProject
from anju.domains.funds.rules.maintenance import needs_top_up
from anju.kernel.accounts import queries as accounts
from anju.kernel.errors import AnjuError
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable

PAGE, UNITS = 40, 60


@page("funds.view")
def all_areas(request: ActedRequest) -> HttpResponseBase:
    """Areas with their units and money."""
    rows = request.actor.scope.narrow(FundArea.objects.annotate(homes=Count("units"), size=Sum("units__area_m2")).order_by("name"))
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    balances = accounts.balances(one.bank_account_id for one in shown)
    context = {
        "page": shown,
        "rows": [(one, balances[one.bank_account_id].posted_fen) for one in shown],
        "crumbs": [Crumb(_("维修资金"))],
    }
    return render(request, "funds/areas.html", context)


@page("funds.view")
def one_area(request: ActedRequest, number: int) -> HttpResponseBase:
    """An area: what each building holds, then the units of one building, and the repairs."""
    area = request.actor.scope.narrow(FundArea.objects.filter(pk=number)).first()
    if area is None:
        raise AnjuError.of("funds.unknown_area", _("没有这个小区，或不在您的数据范围内。"))
    chosen = readable(request.GET.get("building", ""), 40)
    rows: Any = (
        FundUnit.objects.filter(area=area)
        .values("building")
        .annotate(
            units=Count("pk"), due=Sum("first_due_fen"), paid=Sum("first_paid_fen"),
            debits=Sum("account__balance__debits_posted"), credits=Sum("account__balance__credits_posted"),
        )
        .order_by("building")[:300]
    )  # fmt: skip
    buildings: list[dict[str, Any]] = list(rows)
    for row in buildings:
        row["balance"] = (row["credits"] or 0) - (row["debits"] or 0)
    chosen = chosen or (buildings[0]["building"] if buildings else "")
    units = Paginator(FundUnit.objects.filter(area=area, building=chosen).order_by("position"), UNITS).get_page(request.GET.get("page"))
    balances = accounts.balances([area.bank_account_id, area.pool_account_id, *(unit.account_id for unit in units)])
    bank, pool = balances[area.bank_account_id].posted_fen, balances[area.pool_account_id].posted_fen
    held = [(unit, balances[unit.account_id].posted_fen) for unit in units]
    context = {
        "area": area,
        "bank": bank,
        "pool": pool,
        "in_units": sum(row["balance"] for row in buildings),
        "buildings": buildings,
        "chosen": chosen,
        "page": units,
        "units": [(unit, fen, unit.first_paid_on and needs_top_up(fen, unit.first_due_fen)) for unit, fen in held],
        "repairs": RepairProject.objects.filter(area=area).order_by("-pk")[:30],
        "crumbs": [Crumb(_("维修资金"), "funds-maintenance"), Crumb(area.name)],
    }
    return render(request, "funds/area.html", context)
