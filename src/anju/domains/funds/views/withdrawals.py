"""支取: the application, received as a case, and its one page: what is asked, what may be drawn, who did what, the bank's receipt.

Who reviews and decides does so on the page of the case; there the panel of this module shows the application and the account.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from anju.domains.funds import actions, casework, queries
from anju.domains.funds.actions.withdrawals import Application
from anju.domains.funds.models import Withdrawal
from anju.domains.funds.views.asked import money
from anju.domains.funds.views.escrow import HOME
from anju.kernel.access.actor import Actor
from anju.kernel.accounts.money import yuan
from anju.kernel.cases.matters.catalogue import get
from anju.kernel.cases.models import Case
from anju.kernel.cases.queries import CaseView
from anju.kernel.errors import AnjuError
from anju.kernel.journal.queries import entries_of
from anju.ui.access import page
from anju.ui.asking import Ask, required_day, show_form, written
from anju.ui.casework import Panel, add_counter, add_panel, papers_of
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number

STEPS = (("applied", later("申请")), ("approved", later("核准")), ("paid", later("拨付")))


@page("funds.handle")
def new_withdrawal(request: ActedRequest, number: int) -> HttpResponseBase:
    """Receive an application with its papers: its amount is reserved and its case opened, or neither."""
    one = queries.building(number, request.actor)
    position = queries.position(one)
    payees = one.agreement.payees.order_by("name")[:500]
    asks = [
        Ask("application_no", _("申请编号"), written(request, "application_no"), required=True),
        Ask(
            "payee",
            _("收款单位"),
            written(request, "payee"),
            tuple((str(row.pk), f"{row.name} · {row.contract_no}") for row in payees),
            required=True,
        ),
        Ask("purpose", _("用款用途"), written(request, "purpose", "works"), tuple(Withdrawal.Purpose.choices)),
        Ask(
            "amount",
            _("申请金额"),
            written(request, "amount"),
            required=True,
            unit=_("元"),
            hint=_("可用 %(fen)s") % {"fen": yuan(position.available)},
        ),
        Ask("invoice", _("发票"), written(request, "invoice"), required=True, longest=120),
        Ask("applied_on", _("申请日期"), written(request, "applied_on", timezone.localdate().isoformat()), required=True, type="date"),
        Ask("marker", _("冻结期间支付依据"), written(request, "marker"), longest=120, hint=_("仅在司法冻结期间填写")),
        Ask("emergency", _("应急依据"), written(request, "emergency"), longest=120, hint=_("经批准的应急支付，可低于留存要求")),
    ]
    crumbs = [
        HOME,
        Crumb(one.agreement.project, "funds-agreement", (one.agreement_id,)),
        Crumb(one.building, "funds-building", (one.pk,)),
        Crumb(_("申请支取")),
    ]
    form: dict[str, Any] = {
        "title": _("申请支取"), "lead": str(one), "asks": asks, "verb": _("提交申请"),
        "back": reverse("funds-building", args=[one.pk]), "crumbs": crumbs, "matter": get(casework.MATTER), "chosen": papers_of(request),
    }  # fmt: skip
    if request.method != "POST":
        return show_form(request, form, template="funds/withdraw.html")
    try:
        payee = next((row for row in payees if row.pk == as_number(written(request, "payee"))), None)
        if payee is None:
            raise AnjuError.of("funds.no_payee", _("没有选择收款单位。"), where=_("收款单位"), advice=_("请先登记收款单位及其合同。"))
        told = {name: written(request, name) for name in ("application_no", "purpose", "invoice", "marker", "emergency")}
        application = Application(
            amount_fen=money(request, "amount", _("申请金额")), applied_on=required_day(request, "applied_on", _("申请日期")), **told
        )
        made = casework.open_withdrawal(one, payee, application, by=request.actor, materials=form["chosen"])
    except AnjuError as error:
        return show_form(request, form, error.problems, template="funds/withdraw.html")
    messages.success(request, _("已收件，申请金额已预留。"))
    return redirect("funds-withdrawal", made.pk)


@page("funds.view")
def one_withdrawal(request: ActedRequest, number: int) -> HttpResponseBase:
    """One application on one page."""
    return _show(request, queries.withdrawal(number, request.actor))


@page("funds.view")
def act(request: ActedRequest, number: int, verb: str) -> HttpResponseBase:
    """Pay, or take an approval back: what the button says. Approving is the decision of the case."""
    one = queries.withdrawal(number, request.actor)
    if request.method != "POST" or verb not in ("pay", "return"):
        raise Http404
    try:
        if verb == "pay":
            day = required_day(request, "on", _("付款日期"))
            actions.pay_withdrawal(one, on=day, serial_no=written(request, "serial_no") or one.application_no, by=request.actor)
        else:
            actions.return_withdrawal(one, on=timezone.localdate(), reason=written(request, "reason"), by=request.actor)
    except AnjuError as error:
        return _show(request, one, error.problems)
    messages.success(request, {"pay": _("已登记拨付。"), "return": _("已退件，预留金额已释放。")}[verb])
    return redirect("funds-withdrawal", one.pk)


def _show(request: ActedRequest, one: Withdrawal, problems: Any = ()) -> HttpResponseBase:
    one.refresh_from_db()
    building = one.building
    at = [code for code, _label in STEPS].index(one.state) if one.state != "returned" else -1
    crumbs = [HOME]
    if building is not None:
        crumbs += [
            Crumb(building.agreement.project, "funds-agreement", (building.agreement_id,)),
            Crumb(building.building, "funds-building", (building.pk,)),
        ]
    context = {
        "withdrawal": one,
        "building": building,
        "position": queries.position(building) if building else None,
        "steps": [(label, "done" if place <= at else "now" if place == at + 1 else "") for place, (_code, label) in enumerate(STEPS)],
        "history": list(entries_of(f"funds_withdrawal:{one.pk}", request.actor)[:50]),
        "case": Case.objects.filter(pk=one.case_id).first() if one.case_id and request.actor.may("cases.view") else None,
        "may_pay": request.actor.may("funds.handle") and one.state == "approved",
        "may_return": request.actor.may("funds.handle")
        and (one.state == "approved" or (one.state == "applied" and not one.case_id))
        and building,
        "today": timezone.localdate(),
        "problems": tuple(problems),
        "crumbs": [*crumbs, Crumb(one.application_no)],
    }
    return render(request, "funds/withdrawal.html", context, status=422 if context["problems"] else 200)


def bring() -> None:
    """The application on the page of its case, and the counter of the matter. Called once when the house is assembled."""
    add_panel(Panel(casework.MATTER, later("支取申请"), "funds/case_withdrawal.html", _on_case, "papers"))
    add_counter(casework.MATTER, "funds-escrow")


def _on_case(view: CaseView, actor: Actor) -> Mapping[str, Any]:
    """What is asked and what the account holds; nothing for who may not see supervised funds."""
    if not actor.may("funds.view"):
        return {}
    one = queries.withdrawal(int(view.case.subject.partition(":")[2]), actor)
    return {"withdrawal": one, "position": queries.position(one.building) if one.building else None}
