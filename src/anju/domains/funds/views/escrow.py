"""监管账户: the list of agreements, one agreement, and what is entered for it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from anju.domains.funds import actions, queries
from anju.domains.funds.actions.agreements import Terms
from anju.domains.funds.models import Agreement, EscrowBuilding
from anju.domains.funds.views.asked import money
from anju.kernel.accounts import queries as accounts
from anju.kernel.accounts.reconciling.models import Difference, Reconciliation
from anju.kernel.errors import AnjuError
from anju.ui.access import page
from anju.ui.asking import Ask, required_day, show_form, written
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, readable

PAGE = 30
HOME = Crumb(later("预售资金监管"), "funds-escrow")


@page("funds.view")
def all_agreements(request: ActedRequest) -> HttpResponseBase:
    """Agreements of the reader's scope with balance, what must stay, and how they stand with the bank."""
    text = readable(request.GET.get("q", ""), 60)
    rows = request.actor.scope.narrow(Agreement.objects.order_by("state", "-signed_on", "-pk"))
    if text:
        rows = rows.filter(project__contains=text) | rows.filter(developer__contains=text) | rows.filter(account_no=text)
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [_row(one) for one in shown],
        "text": text,
        "may_handle": request.actor.may("funds.handle"),
        "crumbs": [Crumb(_("预售资金监管"))],
    }
    return render(request, "funds/agreements.html", context)


def _row(one: Agreement) -> dict[str, Any]:
    held = list(one.buildings.values_list("held_account_id", flat=True))
    balances = accounts.balances([*held, one.bank_account_id, one.pool_account_id])
    latest = Reconciliation.objects.filter(account=one.bank_account_id).order_by("-on").first()
    return {
        "agreement": one,
        "buildings": len(held),
        "balance": balances[one.bank_account_id].posted_fen,
        "required": sum(balances[number].floor_fen or 0 for number in held),
        "pool": balances[one.pool_account_id].posted_fen,
        "latest": latest,
        "open": Difference.objects.filter(account=one.bank_account_id).exclude(state="settled").count(),
    }


@page("funds.view")
def one_agreement(request: ActedRequest, number: int) -> HttpResponseBase:
    """An agreement: its account, its buildings, who may be paid, what waits."""
    one = queries.agreement(number, request.actor)
    buildings = EscrowBuilding.objects.filter(agreement=one).select_related("agreement").order_by("building")[:200]
    context = {
        **_row(one),
        "agreement": one,
        "positions": [(each, queries.position(each)) for each in buildings],
        "payees": one.payees.order_by("name")[:200],
        "waiting": queries.pool(one, timezone.localdate()),
        "refunds": one.refunds.filter(state="applied").order_by("applied_on")[:50],
        "differs": queries.bank_differs(one),
        "may_handle": request.actor.may("funds.handle"),
        "may_approve": request.actor.may("funds.approve"),
        "crumbs": [HOME, Crumb(one.project)],
    }
    return render(request, "funds/agreement.html", context)


@page("funds.handle")
def new_agreement(request: ActedRequest) -> HttpResponseBase:
    """Enter an agreement."""
    asks = [
        Ask("agreement_no", _("协议编号"), written(request, "agreement_no"), required=True),
        Ask("permit_no", _("预售许可证号"), written(request, "permit_no"), hint=_("一证一户")),
        Ask("project", _("项目名称"), written(request, "project"), required=True, longest=80),
        Ask("developer", _("开发企业"), written(request, "developer"), required=True, longest=80),
        Ask("bank", _("监管银行"), written(request, "bank"), required=True, longest=60),
        Ask("account_name", _("账户名称"), written(request, "account_name"), required=True, longest=80),
        Ask("account_no", _("监管账号"), written(request, "account_no"), required=True),
        Ask("mode", _("控制方式"), written(request, "mode"), (("", _("按本地参数")), *Agreement.Mode.choices)),
        Ask("grade", _("信用等级"), written(request, "grade", "B"), tuple(Agreement.Grade.choices)),
        Ask("signed_on", _("签订日期"), written(request, "signed_on", _today()), required=True, type="date"),
    ]
    form = {
        "title": _("登记监管协议"),
        "asks": asks,
        "verb": _("登记协议"),
        "back": reverse("funds-escrow"),
        "crumbs": [HOME, Crumb(_("登记监管协议"))],
    }
    if request.method != "POST":
        return show_form(request, form)
    try:
        told: dict[str, Any] = {ask.name: written(request, ask.name) for ask in asks if ask.name != "signed_on"}
        made = actions.sign_agreement(Terms(**told, signed_on=required_day(request, "signed_on", _("签订日期"))), by=request.actor)
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("已登记监管协议，监管账簿已开立。"))
    return redirect("funds-agreement", made.pk)


@page("funds.approve")
def new_building(request: ActedRequest, number: int) -> HttpResponseBase:
    """Put a building under supervision."""
    one = queries.agreement(number, request.actor)
    asks = [
        Ask("building", _("楼栋"), written(request, "building"), required=True, hint=_("例如 1号楼")),
        Ask("quota", _("重点监管额度"), written(request, "quota"), required=True, unit=_("元")),
        Ask("finish", _("交付标准"), written(request, "finish", "shell"), tuple(EscrowBuilding.Finish.choices)),
        Ask("document", _("核定文件"), written(request, "document"), required=True, longest=120),
        Ask("on", _("核定日期"), written(request, "on", _today()), required=True, type="date"),
    ]
    form = _form(one, _("楼栋纳入监管"), asks)
    if request.method != "POST":
        return show_form(request, form)
    try:
        made = actions.add_building(
            one, written(request, "building"), on=required_day(request, "on", _("核定日期")), document=written(request, "document"),
            quota_fen=money(request, "quota", _("重点监管额度")), finish=written(request, "finish"), by=request.actor,
        )  # fmt: skip
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("%(name)s已纳入监管。") % {"name": made.building})
    return redirect("funds-building", made.pk)


@page("funds.handle")
def new_payee(request: ActedRequest, number: int) -> HttpResponseBase:
    """Name a contractor or supplier."""
    one = queries.agreement(number, request.actor)
    asks = [
        Ask("name", _("单位名称"), written(request, "name"), required=True, longest=80),
        Ask("contract_no", _("合同编号"), written(request, "contract_no"), required=True, longest=60),
        Ask("contract", _("合同价款"), written(request, "contract"), required=True, unit=_("元"), hint=_("累计支付不超过合同价款")),
        Ask("account_tail", _("收款账号尾号"), written(request, "account_tail"), longest=4),
    ]
    form = _form(one, _("登记收款单位"), asks)
    if request.method != "POST":
        return show_form(request, form)
    try:
        actions.add_payee(
            one, name=written(request, "name"), contract_no=written(request, "contract_no"),
            contract_fen=money(request, "contract", _("合同价款")), account_tail=written(request, "account_tail"), by=request.actor,
        )  # fmt: skip
    except AnjuError as error:
        return show_form(request, form, error.problems)
    return redirect("funds-agreement", one.pk)


def _form(one: Agreement, title: str, asks: list[Ask]) -> dict[str, Any]:
    crumbs = [HOME, Crumb(one.project, "funds-agreement", (one.pk,)), Crumb(title)]
    return {
        "title": title,
        "lead": str(one),
        "asks": asks,
        "verb": title,
        "back": reverse("funds-agreement", args=[one.pk]),
        "crumbs": crumbs,
    }


def _today() -> str:
    return timezone.localdate().isoformat()


def days_ago(number: int) -> datetime.date:
    """A day before today."""
    return timezone.localdate() - datetime.timedelta(days=number)
