"""One record: its fields, where it came from, everything that was done to it; voiding it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError, Problem
from anju.kernel.files.sniffing import KINDS
from anju.kernel.ledgers import actions, attachments, catalogue, queries
from anju.kernel.ledgers.catalogue import Ledger
from anju.kernel.ledgers.history import Difference
from anju.site.pages.areas import area_title
from anju.site.pages.figure_request import forget_freshness
from anju.site.pages.ledgers.showing import cells_with_reveal, record_name
from anju.site.pages.verbs import verb_label
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.downloads import download
from anju.ui.requests import ActedRequest, for_drawer


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to a record. `number` None: it was changed outside an action."""

    number: int | None
    at: datetime | None
    verb: str | Promise
    actor: str
    reason: str
    differences: tuple[Difference, ...]


@page("ledgers.view")
def record(request: ActedRequest, name: str, number: int) -> HttpResponseBase:
    """The page of a record; as a row that opens in a list, or in the drawer."""
    ledger = catalogue.get(name)
    row = queries.record(ledger, number, request.actor.scope)
    if request.GET.get("part") == "peek" and request.htmx:
        return render(request, "pages/ledgers/peek.html", record_context(request, ledger, row))
    context = {**record_context(request, ledger, row), "history": steps(ledger, row)}
    return render(request, "pages/ledgers/record_part.html" if for_drawer(request) else "pages/ledgers/record.html", context)


def record_context(request: ActedRequest, ledger: Ledger, row: Any) -> dict[str, Any]:
    """What every page about one record shows."""
    words = queries.shown(ledger, [row])[0]
    name = record_name(ledger, row, words)
    return {
        "ledger": ledger,
        "record": row,
        "record_id": row.pk,
        "name": name,
        "voided": row.voided_at is not None,
        "cells": cells_with_reveal(ledger, words),
        "subject": f"{ledger.record_table}:{row.pk}",
        "may_edit": request.actor.may("ledgers.edit"),
        "crumbs": [Crumb(area_title(ledger.slice), "area", (ledger.slice,)), Crumb(ledger.title, "ledger", (ledger.name,)), Crumb(name)],
    }


def steps(ledger: Ledger, row: Any) -> list[Step]:
    """What was done to the record, newest first."""
    found = []
    for item in reversed(queries.history(ledger, row.pk)):
        entry = item.entry
        found.append(
            Step(
                number=entry.pk if entry else None,
                at=entry.at if entry else None,
                verb=verb_label(entry.verb) if entry else _("没有动作"),
                actor=entry.actor_name if entry else "",
                reason=entry.reason if entry else "",
                differences=item.differences if item.kind == "changed" else (),
            )
        )
    return found


@page("ledgers.view")
def attachment(request: ActedRequest, name: str, number: int, field: str) -> HttpResponseBase:
    """The file of a record's field."""
    ledger = catalogue.get(name)
    row = queries.record(ledger, number, request.actor.scope)
    if not ledger.has(field) or ledger.field(field).type != "file" or not getattr(row, field):
        raise Http404
    kept = getattr(row, field)
    kind = kept.rpartition(".")[2]
    label = f"{ledger.field(field).label}-{number}.{kind}"
    return download(attachments.read(kept), label, KINDS.get(kind, "application/octet-stream"))


@page("ledgers.edit")
def void(request: ActedRequest, name: str, number: int) -> HttpResponseBase:
    """Ask why, then take a record out of every count; it is never deleted."""
    ledger = catalogue.get(name)
    row = queries.record(ledger, number, request.actor.scope)
    context: dict[str, Any] = {**record_context(request, ledger, row), "reason": request.POST.get("reason", "").strip()}
    if request.method == "POST":
        try:
            if not context["reason"]:
                raise AnjuError(Problem("ledgers.no_reason", _("作废理由"), _("没有写理由。"), _("写明为什么作废，例如重复录入。")))
            actions.void_record(ledger, number, by=request.actor, reason=context["reason"])
        except AnjuError as error:
            return render(request, "pages/ledgers/void.html", {**context, "problems": error.problems}, status=422)
        forget_freshness()
        messages.success(request, _("已作废 %(name)s。") % {"name": context["name"]})
        return redirect("ledger", name)
    return render(request, "pages/ledgers/void.html", context)
