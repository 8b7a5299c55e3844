"""The catalogue of indicators: by area, searchable, each with its value of the period."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError
from anju.kernel.figures.catalogue import all_indicators
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.indicators import Indicator
from anju.kernel.figures.planning import Request
from anju.site.pages.areas import area_order, area_title
from anju.site.pages.figure_request import figure_link, fresh_snapshot, home_region
from anju.site.pages.figure_story import growth_class
from anju.site.pages.reporting_period import current_period
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

MOST = 120
"""Lines of one page; a search that finds more says how many it left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator with its value and growth; no figure when this period cannot be computed, `refusal` says why."""

    indicator: Indicator
    figure: Figure | None
    growth: Figure | None
    refusal: str = ""

    @property
    def url(self) -> str:
        return figure_link(self.figure) if self.figure else ""

    @property
    def look(self) -> str:
        return growth_class(self.growth, self.indicator) if self.growth else ""


@page("figures.view")
def catalogue(request: ActedRequest) -> HttpResponseBase:
    """The indicators of one business area, or those of all areas whose name, meaning or key has the words."""
    words = request.GET.get("q", "").strip()[:60]
    period = current_period(request)
    known = list(all_indicators().values())
    counts = Counter(each.slice for each in known)
    order = sorted(counts, key=area_order)
    wanted = request.GET.get("area", "")
    area = "" if words else wanted if wanted in counts else order[0] if order else ""
    chosen = [each for each in known if matches(each, words)] if words else [each for each in known if each.slice == area]
    areas: dict[str, list[Line]] = {}
    for line in valued(request, chosen[:MOST]):
        areas.setdefault(line.indicator.slice, []).append(line)
    context: dict[str, Any] = {
        "groups": [(area_title(one), areas[one]) for one in order if one in areas],
        "tabs": [(one, area_title(one), counts[one], one == area) for one in order],
        "count": len(chosen) if words else len(known),
        "left_out": max(len(chosen) - MOST, 0),
        "words": words,
        "period": period,
        "crumbs": [Crumb(_("指标"))],
    }
    return render(request, "pages/figures/catalogue.html", context)


def matches(indicator: Indicator, words: str) -> bool:
    """Whether name, meaning or key holds the words."""
    return words.lower() in f"{indicator.name} {indicator.meaning} {indicator.key}".lower()


def valued(request: ActedRequest, indicators: list[Indicator]) -> list[Line]:
    """The indicators with value and growth in the reader's period: all at once, or one by one when some cannot be computed."""
    if not indicators:
        return []
    try:
        return _valued(request, indicators)
    except AnjuError as error:
        if len(indicators) == 1:
            return [Line(indicators[0], None, None, error.problems[0].what)]
        return [line for each in indicators for line in valued(request, [each])]


def _valued(request: ActedRequest, indicators: list[Indicator]) -> list[Line]:
    period, region = current_period(request), home_region(request.actor)
    bureau = request.actor.scope.bureau_id
    asked = [Request(each.key, period, region, bureau) for each in indicators]
    growth = [Request(each.key, period, region, bureau, measure="yoy") for each in indicators]
    found = evaluate([*asked, *growth], by=request.actor, snapshot=fresh_snapshot())
    return [Line(*each) for each in zip(indicators, found[: len(asked)], found[len(asked) :], strict=True)]
