"""One search for everything: cases, records of every ledger, indicators, reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anju.kernel.cases.queries import find_cases
from anju.kernel.figures.catalogue import all_indicators
from anju.kernel.figures.indicators import Indicator
from anju.kernel.ledgers import queries
from anju.kernel.ledgers.catalogue import Ledger, all_ledgers
from anju.kernel.reports import catalogue as templates
from anju.kernel.reports.models import FrozenReport
from anju.site.pages.cases.words import state_look
from anju.site.pages.figure_catalogue import matches
from anju.site.pages.ledgers.showing import record_name
from anju.site.pages.reports import template_label
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

PER_LEDGER = 5
MOST_INDICATORS = 20
FEWEST_SIGNS = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: what to call it and a line of its fields."""

    name: str
    url: str
    line: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one ledger holds; `more` leads to its list with the same words."""

    ledger: Ledger
    hits: list[Hit]
    more: str


@page()
def search(request: ActedRequest) -> HttpResponseBase:
    """Look everywhere the reader may look."""
    words = request.GET.get("q", "").strip()[:60]
    enough = len(words) >= FEWEST_SIGNS
    context: dict[str, Any] = {"words": words, "enough": enough, "crumbs": [Crumb(_("搜索"))]}
    if enough:
        context["records"] = _records(request, words) if request.actor.may("ledgers.view") else []
        context["indicators"] = _indicators(words) if request.actor.may("figures.view") else []
        context |= _reports(request, words) if request.actor.may("reports.view") else {}
        context["cases"] = [(case, state_look(case)) for case in find_cases(words, request.actor)]
        context["nothing"] = not any(context.get(name) for name in ("cases", "records", "indicators", "templates", "frozen"))
    return render(request, "pages/search.html", context)


def _records(request: ActedRequest, words: str) -> list[Found]:
    found = []
    for ledger in all_ledgers().values():
        page_found = queries.page(ledger, request.actor.scope, where={}, search=words, sort="-id", after=None, size=PER_LEDGER)
        if page_found.rows:
            hits = [_hit(ledger, row) for row in page_found.rows]
            more = f"{reverse('ledger', args=[ledger.name])}?q={words}" if page_found.next else ""
            found.append(Found(ledger, hits, more))
    return found


def _hit(ledger: Ledger, row: Any) -> Hit:
    words = queries.shown(ledger, [row])[0]
    line = [words[field.name] for field in ledger.fields if field.name not in ledger.key and not field.personal]
    return Hit(record_name(ledger, row, words), reverse("record", args=[ledger.name, row.pk]), "  ".join(filter(None, line[:5])))


def _indicators(words: str) -> list[Indicator]:
    return [each for each in all_indicators().values() if matches(each, words)][:MOST_INDICATORS]


def _reports(request: ActedRequest, words: str) -> dict[str, Any]:
    labels = [(name, template_label(each.label)) for name, each in templates.all_templates().items()]
    frozen = request.actor.scope.narrow(FrozenReport.objects.filter(title__contains=words).order_by("-pk"))[:PER_LEDGER]
    return {"templates": [each for each in labels if words in each[1]], "frozen": list(frozen)}
