"""Sign a contract for a unit: the form, the checks as they stand, the signing."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anju.domains.market import actions, queries
from anju.domains.market.models import Contract
from anju.domains.market.money import fen_of, yuan_of
from anju.domains.market.offers import Buyer, Offer, Payment
from anju.domains.market.views.asking import day, must_day, written
from anju.domains.property import queries as property_queries
from anju.kernel.codes.identity_document import PAPERS
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

BUYERS, INSTALMENTS = 4, 6
"""How many of each the form has room for; the API takes more."""


@page()
def sign(request: ActedRequest, number: int) -> HttpResponseBase:
    """The signing page of one unit. 核验 runs the checks and signs nothing."""
    if not request.actor.may("market.sign"):
        request.actor.require("market.sign_own")
    unit = property_queries.unit(number, request.actor.scope)
    price = queries.prices_of([unit.pk]).get(unit.pk)
    context: dict[str, Any] = {
        "unit": unit,
        "price": price,
        "asked": request.POST if request.method == "POST" else _proposed(price),
        "papers": [(code, paper.name) for code, paper in PAPERS.items()],
        "bases": Contract.PriceBasis.choices,
        "ways": Contract.PayWay.choices,
        "buyers": range(1, BUYERS + 1),
        "parts": range(1, INSTALMENTS + 1),
        "key": request.POST.get("key") or uuid4().hex,
        "crumbs": [
            Crumb(_("楼盘表"), "property-projects"),
            Crumb(unit.building.project.name, "property-project", (unit.building.project_id,)),
            Crumb(unit.building.number, "property-board", (unit.building_id,)),
            Crumb(_("网签 %(room)s") % {"room": unit.room}),
        ],
    }
    if request.method != "POST":
        return render(request, "market/sign.html", context)
    try:
        offer = _offer(request, number)
        if "sign" not in request.POST:
            return render(request, "market/sign.html", {**context, "checked": actions.check_offer(offer, by=request.actor)})
        contract = actions.sign_contract(offer, by=request.actor, key=f"page-{context['key'][:64]}")
    except AnjuError as error:
        return render(request, "market/sign.html", {**context, "problems": error.problems}, status=422)
    messages.success(request, _("已签约，合同编号 %(number)s。") % {"number": contract.contract_no})
    return redirect("market-contract", contract.pk)


def _proposed(price: Any) -> dict[str, str]:
    if price is None:
        return {}
    return {
        "unit_price": yuan_of(price.unit_price_fen),
        "total": yuan_of(price.total_fen),
        "first": yuan_of(price.total_fen),
        "way": "lump",
    }


def _offer(request: ActedRequest, unit_id: int) -> Offer:
    buyers = tuple(_buyer(request, at) for at in range(1, BUYERS + 1) if written(request, f"name{at}", 80))
    instalments = tuple(
        (must_day(request, f"due{at}", _("应付日期")), fen_of(request.POST.get(f"part{at}", ""), _("分期款")) or 0)
        for at in range(1, INSTALMENTS + 1)
        if request.POST.get(f"part{at}", "").strip()
    )
    total = fen_of(request.POST.get("total", ""), _("合同金额")) or 0
    if not buyers:
        raise AnjuError(Problem("market.C08", _("买受人"), _("没有买受人。"), _("请至少填写一名买受人。")))
    payment = Payment(
        first_fen=fen_of(request.POST.get("first", ""), _("首付款")) or 0,
        loan_fen=fen_of(request.POST.get("loan", ""), _("贷款金额"), required=False) or 0,
        instalments=instalments,
        way=request.POST.get("way", "") if request.POST.get("way") in Contract.PayWay.values else Contract.PayWay.LUMP,
        loan_bank=written(request, "loan_bank", 80),
    )
    return Offer(
        unit_id=unit_id,
        buyers=buyers,
        total_fen=total,
        payment=payment,
        unit_price_fen=fen_of(request.POST.get("unit_price", ""), _("单价"), required=False),
        price_basis=request.POST.get("basis", "")
        if request.POST.get("basis") in Contract.PriceBasis.values
        else Contract.PriceBasis.BUILDING_AREA,
        delivery_on=day(request, "delivery_on", _("交付日期"), required=False),
        eligibility_no=written(request, "eligibility", 40),
        mortgage_told="mortgage_told" in request.POST,
    )


def _buyer(request: ActedRequest, at: int) -> Buyer:
    share = written(request, f"share{at}", 20)
    return Buyer(
        name=written(request, f"name{at}", 80),
        id_no=written(request, f"id{at}", 40),
        id_type=request.POST.get(f"paper{at}", "resident_id"),
        phone=written(request, f"phone{at}", 20),
        guardian=written(request, f"guardian{at}", 80),
        share=_share(share, alone=not written(request, "name2", 80)),
    )


def _share(text: str, *, alone: bool) -> tuple[int, int]:
    """`50%`, `1/2`; empty is the whole for one buyer and joint ownership for several. Raises AnjuError `market.bad_share`."""
    plain = text.replace("％", "%").strip()
    if not plain:
        return (1, 1) if alone else (0, 0)
    top, _slash, bottom = plain.partition("/")
    if plain.endswith("%"):
        top, bottom = plain[:-1], "100"
    if not (top.strip().isdigit() and bottom.strip().isdigit() and len(plain) < 12):
        raise AnjuError.of("market.bad_share", f"份额写的是“{text}”。", where=_("份额"), advice=_("写 1/2 或 50%；共同共有的不填。"))
    return int(top), int(bottom)
