"""Purchase subsidies: the list, and one with its parts, its account and its return; the claim of a reward at the counter."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.domains.housing import queries
from anju.domains.housing.acting import subject_of
from anju.domains.housing.models import PurchaseSubsidy, Tranche
from anju.domains.housing.purchases import holding
from anju.domains.housing.purchases.rewarding import MATTER, Purchase, claim_reward
from anju.domains.housing.rules.purchase_reward import JUDGED
from anju.domains.housing.views.asking import area_of, day_of, receipt, said
from anju.domains.market.money import fen_of
from anju.kernel.cases.matters.catalogue import get
from anju.kernel.cases.models import Case
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.casework import papers_of
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest, as_number, readable

PAGE = 50


@page("housing.view")
def all_purchases(request: ActedRequest) -> HttpResponseBase:
    """Subsidies of the reader's scope, newest first; `?kind=`, `?state=`, `?q=` number, name or contract, `?account=none`."""
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    text, without_account = readable(request.GET.get("q", ""), 40), request.GET.get("account") == "none"
    rows = queries.purchases(request.actor.scope, kind=kind, state=state, text=text, without_account=without_account)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "kinds": PurchaseSubsidy.Kind.choices,
        "states": PurchaseSubsidy.State.choices,
        "kind": kind,
        "state": state,
        "text": text,
        "without_account": without_account,
        "may_edit": request.actor.may("housing.edit"),
        "crumbs": [Crumb(_("购房补贴"))],
    }
    return render(request, "housing/purchases.html", context)


@page("housing.view")
def one_purchase(request: ActedRequest, number: int) -> HttpResponseBase:
    """A subsidy with its parts and what may be done."""
    return _page(request, queries.purchase(number, request.actor.scope))


def _page(request: ActedRequest, row: PurchaseSubsidy, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    parts = list(row.tranches.select_related("payment__payment_batch").order_by("ordinal"))
    context = {
        "row": row,
        "subject": subject_of(row),
        "parts": parts,
        "paid": sum(part.amount for part in parts if part.state == Tranche.State.PAID),
        "decision": queries.decision_of_case(row.case_id) if row.case_id else None,
        "may_edit": request.actor.may(holding.EDIT),
        "may_review": request.actor.may(holding.REVIEW),
        "problems": problems,
        "written": request.POST,
        "crumbs": [Crumb(_("购房补贴"), "housing-purchases"), Crumb(row.application_no)],
    }
    return render(request, "housing/purchase.html", context, status=422 if problems else 200)


@require_POST
@page("housing.view")
def act(request: ActedRequest, number: int) -> HttpResponseBase:
    """Take the step a button names."""
    row = queries.purchase(number, request.actor.scope)
    by, today = request.actor, timezone.localdate()
    verb = request.POST.get("verb", "")
    try:
        if verb == "account":
            holding.set_account(row, said(request, "account", 30), bank=said(request, "bank", 60), by=by)
        elif verb in ("fit", "unfit"):
            part = row.tranches.filter(pk=as_number(request.POST.get("part", "")) or 0).first()
            if part is None:
                raise AnjuError.of("housing.no_such_row", _("没有这一期。"), where=_("分期"))
            holding.recheck(part, fit=verb == "fit", reason=said(request, "reason", 200), on=today, by=by)
        elif verb == "return":
            back = holding.give_back(row, receipt=said(request, "receipt", 80), on=today, by=by)
            messages.success(request, _("已登记退还 %(amount)s 元。") % {"amount": f"{back / 100:,.2f}"})
    except AnjuError as error:
        return _page(request, queries.purchase(number, request.actor.scope), error.problems)
    return redirect("housing-purchase", number)


@page("housing.edit")
def claim(request: ActedRequest) -> HttpResponseBase:
    """Receive a claim of a purchase reward: the buyer, the home, the policy it is claimed under."""
    matter = get(MATTER)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            row = claim_reward(
                _claimed(request),
                on=timezone.localdate(),
                by=request.actor,
                materials=papers_of(request),
                key=f"reward:{said(request, 'key', 64)}",
            )
        except AnjuError as error:
            problems = error.problems
        else:
            return receipt(request, Case.objects.get(pk=row.case_id or 0), row.follow_code)
    policies = queries.reward_policies(timezone.localdate(), request.actor.region_code)
    context = {
        "matter": matter,
        "policies": [(one["document"], one["bought_from"], one["bought_to"], JUDGED[one["judged_by"]]) for one in policies],
        "written": request.POST,
        "chosen": papers_of(request),
        "key": request.POST.get("key") or uuid4().hex,
        "problems": problems,
        "crumbs": [Crumb(_("收件"), "case-choose"), Crumb(matter.title)],
    }
    return render(request, "housing/claim_reward.html", context, status=422 if problems else 200)


def _claimed(request: ActedRequest) -> Purchase:
    """What the form says. Raises AnjuError naming the field that is empty or unreadable."""
    labels = {"name": _("姓名"), "resident_id": _("身份证号"), "contract_no": _("购房合同编号"), "policy": _("政策文号")}
    for field, label in labels.items():
        if not said(request, field, 80):
            raise AnjuError.of("housing.claim_incomplete", _("没有填写。"), where=str(label))
    area = area_of(said(request, "area", 12), _("建筑面积"))
    if area is None:
        raise AnjuError.of("housing.claim_incomplete", _("没有填写。"), where=_("建筑面积"))
    return Purchase(
        said(request, "name", 40), said(request, "resident_id", 24), said(request, "contract_no", 40), said(request, "policy", 80),
        day_of(request, "bought_on", _("购房日期")), area,
        fen_of(said(request, "deed_tax", 16), str(_("已缴契税")), required=False), said(request, "household_no", 40),
    )  # fmt: skip
