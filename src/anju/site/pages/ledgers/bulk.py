"""Change one field of several records at once; before anything happens the page says what it will do to how many."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anju.kernel.errors import AnjuError, Problem
from anju.kernel.ledgers import actions, catalogue, queries
from anju.kernel.ledgers.catalogue import Field, Ledger
from anju.kernel.ledgers.values import parse_value, show
from anju.site.pages.areas import area_title
from anju.site.pages.figure_request import forget_freshness
from anju.site.pages.ledgers.showing import record_name
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

MOST_AT_ONCE = 500
SAMPLES = 20


@require_POST
@page("ledgers.edit")
def bulk(request: ActedRequest, name: str) -> HttpResponseBase:
    """Three steps on one address: choose field and value, look at what will change, do it."""
    ledger = catalogue.get(name)
    chosen = [int(one) for one in request.POST.getlist("chosen") if one.isdigit()][:MOST_AT_ONCE]
    back = _back(request, name)
    if not chosen:
        messages.warning(request, _("没有选中记录。"))
        return redirect(back)
    step = request.POST.get("step", "")
    field = next((one for one in changeable(ledger) if one.name == request.POST.get("field")), None)
    context: dict[str, Any] = {
        "ledger": ledger,
        "chosen": chosen,
        "fields": changeable(ledger),
        "field": field,
        "value": request.POST.get("value", "").strip(),
        "reason": request.POST.get("reason", "").strip(),
        "back": back,
        "key": request.POST.get("key") or uuid4().hex,
        "crumbs": [Crumb(area_title(ledger.slice), "area", (ledger.slice,)), Crumb(ledger.title, "ledger", (name,)), Crumb(_("批量修改"))],
    }
    if step == "" or field is None:
        return render(request, "pages/ledgers/bulk.html", context)
    try:
        if not context["reason"]:
            raise AnjuError(Problem("ledgers.no_reason", _("理由"), _("没有写理由。"), _("写明依据，记入日志。")))
        value = parse_value(field, context["value"])
        context["value_words"] = show(field, value) or _("（空）")
        if step == "do":
            actions.change_records(ledger, chosen, {field.name: context["value"]}, by=request.actor, reason=context["reason"])
            forget_freshness()
            messages.success(request, _("已修改 %(count)s 条。") % {"count": len(chosen)})
            return redirect(back)
        samples = [queries.record(ledger, number, request.actor.scope) for number in chosen[:SAMPLES]]
    except AnjuError as error:
        return render(request, "pages/ledgers/bulk.html", {**context, "problems": error.problems}, status=422)
    context["samples"] = [
        {"name": record_name(ledger, row), "now": show(field, getattr(row, field.name)) or _("（空）")} for row in samples
    ]
    return render(request, "pages/ledgers/bulk.html", {**context, "sure": True})


def changeable(ledger: Ledger) -> list[Field]:
    """Fields that may be changed for many at once: not the key, not a personal identifier, not a file."""
    return [one for one in ledger.fields if one.name not in ledger.key and not one.personal and one.type not in ("file", "reference")]


def _back(request: ActedRequest, name: str) -> str:
    target = request.POST.get("back", "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else reverse("ledger", args=[name])
