"""The catalogue of indicators: by area, searchable, each with its value of the period."""

from __future__ import annotations

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
from anju.site.pages.areas import AREAS, area_title
from anju.site.pages.figure_request import figure_link, fresh_snapshot, home_region
from anju.site.pages.figure_story import growth_class
from anju.site.pages.reporting_period import current_period
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest


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
    """Every indicator of the installation, or those whose name, meaning or key has the words."""
    words = request.GET.get("q", "").strip()[:60]
    period = current_period(request)
    chosen = [each for each in all_indicators().values() if matches(each, words)]
    lines = valued(request, chosen)
    areas: dict[str, list[Line]] = {}
    for line in lines:
        areas.setdefault(line.indicator.slice, []).append(line)
    order = list(AREAS)
    context: dict[str, Any] = {
        "groups": [
            (area_title(area), areas[area])
            for area in sorted(areas, key=lambda one: (order.index(one) if one in order else len(order), one))
        ],
        "count": len(chosen),
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
