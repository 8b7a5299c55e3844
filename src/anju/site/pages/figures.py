"""A figure's page, also inside the drawer: number, definition, formula, trend, regions, and the rows it counts."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.kernel.figures import evidence as evidence_room
from anju.kernel.figures import facts
from anju.kernel.figures.catalogue import all_indicators
from anju.kernel.figures.explaining import explain
from anju.kernel.orgs.models import Region
from anju.site.pages.areas import area_title
from anju.site.pages.figure_request import Asked, figure_link, read_asked
from anju.site.pages.figure_rows import evidence_rows
from anju.site.pages.figure_story import Story, growth_class, tell
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.downloads import workbook
from anju.ui.requests import ActedRequest, for_drawer

ROWS_IN_DRAWER, ROWS_ON_PAGE = 10, 50


@page("figures.view")
def figure(request: ActedRequest, key: str) -> HttpResponseBase:
    """The figure: whole page, or the inside of the drawer."""
    asked = read_asked(request, key)
    drawer = for_drawer(request)
    context = {**_context(request, asked), **_rows(request, asked, ROWS_IN_DRAWER if drawer else ROWS_ON_PAGE), "in_drawer": drawer}
    return render(request, "pages/figures/figure_part.html" if drawer else "pages/figures/figure.html", context)


@page("figures.view")
def rows(request: ActedRequest, key: str) -> HttpResponseBase:
    """Further rows of a figure, a page at a time."""
    asked = read_asked(request, key)
    context = {"asked": asked, "key": key, **_rows(request, asked, ROWS_ON_PAGE)}
    if request.htmx:
        return render(request, "pages/figures/rows.html", context)
    return render(request, "pages/figures/figure.html", {**_context(request, asked), **context})


@page("ledgers.export")
def export(request: ActedRequest, key: str) -> HttpResponseBase:
    """Every row a figure counts, as a workbook."""
    asked = read_asked(request, key)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.xlsx"
        evidence_room.export_xlsx(asked.request, path, by=request.actor, snapshot=asked.snapshot)
        name = all_indicators()[asked.request.indicator].name
        return workbook(path.read_bytes(), f"{name}-{asked.request.period.label}-依据.xlsx")


def _context(request: ActedRequest, asked: Asked) -> dict[str, Any]:
    story = tell(asked.request, by=request.actor, snapshot=asked.snapshot)
    indicator, found = story.indicator, story.figure
    names = {each.key: each.name for each in all_indicators().values()}
    pinned = asked.snapshot.pk if asked.pinned else None
    region = Region.objects.filter(pk=found.region).first()
    return {
        "asked": asked,
        "key": found.key,
        "figure": found,
        "indicator": indicator,
        "story": story,
        "explanation": explain(indicator, facts.all_facts(), names),
        "growth": _beside(story, "yoy", pinned),
        "value_beside": _beside(story, "value", pinned),
        "rank": _beside(story, "rank", pinned),
        "parts": [(part, figure_link(part, pinned)) for part in found.parts if part.key != found.key or part.region == found.region],
        "base": (found.base, figure_link(found.base, pinned)) if found.base else None,
        "bars": [(bar, figure_link(bar.figure, pinned)) for bar in story.bars],
        "chart": story.chart,
        "region_name": region.name if region else _("全部"),
        "may_export": request.actor.may("ledgers.export"),
        "crumbs": [Crumb(_("指标"), "figures"), Crumb(area_title(indicator.slice)), Crumb(indicator.name)],
    }


def _beside(story: Story, measure: Any, snapshot: int | None) -> dict[str, Any] | None:
    found = story.companion(measure)
    if found is None:
        return None
    return {"figure": found, "url": figure_link(found, snapshot), "look": growth_class(found, story.indicator)}


def _rows(request: ActedRequest, asked: Asked, size: int) -> dict[str, Any]:
    text = request.GET.get("offset", "0")
    offset = int(text) if text.isdigit() else 0
    found = evidence_room.evidence(asked.request, by=request.actor, snapshot=asked.snapshot, offset=offset, limit=size)
    after = offset + size
    return {
        "evidence": found,
        "evidence_tables": evidence_rows(found),
        "offset": offset,
        "next_offset": after if after < found.count else None,
        "shown_to": min(after, found.count),
    }
