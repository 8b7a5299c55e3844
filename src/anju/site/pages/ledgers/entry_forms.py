"""Entering a record and changing one: a form made from the ledger's fields, checked by the same rules as an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import polars as pl
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import actions, attachments, catalogue, queries
from anju.kernel.ledgers.catalogue import Field, Ledger
from anju.kernel.ledgers.checking import Issue, check_rows
from anju.kernel.ledgers.declaration import NUMBER_TYPES
from anju.kernel.ledgers.values import show
from anju.site.pages.areas import area_title
from anju.site.pages.figure_request import forget_freshness
from anju.site.pages.ledgers.records import record_context
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

INPUT_TYPES = {"date": "date", "month": "month", "phone": "tel", "file": "file"}


@dataclass(frozen=True, slots=True)
class Input:
    """One field of the form with what was written and what is wrong with it."""

    field: Field
    value: str
    placeholder: str = ""
    faults: tuple[Issue, ...] = ()

    @property
    def input(self) -> str:
        return INPUT_TYPES.get(self.field.type, "text")

    @property
    def options(self) -> list[tuple[str, str]]:
        return list(self.field.choices.items()) if self.field.type == "choice" else []

    @property
    def numeric(self) -> bool:
        return self.field.type in NUMBER_TYPES

    @property
    def wide(self) -> bool:
        return self.field.type == "text" and self.field.length > 100

    @property
    def only_confirm(self) -> bool:
        return all(fault.level == "confirm" for fault in self.faults)


@page("ledgers.edit")
def new(request: ActedRequest, name: str) -> HttpResponseBase:
    """Enter one record."""
    ledger = catalogue.get(name)
    key = request.POST.get("key") or uuid4().hex
    frame: dict[str, Any] = {
        "title": _("录入一条"),
        "verb": _("保存"),
        "back": reverse("ledger", args=[name]),
        "draft": f"{name}:new:{request.actor.staff_id}",
        "key": key,
        "crumbs": [Crumb(area_title(ledger.slice), "area", (ledger.slice,)), Crumb(ledger.title, "ledger", (name,)), Crumb(_("录入"))],
    }
    if request.method != "POST":
        return _form(request, ledger, frame, {}, [])
    written, issues = _written(request, ledger)
    accept = "accept" in request.POST
    issues += check(ledger, written, by=request.actor, replacing=None)
    if any(issue.level != "confirm" or not accept for issue in issues):
        return _form(request, ledger, frame, written, issues)
    try:
        number = actions.add_record(ledger, written, by=request.actor, accept_confirmations=accept, key=_key(request, key))
    except AnjuError as error:
        return _form(request, ledger, frame, written, _as_issues(error))
    forget_freshness()
    messages.success(request, _("已保存为 %(number)s 号。") % {"number": number})
    return redirect("record", name, number)


@page("ledgers.edit")
def edit(request: ActedRequest, name: str, number: int) -> HttpResponseBase:
    """Change one record; somebody else's change in between is told, not overwritten."""
    ledger = catalogue.get(name)
    row = queries.record(ledger, number, request.actor.scope)
    context = record_context(request, ledger, row)
    frame = {
        **context,
        "title": _("修改 %(name)s") % {"name": context["name"]},
        "verb": _("保存修改"),
        "back": reverse("record", args=[name, number]),
        "draft": f"{name}:{number}:{request.actor.staff_id}",
        "key": "",
        "version": request.POST.get("version", row.version),
        "reason_asked": True,
        "reason": request.POST.get("reason", "").strip(),
        "crumbs": [*context["crumbs"][:-1], Crumb(context["name"], "record", (name, number)), Crumb(_("修改"))],
    }
    now = now_written(ledger, row)
    if request.method != "POST":
        return _form(request, ledger, frame, now, [], row=row)
    written, issues = _written(request, ledger)
    kept = {one.name: getattr(row, one.name) for one in ledger.fields if one.personal and not written.get(one.name)}
    values = {**written, **kept}
    accept = "accept" in request.POST
    issues += check(ledger, values, by=request.actor, replacing=number)
    if not frame["reason"]:
        issues.append(Issue(0, None, "ledgers.no_reason", "must_fix", "", _("没有写修改理由。"), _("写明依据，记入日志。")))
    if any(issue.level != "confirm" or not accept for issue in issues):
        return _form(request, ledger, frame, written, issues, row=row)
    try:
        actions.change_record(
            ledger,
            number,
            {name: value for name, value in written.items() if name not in kept},
            by=request.actor,
            version=int(frame["version"]),
            reason=frame["reason"],
            accept_confirmations=accept,
        )
    except AnjuError as error:
        return _form(request, ledger, frame, written, _as_issues(error), row=row)
    forget_freshness()
    messages.success(request, _("已保存修改。"))
    return redirect("record", name, number)


def check(ledger: Ledger, values: dict[str, Any], *, by: Actor, replacing: int | None) -> list[Issue]:
    """Everything that is wrong with one record, by the rules an import is checked with."""
    frame = pl.DataFrame({one.name: pl.Series([values.get(one.name) or None], dtype=pl.Object) for one in ledger.fields})
    return check_rows(ledger, frame, by=by, replacing=replacing).issues


def now_written(ledger: Ledger, row: Any) -> dict[str, str]:
    """The record as the form writes it; personal identifiers stay hidden and empty."""
    words = queries.shown(ledger, [row])[0]
    written = {}
    for one in ledger.fields:
        value = getattr(row, one.name)
        if value is None or one.personal:
            written[one.name] = ""
        elif one.type == "reference":
            written[one.name] = words[one.name]
        elif one.type in NUMBER_TYPES or one.type in ("date", "month"):
            written[one.name] = show(one, value).replace(",", "")
        else:
            written[one.name] = str(value)
    return written


def _form(
    request: ActedRequest, ledger: Ledger, frame: dict[str, Any], written: dict[str, str], issues: list[Issue], *, row: Any = None
) -> HttpResponseBase:
    by_field: dict[str | None, list[Issue]] = {}
    for issue in issues:
        by_field.setdefault(issue.field, []).append(issue)
    must_fix = sum(issue.level != "confirm" for issue in issues)
    inputs = [Input(one, written.get(one.name, ""), _placeholder(one, row), tuple(by_field.get(one.name, ()))) for one in ledger.fields]
    context = {
        **frame,
        "ledger": ledger,
        "inputs": inputs,
        "faulty": bool(issues),
        "must_fix": must_fix,
        "to_confirm": len(issues) - must_fix,
        "row_faults": by_field.get(None, []),
        "fault_words": _("有 %(count)s 处要改，改好再保存。") % {"count": must_fix}
        if must_fix
        else _("有 %(count)s 处请核对。") % {"count": len(issues)},
    }
    return render(request, "pages/ledgers/form.html", context, status=422 if issues else 200)


def _placeholder(one: Field, row: Any) -> str:
    if row is not None and one.personal and getattr(row, one.name) is not None:
        return _("%(masked)s（不改请留空）") % {"masked": show(one, getattr(row, one.name))}
    return _("编号") if one.type == "reference" else ""


def _written(request: ActedRequest, ledger: Ledger) -> tuple[dict[str, str], list[Issue]]:
    """What the form says, by field, and what is wrong with its files; a file sent is kept, one sent before is named again."""
    written = {one.name: request.POST.get(one.name, "").strip()[:2000] for one in ledger.fields}
    issues = []
    for one in ledger.fields:
        sent = request.FILES.get(one.name) if one.type == "file" else None
        if isinstance(sent, UploadedFile):
            try:
                written[one.name] = attachments.store(one, sent, sent.name or "")  # type: ignore[arg-type]
            except AnjuError as error:
                issues += [Issue(0, one.name, each.code, "must_fix", "", each.what, each.advice) for each in error.problems]
    return written, issues


def _key(request: ActedRequest, key: str) -> str:
    return f"form:{request.actor.staff_id}:{key[:64]}"


def _as_issues(error: AnjuError) -> list[Issue]:
    return [Issue(0, None, problem.code, "must_fix", "", problem.what, problem.advice) for problem in error.problems]
