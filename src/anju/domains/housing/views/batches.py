"""Payment batches: the list, one batch with its rows and the step it waits for, the bank's file out and in."""

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

from anju.domains.housing import queries
from anju.domains.housing.models import Payment, PaymentBatch
from anju.domains.housing.payments import answering, drafting, sending, steps, supplementing, tranches
from anju.domains.housing.payments.answering import Receipt
from anju.domains.housing.payments.layouts import LAYOUTS, MAX_BYTES, layout_of
from anju.domains.housing.subsidies.running import run_new_worker, run_rent_subsidy
from anju.domains.market.money import fen_of
from anju.kernel.errors import AnjuError, Problem
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.downloads import download
from anju.ui.requests import ActedRequest, as_number, readable

PAGE = 50
State = PaymentBatch.State
RUNS = {PaymentBatch.Kind.RENT_SUBSIDY.value: run_rent_subsidy, PaymentBatch.Kind.NEW_WORKER.value: run_new_worker}


@page("housing.view")
def all_batches(request: ActedRequest) -> HttpResponseBase:
    """Batches of the reader's scope, newest first, and the form that drafts one."""
    shown = Paginator(queries.batches(request.actor.scope), PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": shown,
        "budgets": queries.budgets(request.actor.scope, today.year),
        "may_draft": request.actor.may("housing.draft_payments"),
        "may_budget": request.actor.may("housing.approve_payments"),
        "kinds": PaymentBatch.Kind.choices,
        "kind": request.POST.get("kind", ""),
        "year": today.year,
        "period": request.POST.get("period", f"{today.year}-Q{(today.month - 1) // 3 + 1}"),
        "crumbs": [Crumb(_("补贴发放"))],
    }
    if request.method == "POST":
        try:
            if request.POST.get("verb") == "budget":
                _budgeted(request)
                return redirect("housing-batches")
            batch = _drafted(request, readable(request.POST.get("period", ""), 10))
        except AnjuError as error:
            return render(request, "housing/batches.html", {**context, "problems": error.problems}, status=422)
        messages.success(request, _("已编制批次 %(number)s。") % {"number": batch.batch_no})
        return redirect("housing-batch", batch.pk)
    return render(request, "housing/batches.html", context)


def _budgeted(request: ActedRequest) -> None:
    year = as_number(readable(request.POST.get("year", ""), 4)) or 0
    kind = readable(request.POST.get("kind", ""), 20)
    if not 2000 <= year <= timezone.localdate().year + 1 or kind not in PaymentBatch.Kind.values:
        raise AnjuError.of("housing.bad_budget", _("年度或补贴种类不对。"), where=_("预算"))
    amount = fen_of(readable(request.POST.get("amount", ""), 20), str(_("预算金额"))) or 0
    steps.set_budget(kind, year, amount, document=readable(request.POST.get("document", ""), 80), by=request.actor)
    messages.success(request, _("已登记预算。"))


def _drafted(request: ActedRequest, period: str) -> PaymentBatch:
    """Judge every month of the period anew, then draft: what is paid is what the newest records say. Purchases are paid part by part."""
    request.actor.require("housing.draft_payments")
    kind = readable(request.POST.get("kind", ""), 20) or PaymentBatch.Kind.RENT_SUBSIDY
    if kind in tranches.KINDS:
        return tranches.draft_purchases(kind, period, by=request.actor)
    if kind not in RUNS:
        raise AnjuError.of("housing.no_such_kind", _("没有这种补贴。"), where=_("补贴种类"))
    for month in drafting.months_of(period):
        RUNS[kind](month, by=request.actor, on=timezone.localdate())
    return drafting.draft_subsidies(kind, period, by=request.actor)


@page("housing.view")
def one_batch(request: ActedRequest, number: int) -> HttpResponseBase:
    """A batch: where it stands, what may be done next and by whom, its rows; failed rows first."""
    return _batch_page(request, queries.batch(number, request.actor.scope))


def _batch_page(request: ActedRequest, batch: PaymentBatch, problems: tuple[Problem, ...] = ()) -> HttpResponseBase:
    only = request.GET.get("state", "")
    rows = queries.payments(batch, request.actor.scope, only if only in Payment.State.values else "")
    context: dict[str, Any] = {
        "batch": batch,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "only": only,
        "counts": queries.counts(batch),
        "steps": _steps(batch),
        "people": queries.people_of(batch),
        "may": {name: request.actor.may(f"housing.{name}_payments") for name in ("draft", "review", "approve", "send")},
        "layouts": LAYOUTS.values(),
        "file": queries.bank_file(batch),
        "results": queries.results(batch),
        "supplements": batch.supplementary.order_by("pk"),
        "open_failures": queries.open_failures(batch),
        "today": timezone.localdate(),
        "problems": problems,
        "crumbs": [Crumb(_("补贴发放"), "housing-batches"), Crumb(batch.batch_no)],
    }
    return render(request, "housing/batch.html", context, status=422 if problems else 200)


def _steps(batch: PaymentBatch) -> list[tuple[str, str]]:
    """The road of a batch: label and how far it is (`done`, `now`, `ahead`)."""
    road = [State.DRAFT, State.REVIEWED, State.APPROVED, State.SENT, State.PAID, State.CLOSED]
    stands = State.PAID if batch.state == State.PARTLY_FAILED else batch.state
    if stands == State.CANCELLED:
        return [(str(State.CANCELLED.label), "now")]
    at = road.index(State(stands))
    labels = {State.PAID: batch.get_state_display() if batch.state in (State.PAID, State.PARTLY_FAILED) else _("银行到账")}
    return [
        (str(labels.get(state, state.label)), "done" if place < at else "now" if place == at else "ahead")
        for place, state in enumerate(road)
    ]


@require_POST
@page("housing.view")
def act(request: ActedRequest, number: int) -> HttpResponseBase:
    """Take the step a button names."""
    batch = queries.batch(number, request.actor.scope)
    reason = readable(request.POST.get("reason", ""), 200)
    by = request.actor
    verbs: dict[str, Callable[[], Any]] = {
        "review": lambda: steps.review(batch, by=by),
        "approve": lambda: steps.approve(batch, on=timezone.localdate(), late_reason=reason, by=by),
        "send_back": lambda: steps.send_back(batch, reason=reason, by=by),
        "cancel": lambda: steps.cancel(batch, reason=reason, by=by),
        "close": lambda: steps.close(batch, reason=reason, by=by),
        "supplement": lambda: supplementing.supplement(batch, by=by, key=request.POST.get("key") or None),
    }
    verb = verbs.get(request.POST.get("verb", ""))
    if verb is None:
        return redirect("housing-batch", number)
    try:
        done = verb()
    except AnjuError as error:
        return _batch_page(request, queries.batch(number, request.actor.scope), error.problems)
    messages.success(request, _("已办理，批次现在是“%(state)s”。") % {"state": done.get_state_display()})
    return redirect("housing-batch", done.pk)


@require_POST
@page("housing.view")
def drop(request: ActedRequest, number: int, row: int) -> HttpResponseBase:
    """Take a row out of a draft."""
    batch = queries.batch(number, request.actor.scope)
    try:
        drafting.drop_row(queries.payment(row, batch), by=request.actor, reason=readable(request.POST.get("reason", ""), 200))
    except AnjuError as error:
        return _batch_page(request, batch, error.problems)
    return redirect("housing-batch", number)


@require_POST
@page("housing.send_payments")
def bank_file(request: ActedRequest, number: int) -> HttpResponseBase:
    """The file for the bank; the first time holds the batch as sent, later times give the same bytes."""
    batch = queries.batch(number, request.actor.scope)
    name = request.POST.get("layout", "")
    try:
        _file, content = sending.send(batch, name, by=request.actor)
    except AnjuError as error:
        return _batch_page(request, batch, error.problems)
    layout = layout_of(name)
    return download(content, f"{batch.batch_no}.{layout.suffix}", "application/octet-stream")


@require_POST
@page("housing.send_payments")
def answer(request: ActedRequest, number: int) -> HttpResponseBase:
    """Take in the bank's result file."""
    batch = queries.batch(number, request.actor.scope)
    upload = request.FILES.get("file")
    try:
        if upload is None or not upload.size or upload.size > MAX_BYTES:
            raise AnjuError.of("housing.no_file", _("没有选择回盘文件，或文件过大。"), where=_("回盘文件"))
        receipt = Receipt(
            source=readable(request.POST.get("source", ""), 40) or _("银行"),
            serial=readable(request.POST.get("serial", ""), 60),
            settled_on=_day(request.POST.get("settled_on", "")),
            layout=request.POST.get("layout", ""),
        )
        if not receipt.serial:
            raise AnjuError.of(
                "housing.no_serial", _("没有写流水号。"), where=_("流水号"), advice=_("写银行回盘的流水号，同一流水号只收一次。")
            )
        result = answering.take_answer(batch, upload.read(), receipt, by=request.actor)
    except AnjuError as error:
        return _batch_page(request, batch, error.problems)
    messages.success(request, _("已收回盘：成功 %(paid)s 笔，失败 %(failed)s 笔。") % {"paid": result.paid, "failed": result.failed})
    return redirect("housing-batch", number)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AnjuError.of("housing.bad_day", _("处理日期不是日期。"), where=_("处理日期")) from None
