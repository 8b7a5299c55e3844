"""One supervised building: what is there, what must stay, what may be drawn; its picture, its nodes, its statement."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.funds import actions, queries
from anju.domains.funds.actions.holding import nodes_for
from anju.domains.funds.actions.inflows import Payment
from anju.domains.funds.charts import Step, balance_against_required
from anju.domains.funds.models import EscrowBuilding, Inflow, NodeEvidence, Withdrawal
from anju.domains.funds.rules.escrow import Node
from anju.domains.funds.views.asked import money
from anju.domains.funds.views.escrow import HOME
from anju.kernel.accounts import queries as accounts
from anju.kernel.accounts.kinds import purpose_name
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis
from anju.ui.access import page
from anju.ui.asking import Ask, required_day, show_form, written
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number

LINES, DAYS_DRAWN, WITHDRAWALS = 30, 400, 30


@page("funds.view")
def one_building(request: ActedRequest, number: int) -> HttpResponseBase:
    """The account of a building."""
    one = queries.building(number, request.actor)
    statement = accounts.statement(one.held_account, before=_before(request), size=LINES)
    nodes = nodes_for(Basis.on(timezone.localdate(), one.region_code))
    reached = {row.node: row for row in NodeEvidence.objects.filter(building=one).order_by("position")}
    context = {
        "building": one,
        "agreement": one.agreement,
        "position": queries.position(one),
        "node": next((row.title for row in nodes if row.code == one.node), one.node),
        "nodes": [(row, reached.get(row.code), row.code == one.node) for row in nodes],
        "chart": _chart(one, nodes),
        "lines": [(line, purpose_name(line.transfer.purpose)) for line in statement.lines],
        "next": f"{statement.next[0].isoformat()},{statement.next[1]}" if statement.next else "",
        "withdrawals": Withdrawal.objects.filter(building=one).select_related("payee").order_by("-pk")[:WITHDRAWALS],
        "freezes": one.freezes.filter(lifted_on=None),
        "letters": one.guarantees.filter(ended_on=None),
        "may_handle": request.actor.may("funds.handle"),
        "may_approve": request.actor.may("funds.approve"),
        "crumbs": [HOME, Crumb(one.agreement.project, "funds-agreement", (one.agreement_id,)), Crumb(one.building)],
    }
    return render(request, "funds/building.html", context)


def _before(request: ActedRequest) -> tuple[datetime.date, int] | None:
    day, _comma, number = request.GET.get("before", "").partition(",")
    found = as_number(number)
    try:
        return (datetime.date.fromisoformat(day), found) if found is not None else None
    except ValueError:
        return None


def _chart(one: EscrowBuilding, nodes: tuple[Node, ...]) -> dict[str, Any] | None:
    last = accounts.statement(one.held_account, size=1).lines
    floors = accounts.floors(one.held_account_id)
    if not floors:
        return None
    ends = max(last[0].transfer.dated_on if last else floors[-1].on, floors[-1].on)
    begins = max(floors[0].on, ends - datetime.timedelta(days=DAYS_DRAWN))
    titles = {node.code: node.title for node in nodes}
    daily = [Step(day, fen) for day, fen in accounts.daily_balances(one.held_account, begins, ends)]
    required = [Step(max(floor.on, begins), floor.floor_fen or 0, floor.document) for floor in floors]
    if daily:
        daily.append(Step(ends + datetime.timedelta(days=3), daily[-1].fen))
    required.append(Step(ends + datetime.timedelta(days=3), required[-1].fen))
    marks = [
        Step(row.reached_on, 0, titles.get(row.node, row.node)) for row in one.evidence.filter(reached_on__gte=begins).order_by("position")
    ]
    return balance_against_required(daily, required, marks)


@page("funds.approve")
def reach_node(request: ActedRequest, number: int) -> HttpResponseBase:
    """Confirm a node by evidence."""
    one = queries.building(number, request.actor)
    ahead = [row for row in nodes_for(Basis.on(timezone.localdate(), one.region_code)) if row.position > one.node_position]
    asks = [
        Ask("node", _("达到的节点"), written(request, "node"), tuple((row.code, row.title) for row in ahead), required=True),
        Ask("kind", _("证据"), written(request, "kind", "supervisor"), tuple(NodeEvidence.Kind.choices)),
        Ask("document", _("证明编号"), written(request, "document"), required=True, longest=120),
        Ask("on", _("达到日期"), written(request, "on", timezone.localdate().isoformat()), required=True, type="date"),
    ]
    form = _form(one, _("核验工程节点"), asks, _("确认达到"))
    form["note"] = _("节点只能向前；确认后留存要求立即按节点表下调。")
    if request.method != "POST":
        return show_form(request, form)
    try:
        told = {name: written(request, name) for name in ("kind", "document")}
        actions.reach_node(one, written(request, "node"), on=required_day(request, "on", _("达到日期")), by=request.actor, **told)
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("节点已核验，留存要求已更新。"))
    return redirect("funds-building", one.pk)


@page("funds.handle")
def receive(request: ActedRequest, number: int) -> HttpResponseBase:
    """Enter a payment that came in for a contract."""
    one = queries.building(number, request.actor)
    asks = [
        Ask("contract_no", _("合同编号"), written(request, "contract_no"), required=True),
        Ask("buyer", _("买受人"), written(request, "buyer"), required=True, longest=80),
        Ask("kind", _("款项"), written(request, "kind", "first"), tuple(Inflow.Kind.choices)),
        Ask("amount", _("金额"), written(request, "amount"), required=True, unit=_("元")),
        Ask("payer", _("付款人"), written(request, "payer"), required=True, longest=80),
        Ask("serial_no", _("银行流水号"), written(request, "serial_no"), required=True, longest=60),
        Ask("on", _("到账日期"), written(request, "on", timezone.localdate().isoformat()), required=True, type="date"),
    ]
    form = _form(one, _("购房款入账"), asks, _("入账"))
    if request.method != "POST":
        return show_form(request, form)
    try:
        payment = Payment(
            money(request, "amount", _("金额")), required_day(request, "on", _("到账日期")), written(request, "serial_no"),
            written(request, "payer"), source="counter",
        )  # fmt: skip
        told = {name: written(request, name) for name in ("contract_no", "buyer", "kind")}
        actions.receive_for_contract(one, payment, by=request.actor, **told)
    except AnjuError as error:
        return show_form(request, form, error.problems)
    messages.success(request, _("已入账。"))
    return redirect("funds-building", one.pk)


def _form(one: EscrowBuilding, title: str, asks: list[Ask], verb: str) -> dict[str, Any]:
    crumbs = [
        HOME,
        Crumb(one.agreement.project, "funds-agreement", (one.agreement_id,)),
        Crumb(one.building, "funds-building", (one.pk,)),
        Crumb(title),
    ]
    return {
        "title": title,
        "lead": str(one),
        "asks": asks,
        "verb": verb,
        "back": reverse("funds-building", args=[one.pk]),
        "crumbs": crumbs,
    }
