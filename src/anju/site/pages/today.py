"""今日: what waits for the reader, what changed, and the figures the post lives by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.figures.catalogue import all_indicators
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.ledgers.catalogue import Ledger, all_ledgers
from anju.kernel.ledgers.queries import records
from anju.kernel.reports import catalogue as templates
from anju.kernel.reports.built import Finding
from anju.site.pages.cases.lists import waiting_lines
from anju.site.pages.drafts import draft_of
from anju.site.pages.figure_request import figure_link, fresh_snapshot, home_region
from anju.site.pages.figure_story import growth_class, trend_periods
from anju.site.pages.journal import entry_line, visible_entries
from anju.site.pages.reporting_period import current_period
from anju.site.pages.reports import chosen_bureau
from anju.site.pages.waiting import waiting_imports, waiting_tasks
from anju.ui.access import page
from anju.ui.charts import sparkline
from anju.ui.requests import ActedRequest

KEY_FIGURES = ("market.new_homes.amount", "delivery.task_completion", "market.new_homes.sold_units", "housing.rent_subsidy.amount")
FIGURES_SHOWN = 3
ENTRIES_SHOWN = 12
TASKS_SHOWN = 10
FINDINGS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure the post lives by: value, growth, the way it came."""

    figure: Figure
    growth: Figure
    look: str
    path: str
    url: str


@page()
def today(request: ActedRequest) -> HttpResponseBase:
    """The first page of the day."""
    actor, period = request.actor, current_period(request)
    unfilled = unfilled_ledgers(actor, period) if actor.may("ledgers.view") else []
    imports = list(waiting_imports(actor)[:10]) if actor.may("ledgers.import") else []
    tasks = waiting_lines(actor, TASKS_SHOWN)
    context: dict[str, Any] = {
        "tasks": tasks,
        "period": period,
        "now": timezone.localdate(),
        "imports": imports,
        "unfilled": unfilled,
        "waiting_count": len(imports) + len(unfilled) + waiting_tasks(actor),
        "has_reports": actor.may("reports.view"),
        "figures": _key_figures(request, period),
        "entries": _entries(actor),
        "may_import": actor.may("ledgers.import"),
    }
    return render(request, "pages/today.html", context)


@page("reports.view")
def findings(request: ActedRequest) -> HttpResponseBase:
    """The findings of the period's reports: a report is built for them, so the first page does not wait for it."""
    found = _findings(request, current_period(request))
    others = request.GET.get("others", "0")
    context = {
        "findings": found[:FINDINGS_SHOWN],
        "finding_count": len(found),
        "waiting_count": len(found) + (int(others) if others.isdigit() else 0),
    }
    return render(request, "pages/today_findings.html", context)


def unfilled_ledgers(actor: Actor, period: Period) -> list[Ledger]:
    """Ledgers that had records in the period before but have none in this one: a book somebody has still to hand in."""
    found, before = [], period.previous()
    for ledger in all_ledgers().values():
        if not ledger.date or period.start > timezone.localdate():
            continue
        rows: Any = records(ledger, actor.scope).order_by()
        inside = rows.filter(**{f"{ledger.date}__gte": period.start, f"{ledger.date}__lte": period.end})
        earlier = rows.filter(**{f"{ledger.date}__gte": before.start, f"{ledger.date}__lte": before.end})
        if not inside.exists() and earlier.exists():
            found.append(ledger)
    return found


def _findings(request: ActedRequest, period: Period) -> list[tuple[str, str, Finding]]:
    """(template name, title, finding) of every template of this period's kind."""
    bureau = chosen_bureau(request) if request.actor.may("reports.view") else None
    found: list[tuple[str, str, Finding]] = []
    if bureau is None:
        return found
    for name, template in templates.all_templates().items():
        if period.kind in template.periods:
            try:
                built = draft_of(template, period, by=request.actor, bureau=bureau)
            except AnjuError:
                continue
            found += [(name, built.title, finding) for finding in built.findings if finding.severity != "note"]
    return found


def _key_figures(request: ActedRequest, period: Period) -> list[KeyFigure]:
    actor = request.actor
    known = all_indicators()
    keys = [key for key in KEY_FIGURES if key in known][:FIGURES_SHOWN] if actor.may("figures.view") else []
    if not keys:
        return []
    region, bureau, periods = home_region(actor), actor.scope.bureau_id, trend_periods(period)
    per_key = 2 + len(periods)
    asked = [
        request
        for key in keys
        for request in (
            Request(key, period, region, bureau),
            Request(key, period, region, bureau, measure="yoy"),
            *(Request(key, each, region, bureau) for each in periods),
        )
    ]
    try:
        found = evaluate(asked, by=actor, snapshot=fresh_snapshot())
    except AnjuError:
        return []
    figures = []
    for position, key in enumerate(keys):
        value, growth, *points = found[position * per_key : (position + 1) * per_key]
        path = sparkline([point.value if point.rows else None for point in points])
        figures.append(KeyFigure(value, growth, growth_class(growth, known[key]), path, figure_link(value)))
    return figures


def _entries(actor: Actor) -> list[dict[str, Any]]:
    if not (actor.may("ledgers.view") or actor.may("journal.view")):
        return []
    return [entry_line(entry) for entry in visible_entries(actor).filter(parent_id=None).order_by("-pk")[:ENTRIES_SHOWN]]
