"""Leases: the list with what is owed and who is to leave, a month's bills, and one lease with everything that happens to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.domains.housing.models import Allocation, ExitGround, Lease, LeaseReview
from anju.domains.housing.tenancy import billing, counting, leasing, leaving, paying, queries, renewing, reviewing, settling
from anju.domains.housing.tenancy.leasing import Terms
from anju.domains.housing.tenancy.settling import Move
from anju.domains.housing.views.asking import day
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
def all_leases(request: ActedRequest) -> HttpResponseBase:
    """Leases of the reader's scope; POST bills a month or looks for grounds to give homes back."""
    today = timezone.localdate()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            _run(request, today)
        except AnjuError as error:
            problems = error.problems
        else:
            return redirect("housing-leases")
    context = {
        "page": Paginator(queries.leases(request.actor.scope), PAGE).get_page(request.GET.get("page")),
        "owing": queries.owing(request.actor.scope, today)[:50],
        "grounds": queries.open_grounds(request.actor.scope)[:50],
        "months": queries.months_billed(request.actor.scope),
        "today": today,
        "may_let": request.actor.may("housing.let"),
        "problems": problems,
        "crumbs": [Crumb(_("租约和租金"))],
    }
    return render(request, "housing/leases.html", context, status=422 if problems else 200)


def _run(request: ActedRequest, today: date) -> None:
    if request.POST.get("verb") == "grounds":
        found = leaving.find_grounds(on=today, by=request.actor)
        messages.success(request, _("新发现退出事由 %(number)s 项。") % {"number": found})
        return
    if request.POST.get("verb") == "yearly":
        opened = reviewing.open_yearly(as_number(request.POST.get("year", "")) or 0, on=today, by=request.actor)
        messages.success(request, _("已发起年度复审 %(number)s 件。") % {"number": opened})
        return
    if request.POST.get("verb") == "count":
        counted = counting.count(on=today, by=request.actor)
        units, occupied = sum(one.units for one in counted), sum(one.occupied for one in counted)
        messages.success(request, _("已清点房源 %(units)s 套，入住 %(occupied)s 套。") % {"units": units, "occupied": occupied})
        return
    month = day(request.POST.get("month", "") + "-01", _("月份"))
    made = billing.bill_month(month, on=today, by=request.actor)
    messages.success(request, _("已出账 %(number)s 张。") % {"number": len(made)})


@page("housing.view")
def one_lease(request: ActedRequest, number: int) -> HttpResponseBase:
    """A lease with its bills, receipts, visits and grounds."""
    return _lease_page(request, queries.lease_of(number, request.actor.scope))


def _lease_page(request: ActedRequest, lease: Lease, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    owed = paying.owed(lease)
    context: dict[str, Any] = {
        "lease": lease,
        "bills": queries.bills_of(lease),
        "left": sum(left for _bill, left in owed),
        "unpaid": leaving.unpaid_months(lease, timezone.localdate()),
        "receipts": lease.receipts.order_by("-pk")[:24],
        "visits": lease.visits.order_by("-visited_on")[:24],
        "grounds": lease.grounds.filter(lifted_on=None).order_by("pk"),
        "officers": [(code, ExitGround.Ground(code).label) for code in leaving.OFFICERS],
        "renewal": getattr(lease, "renewal", None),
        "settlement": getattr(lease, "settlement", None),
        "exchanged": queries.exchanged(lease),
        "may_let": request.actor.may("housing.let"),
        "may_exchange": (may_exchange := request.actor.may(settling.APPROVE)),
        "vacant": queries.vacant_homes(request.actor.scope)[:300] if may_exchange and lease.state == Lease.State.ACTIVE else (),
        "reviews": lease.reviews.order_by("-pk")[:24],
        "exits": queries.exits_of(lease),
        "renewal_papers": get(renewing.MATTER).materials,
        "causes": [one for one in LeaseReview.Cause.choices if one[0] != LeaseReview.Cause.YEARLY],
        "today": timezone.localdate(),
        "problems": problems,
        "asked": request.POST,
        "crumbs": [Crumb(_("租约和租金"), "housing-leases"), Crumb(lease.lease_no)],
    }
    return render(request, "housing/lease.html", context, status=422 if problems else 200)


@require_POST
@page("housing.view")
def act(request: ActedRequest, number: int) -> HttpResponseBase:
    """Take the step a button names."""
    lease = queries.lease_of(number, request.actor.scope)
    verb = _verbs(request, lease).get(request.POST.get("verb", ""))
    if verb is None:
        return redirect("housing-lease", number)
    try:
        done = verb()
    except AnjuError as error:
        return _lease_page(request, queries.lease_of(number, request.actor.scope), error.problems)
    if isinstance(done, Case):
        return redirect("case", done.pk)
    return redirect("housing-lease", done.pk if isinstance(done, Lease) else number)


def _verbs(request: ActedRequest, lease: Lease) -> dict[str, Callable[[], object]]:
    by, today = request.actor, timezone.localdate()

    def said(name: str, longest: int = 200) -> str:
        return readable(request.POST.get(name, ""), longest)

    def ground() -> ExitGround:
        found = lease.grounds.filter(pk=as_number(request.POST.get("ground_id", "")) or 0).first()
        if found is None:
            raise AnjuError.of("housing.no_open_ground", _("没有选择退出事由。"), where=_("退出事由"))
        return found

    def exchange() -> Lease:
        home = queries.vacant_homes(request.actor.scope).filter(pk=as_number(said("unit", 20)) or 0).first()
        if home is not None:
            return settling.exchange((Move(lease, home, said("lease_no", 40)),), reason=said("text"), on=today, by=by)[0]
        other = (
            queries.leases(request.actor.scope, state=Lease.State.ACTIVE).filter(lease_no=said("other", 40)).exclude(pk=lease.pk).first()
        )
        if other is None:
            raise AnjuError.of("housing.no_exchange", _("没有选空置房源，也没有找到对方的租约。"), where=_("调换住房"))
        moves = (Move(lease, other.unit, said("lease_no", 40)), Move(other, lease.unit, said("other_no", 40)))
        return settling.exchange(moves, reason=said("text"), on=today, by=by)[0]

    breach = request.POST.get("breach_on", "")
    return {
        "settle": lambda: settling.settle_deposit(
            lease, damage=fen_of(said("damage", 20) or "0", str(_("抵扣损坏"))) or 0, damage_text=said("damage_text"), on=today, by=by
        ),
        "exchange": exchange,
        "file": lambda: leasing.file(lease, on=today, by=by),
        "pay": lambda: paying.take(
            lease, fen_of(said("amount", 20), str(_("金额"))) or 0, receipt_no=said("receipt_no", 40), on=today, by=by
        ),
        "visit": lambda: leaving.visit(lease, on=today, lived_in=request.POST.get("lived_in") == "1", finding=said("finding"), by=by),
        "find": lambda: leaving.find(
            lease, said("ground", 14), on=today, evidence=said("evidence"), breach_on=day(breach, _("发生日期")) if breach else None, by=by
        ),
        "exit": lambda: leaving.ask_exit(lease, said("ground", 14), text=said("text"), by=by),
        "finish": lambda: leaving.finish(lease, on=today, repair=request.POST.get("repair") == "1", by=by),
        "back": lambda: billing.pay_back(ground(), until=today, on=today, by=by),
        "renew": lambda: renewing.ask(lease, on=today, materials=papers_of(request), by=by),
        "review": lambda: reviewing.open_for(lease, said("cause", 14), evidence=said("evidence"), on=today, by=by),
    }


@page("housing.let")
def sign(request: ActedRequest, number: int) -> HttpResponseBase:
    """Sign the lease of a home that was chosen."""
    chosen = request.actor.scope.narrow(Allocation.objects.select_related("unit", "household", "round")).filter(pk=number).first()
    if chosen is None or chosen.unit is None or chosen.round is None:
        raise AnjuError.of("housing.no_such_row", _("没有这个配租结果。"), advice=_("它可能不在本人的数据范围内。"))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            terms = Terms(
                readable(request.POST.get("lease_no", ""), 40),
                day(request.POST.get("starts_on", ""), _("起租日期")),
                day(request.POST.get("ends_on", ""), _("租期届满")),
                fen_of(readable(request.POST.get("deposit", "0"), 20), str(_("押金"))) or 0,
                readable(request.POST.get("fittings", ""), 200),
            )
            lease = leasing.sign(chosen, terms, on=timezone.localdate(), by=request.actor)
        except AnjuError as error:
            problems = error.problems
        else:
            messages.success(request, _("已签订租约 %(number)s。") % {"number": lease.lease_no})
            return redirect("housing-lease", lease.pk)
    context = {
        "chosen": chosen,
        "written": request.POST,
        "problems": problems,
        "crumbs": [
            Crumb(_("公租房配租"), "housing-rounds"),
            Crumb(chosen.round.round_no, "housing-round", (chosen.round_id,)),
            Crumb(_("签约")),
        ],
    }
    return render(request, "housing/lease_sign.html", context, status=422 if problems else 200)
