"""日终对账: every bank account by day, equal or not; differences are somebody's work; statements come in here."""

from __future__ import annotations

import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from anju.domains.funds.bank_files import read_statement
from anju.kernel.accounts import queries as accounts
from anju.kernel.accounts.books import Account
from anju.kernel.accounts.kinds import bank_kinds, purpose_name
from anju.kernel.accounts.reconciling import actions as reconciling
from anju.kernel.accounts.reconciling.models import Difference, Reconciliation
from anju.kernel.accounts.transfers import Transfer
from anju.kernel.errors import AnjuError
from anju.ui.access import page
from anju.ui.asking import Ask, show_form, written
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

DAYS, ACCOUNTS, DIFFERENCES = 10, 60, 200
MOST_BYTES = 20 * 1024 * 1024
HOME = Crumb(later("日终对账"), "funds-reconciliation")


@page("accounts.reconcile")
def board(request: ActedRequest) -> HttpResponseBase:
    """The newest days of every bank account, and what waits."""
    rows = request.actor.scope.narrow(Account.objects.filter(kind__in=bank_kinds(), closed_at=None).order_by("pk"))[:ACCOUNTS]
    shown = list(rows)
    judged = Reconciliation.objects.filter(account__in=shown).order_by("-on")
    last = judged.first()
    days = [(last.on if last else timezone.localdate()) - datetime.timedelta(days=number) for number in reversed(range(DAYS))]
    by_cell = {(row.account_id, row.on): row for row in judged.filter(on__gte=days[0])}
    waiting = Difference.objects.filter(account__in=shown).exclude(state="settled")
    context = {
        "days": days,
        "rows": [(one, accounts.balance(one.pk).posted_fen, [by_cell.get((one.pk, day)) for day in days]) for one in shown],
        "differences": _described(list(waiting.select_related("account", "line").order_by("on", "pk")[:DIFFERENCES])),
        "waiting": waiting.count(),
        "crumbs": [Crumb(_("日终对账"))],
    }
    return render(request, "funds/reconciliation.html", context)


@page("accounts.reconcile")
def one_account(request: ActedRequest, number: int) -> HttpResponseBase:
    """One bank account: its days, its differences, match by hand."""
    one = _account(request, number)
    problems: Any = ()
    if request.method == "POST":
        try:
            made = reconciling.match_by_hand(
                one,
                lines=_numbers(request, "line"),
                transfers=_numbers(request, "transfer"),
                note=written(request, "note"),
                by=request.actor,
            )
            messages.success(request, _("已勾对。") if made else "")
            return redirect("funds-reconciliation-account", one.pk)
        except AnjuError as error:
            problems = error.problems
    waiting = Difference.objects.filter(account=one).exclude(state="settled").select_related("account", "line").order_by("on", "pk")
    context = {
        "account": one,
        "balance": accounts.balance(one.pk),
        "days": Reconciliation.objects.filter(account=one).order_by("-on")[:40],
        "differences": _described(list(waiting[:DIFFERENCES])),
        "problems": problems,
        "crumbs": [HOME, Crumb(one.name)],
    }
    return render(request, "funds/reconciliation_account.html", context, status=422 if problems else 200)


@page("accounts.reconcile")
def take_statement(request: ActedRequest, number: int) -> HttpResponseBase:
    """Take a bank's statement in."""
    one = _account(request, number)
    context: dict[str, Any] = {
        "account": one,
        "crumbs": [HOME, Crumb(one.name, "funds-reconciliation-account", (one.pk,)), Crumb(_("导入对账单"))],
    }
    if request.method != "POST":
        return render(request, "funds/statement.html", context)
    try:
        took = reconciling.take_in_statement(one, _read(request.FILES.get("file")), by=request.actor)
    except AnjuError as error:
        return render(request, "funds/statement.html", {**context, "problems": error.problems}, status=422)
    messages.success(
        request,
        _("新增%(added)s笔，已有%(known)s笔，自动勾对%(matched)s笔。")
        % {"added": took.added, "known": took.known, "matched": took.matched},
    )
    return redirect("funds-reconciliation-account", one.pk)


@page("accounts.reconcile")
def explain(request: ActedRequest, number: int) -> HttpResponseBase:
    """Write down why something differs."""
    one = request.actor.scope.narrow(Difference.objects.filter(pk=number).select_related("account")).first()
    if one is None:
        raise Http404
    back = reverse("funds-reconciliation-account", args=[one.account_id])
    asks = [Ask("note", _("说明"), written(request, "note", one.note), required=True, longest=200, wide=True)]
    form = {
        "title": _("说明差异"), "lead": f"{one.account.name} · {one.on}", "asks": asks, "verb": _("记下说明"), "back": back,
        "note": _("说明不核销差异：对方的流水到了并勾对之后，差异才了结。"),
        "crumbs": [HOME, Crumb(one.account.name, "funds-reconciliation-account", (one.account_id,)), Crumb(_("说明差异"))],
    }  # fmt: skip
    if request.method != "POST":
        return show_form(request, form)
    try:
        reconciling.explain(one, written(request, "note"), by=request.actor)
    except AnjuError as error:
        return show_form(request, form, error.problems)
    return redirect(back)


def _account(request: ActedRequest, number: int) -> Account:
    one = accounts.account(number, request.actor)
    if one.kind not in bank_kinds():
        raise Http404
    return one


def _numbers(request: ActedRequest, name: str) -> list[int]:
    return [int(text) for text in request.POST.getlist(name)[:500] if text.isascii() and text.isdigit() and len(text) < 18]


def _described(rows: list[Difference]) -> list[dict[str, Any]]:
    transfers = Transfer.objects.in_bulk([row.transfer_id for row in rows if row.transfer_id])
    found = []
    for row in rows:
        transfer = transfers.get(row.transfer_id or 0)
        about = f"{row.line.counterparty} {row.line.memo} {row.line.serial_no}" if row.line else ""
        about = f"{purpose_name(transfer.purpose)} {transfer.memo}" if transfer else about
        found.append({"row": row, "about": about.strip(), "days": (timezone.localdate() - row.on).days})
    return found


def _read(sent: object) -> Any:
    if not isinstance(sent, UploadedFile) or not sent.name or (sent.size or 0) > MOST_BYTES:
        raise AnjuError.of(
            "accounts.statement_file", _("没有选择文件，或文件超过20MB。"), where=_("对账单"), advice=_("请选择银行导出的对账单。")
        )
    ending = Path(sent.name).suffix.lower()
    if ending not in (".xlsx", ".xls", ".csv", ".xlsm"):
        raise AnjuError.of(
            "accounts.statement_file", _("不是工作簿或文本文件。"), where=sent.name[:80], advice=_("请选择 .xlsx、.xls 或 .csv。")
        )
    with NamedTemporaryFile(suffix=ending) as kept:
        for chunk in sent.chunks():
            kept.write(chunk)
        kept.flush()
        return read_statement(Path(kept.name), source=sent.name[:255])
