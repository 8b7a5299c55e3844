"""存量房: the checks in force and the contracts, the form of a check, the form of a sale, one contract with its next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.market import actions, queries
from anju.domains.market.actions import House, Sale
from anju.domains.market.models import ResaleContract
from anju.domains.market.money import fen_of
from anju.domains.market.offers import Buyer
from anju.domains.market.views.asking import must_day, written
from anju.domains.property import queries as property_queries
from anju.domains.property.queries import use_labels
from anju.kernel.codes.identity_document import PAPERS
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.asking import Ask, show_form
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable

PAGE = 50
TITLE = "存量房"


@page("market.view")
def all_resales(request: ActedRequest) -> HttpResponseBase:
    """Checks that hold, and the contracts with the newest first."""
    text = readable(request.GET.get("q", ""), 60)
    context = {
        "checks": queries.house_checks(request.actor.scope, timezone.localdate())[:200],
        "page": Paginator(queries.resales(request.actor.scope, text=text), PAGE).get_page(request.GET.get("page")),
        "text": text,
        "may_sign": request.actor.may("market.sign"),
        "crumbs": [Crumb(TITLE)],
    }
    return render(request, "market/resales.html", context)


@page("market.file")
def check(request: ActedRequest, number: int) -> HttpResponseBase:
    """房源核验 of one unit of the register."""
    unit = property_queries.unit(number, request.actor.scope)
    asks = [
        Ask("code", _("核验码"), written(request, "code"), required=True),
        Ask("certificate_no", _("不动产权证号"), written(request, "certificate_no"), required=True, longest=60),
        Ask("certified_on", _("登记日期"), written(request, "certified_on"), required=True, type="date", hint=_("限售期自这一天起算")),
        Ask("owner", _("权利人"), written(request, "owner"), required=True, longest=80),
        Ask("id_type", _("证件类型"), written(request, "id_type") or "resident_id", _papers()),
        Ask("owner_id", _("证件号码"), written(request, "owner_id"), required=True),
        Ask("consents", _("共有人同意文书"), written(request, "consents", 200), longest=200, wide=True),
    ]
    form = {
        "title": _("房源核验"),
        "lead": f"{unit.building.project.name} {unit.building.number} {unit.room} · {unit.area}㎡ · {use_labels().get(unit.use, unit.use)}",
        "note": _("以不动产登记机构的登记信息为准；查封、预查封、异议登记等限制期间不能核验。"),
        "asks": asks,
        "verb": _("核验通过，生成核验码"),
        "back": reverse("property-unit", args=[unit.pk]),
        "crumbs": [Crumb(TITLE, "market-resales"), Crumb(_("房源核验"))],
    }
    if request.method != "POST":
        return show_form(request, form)
    try:
        told = {name: written(request, name, 200) for name in ("code", "certificate_no", "owner", "id_type", "owner_id", "consents")}
        made = actions.check_house(House(unit.pk, certified_on=must_day(request, "certified_on", _("登记日期")), **told), by=request.actor)
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("核验码 %(code)s 有效至 %(day)s。") % {"code": made.code, "day": made.valid_until})
    return redirect("market-resales")


@page("market.sign")
def sign(request: ActedRequest, number: int) -> HttpResponseBase:
    """The contract of a sale by a check that holds; the seller is who the check names."""
    found = queries.house_check(number, request.actor.scope)
    asks = [
        Ask("contract_no", _("合同编号"), written(request, "contract_no"), required=True),
        Ask("seller", _("出卖人"), written(request, "seller"), required=True, longest=80, hint=_("与核验的权利人一致")),
        Ask("seller_id", _("出卖人证件号"), written(request, "seller_id"), required=True),
        Ask("certificate_no", _("不动产权证号"), written(request, "certificate_no", 60), required=True, longest=60),
        Ask("buyer", _("买受人"), written(request, "buyer"), required=True, longest=80),
        Ask("id_type", _("证件类型"), written(request, "id_type") or "resident_id", _papers()),
        Ask("buyer_id", _("买受人证件号"), written(request, "buyer_id"), required=True),
        Ask("total", _("成交金额"), written(request, "total"), required=True, unit=_("元")),
        Ask("mortgagee_agrees", _("抵押权人同意文书"), written(request, "mortgagee_agrees", 120), longest=120, hint=_("有抵押的填写")),
        Ask("eligibility_no", _("购房资格证明"), written(request, "eligibility_no", 60), longest=60, hint=_("限购期间填写")),
    ]
    form: dict[str, Any] = {
        "title": _("存量房网签"),
        "lead": f"{found.unit.building.project.name} {found.unit.building.number} {found.unit.room} · {found.unit.area}㎡",
        "note": _("核验码 %(code)s，权利人 %(owner)s，有效至 %(day)s。")
        % {"code": found.code, "owner": found.owner, "day": found.valid_until},
        "asks": asks,
        "verb": _("签约"),
        "back": reverse("market-resales"),
        "crumbs": [Crumb(TITLE, "market-resales"), Crumb(_("网签"))],
        "key": readable(request.POST.get("key", ""), 64) or uuid4().hex,
    }
    if request.method != "POST":
        return show_form(request, form, template="market/resale_sign.html")
    try:
        sale = Sale(
            code=found.code,
            contract_no=written(request, "contract_no"),
            seller=written(request, "seller"),
            seller_id=written(request, "seller_id"),
            buyer=Buyer(written(request, "buyer"), written(request, "buyer_id"), written(request, "id_type")),
            total_fen=fen_of(written(request, "total"), _("成交金额")) or 0,
            certificate_no=written(request, "certificate_no", 60),
            mortgagee_agrees=written(request, "mortgagee_agrees", 120),
            eligibility_no=written(request, "eligibility_no", 60),
        )
        made = actions.sign_resale(sale, by=request.actor, key=f"resale-{form['key']}")
    except AnjuError as error:
        return show_form(request, form, error.problems, template="market/resale_sign.html")
    messages.success(request, _("已签约，合同编号 %(number)s。") % {"number": made.contract_no})
    return redirect("market-resale", made.pk)


@page("market.file")
def end_check(request: ActedRequest, number: int) -> HttpResponseBase:
    """终止核验, with its reason."""
    found = queries.house_check(number, request.actor.scope)
    form = {
        "title": _("终止房源核验"),
        "lead": f"{found.code} · {found.owner}",
        "asks": [Ask("reason", _("理由"), written(request, "reason", 200), required=True, longest=200, wide=True)],
        "verb": _("终止核验"),
        "danger": True,
        "back": reverse("market-resales"),
        "crumbs": [Crumb(TITLE, "market-resales"), Crumb(_("终止核验"))],
    }
    if request.method != "POST":
        return show_form(request, form)
    try:
        actions.end_house_check(found.pk, reason=written(request, "reason", 200), by=request.actor)
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("已终止核验。"))
    return redirect("market-resales")


@page("market.view")
def one_resale(request: ActedRequest, number: int) -> HttpResponseBase:
    """One contract; a POST names what is to be done with it."""
    contract = queries.resale(number, request.actor.scope)
    if request.method != "POST":
        return _show(request, contract)
    deeds: dict[str, Callable[[ActedRequest, ResaleContract], str]] = {"file": _file, "title": _title, "cancel": _cancel}
    try:
        deed = deeds.get(request.POST.get("deed", ""))
        if deed is None:
            raise AnjuError.of("market.bad_choice", _("没有选择要办的事。"), advice=_("请刷新后重试。"))
        messages.success(request, deed(request, contract))
    except AnjuError as error:
        return _show(request, queries.resale(number, request.actor.scope), error.problems)
    return redirect("market-resale", number)


def _show(request: ActedRequest, contract: ResaleContract, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    context = {
        "contract": contract,
        "use": use_labels().get(contract.use, contract.use),
        "may_file": request.actor.may("market.file"),
        "may_cancel": request.actor.may("market.cancel"),
        "today": timezone.localdate(),
        "asked": request.POST,
        "problems": problems,
        "crumbs": [Crumb(TITLE, "market-resales"), Crumb(contract.contract_no)],
    }
    return render(request, "market/resale.html", context, status=422 if problems else 200)


def _file(request: ActedRequest, contract: ResaleContract) -> str:
    actions.file_resale(contract.pk, by=request.actor)
    return _("已备案。")


def _title(request: ActedRequest, contract: ResaleContract) -> str:
    day = must_day(request, "on", _("过户日期"))
    actions.register_resale(contract.pk, certificate_no=written(request, "certificate", 60), on=day, by=request.actor)
    return _("已记过户。")


def _cancel(request: ActedRequest, contract: ResaleContract) -> str:
    actions.cancel_resale(contract.pk, reason=written(request, "reason", 200), by=request.actor)
    return _("合同已撤销；再次出售须重新核验。")


def _papers() -> tuple[tuple[str, str], ...]:
    return tuple((code, paper.name) for code, paper in PAPERS.items())
