"""Contracts: the list, one contract with what can be done with it, its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.market import actions, queries
from anju.domains.market.models import Contract
from anju.domains.market.money import fen_of
from anju.domains.market.offers import Payment
from anju.domains.market.views.asking import chosen, day, must_day, written
from anju.domains.property.queries import use_labels
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable

PAGE = 50


@page("market.view")
def all_contracts(request: ActedRequest) -> HttpResponseBase:
    """Contracts of the reader's scope, the newest first; overdue filings are told above."""
    state = request.GET.get("state", "")
    state = state if state in Contract.State.values else ""
    text = readable(request.GET.get("q", ""), 60)
    rows = queries.contracts(request.actor.scope, state=state, text=text)
    late = queries.overdue_filings(request.actor.scope)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")) if text or state else None,
        "newest": queries.newest_contracts(PAGE) if not (text or state) else [],
        "state": state,
        "states": Contract.State.choices,
        "text": text,
        "late": list(late[:5]),
        "late_count": late[:1000].count(),
        "crumbs": [Crumb(_("网签合同"))],
    }
    return render(request, "market/contracts.html", context)


@page("market.view")
def one_contract(request: ActedRequest, number: int) -> HttpResponseBase:
    """One contract; a POST names what is to be done with it."""
    contract = queries.contract(number, request.actor.scope)
    if request.method != "POST":
        return _show(request, contract)
    deeds: dict[str, Callable[[ActedRequest, Contract], str]] = {"file": _file, "title": _title, "change": _change, "cancel": _cancel}
    try:
        deed = deeds.get(request.POST.get("deed", ""))
        if deed is None:
            raise AnjuError.of("market.bad_choice", _("没有选择要办的事。"), advice=_("请刷新后重试。"))
        messages.success(request, deed(request, contract))
    except AnjuError as error:
        return _show(request, queries.contract(number, request.actor.scope), error.problems)
    return redirect("market-contract", number)


@page("market.view")
def text(request: ActedRequest, number: int) -> HttpResponseBase:
    """The contract's text, to print."""
    contract = queries.contract(number, request.actor.scope)
    template = "market/text_finished.html" if contract.kind == Contract.Kind.FINISHED else "market/text_presale.html"
    return render(request, template, {**_facts(request, contract), "use": use_labels().get(contract.use, contract.use)})


def _facts(request: ActedRequest, contract: Contract) -> dict[str, Any]:
    return {
        "contract": contract,
        "co_buyers": list(contract.co_buyers.order_by("pk")),
        "instalments": list(contract.instalments.order_by("due_on", "pk")),
        "changes": list(contract.changes.order_by("-pk")),
        "settlement": queries.settlement_of(contract),
    }


def _show(request: ActedRequest, contract: Contract, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    actor = request.actor
    context = {
        **_facts(request, contract),
        "may_file": actor.may("market.file"),
        "may_cancel": actor.may("market.cancel"),
        "cancel_kinds": Contract.CancelKind.choices,
        "ways": Contract.PayWay.choices,
        "today": timezone.localdate(),
        "asked": request.POST,
        "problems": problems,
        "crumbs": [Crumb(_("网签合同"), "market-contracts"), Crumb(contract.contract_no)],
    }
    return render(request, "market/contract.html", context, status=422 if problems else 200)


def _file(request: ActedRequest, contract: Contract) -> str:
    filed = actions.file_contract(contract.pk, by=request.actor)
    return _("已备案，备案编号 %(number)s。") % {"number": filed.filing_no}


def _title(request: ActedRequest, contract: Contract) -> str:
    actions.register_title(
        contract.pk, certificate_no=written(request, "certificate", 60), on=must_day(request, "on", _("登记日期")), by=request.actor
    )
    return _("已记登记办证。")


def _change(request: ActedRequest, contract: Contract) -> str:
    payment = None
    if request.POST.get("first", "").strip():
        payment = Payment(
            first_fen=fen_of(request.POST.get("first", ""), _("首付款")) or 0,
            loan_fen=fen_of(request.POST.get("loan", ""), _("贷款金额"), required=False) or 0,
            way=chosen(Contract.PayWay, request, "way", _("付款方式")),
            loan_bank=written(request, "loan_bank", 80),
        )
    actions.change_contract(
        contract.pk,
        payment=payment,
        delivery_on=day(request, "delivery_on", _("交付日期"), required=False),
        document=written(request, "document", 80),
        on=timezone.localdate(),
        by=request.actor,
    )
    return _("已变更备案。")


def _cancel(request: ActedRequest, contract: Contract) -> str:
    actions.cancel_contract(
        contract.pk,
        kind=chosen(Contract.CancelKind, request, "kind", _("注销方式")),
        reason=written(request, "reason", 200),
        document=written(request, "document", 80),
        paper=written(request, "paper", 64),
        publicity_ended_on=day(request, "published", _("公示结束"), required=False),
        on=timezone.localdate(),
        by=request.actor,
    )
    return _("合同已注销。")
