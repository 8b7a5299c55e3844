"""我能申请什么, for everybody: tell of the household, read what the rules of the place say. Nothing is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.housing.applications.trying import Told, answers
from anju.domains.housing.queries import places_of_applying
from anju.domains.housing.rules.words import DEGREE_CODES, DEGREES, TIER_CODES, TIERS
from anju.domains.housing.views.asking import area_of, day
from anju.domains.market.money import fen_of
from anju.kernel.errors import AnjuError
from anju.ui.requests import as_number, readable

MOST_PERSONS = 50


def eligible(request: HttpRequest) -> HttpResponse:
    """The form, and the answers below it."""
    places = places_of_applying()
    context: dict[str, Any] = {
        "asked": request.POST,
        "places": places,
        "tiers": [(code, TIERS[number]) for code, number in TIER_CODES.items()],
        "degrees": [(code, DEGREES[number]) for code, number in DEGREE_CODES.items()],
    }
    if request.method != "POST":
        return render(request, "housing/open_eligible.html", context)
    try:
        region = request.POST.get("region", "")
        if region not in dict(places):
            raise AnjuError.of("housing.no_place", _("没有选地区。"), where=_("地区"))
        context["answers"] = answers(_told(request), region, timezone.localdate())
    except AnjuError as error:
        return render(request, "housing/open_eligible.html", context | {"problems": error.problems}, status=422)
    return render(request, "housing/open_eligible.html", context)


def _told(request: HttpRequest) -> Told:
    def said(name: str, longest: int = 20) -> str:
        return readable(request.POST.get(name, ""), longest)

    persons = as_number(said("persons", 2)) or 0
    if not 1 <= persons <= MOST_PERSONS:
        raise AnjuError.of("housing.bad_persons", _("家庭人口要写1到50的整数。"), where=_("家庭人口"))
    months = said("insured", 4)
    if months and as_number(months) is None:
        raise AnjuError.of("housing.bad_months", _("参保月数要写整数。"), where=_("连续参保月数"))
    area = None if said("area") == "0" else area_of(said("area"), str(_("自有住房面积")))
    return Told(
        persons,
        tier=TIER_CODES.get(said("tier")),
        income=fen_of(said("income"), str(_("家庭月收入")), required=False),
        assets=fen_of(said("assets"), str(_("家庭资产")), required=False),
        own_area=0 if said("area") == "0" else None if area is None else int(area * 10**6),
        insured=as_number(months),
        month_rent=fen_of(said("month_rent"), str(_("现租房月租金")), required=False),
        degree=DEGREE_CODES.get(said("degree")),
        graduated_on=day(said("graduated_on"), str(_("毕业日期"))) if said("graduated_on") else None,
    )
