"""Everything a figure's page tells beside its number: growth, rank, trend, sibling regions. One evaluation for all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.figures.catalogue import catalogue
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.indicators import Indicator, Measure
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.periods import Kind, Period
from anju.kernel.figures.planning import Request
from anju.kernel.orgs import regions
from anju.ui.charts import Point, trend

TREND_KINDS: dict[str, tuple[Kind, int]] = {
    "year": ("year", 5),
    "half": ("quarter", 8),
    "quarter": ("quarter", 8),
    "month": ("month", 13),
    "range": ("month", 12),
}
MOST_REGIONS = 40
SHORT = {"half": "{year}{half}半年", "quarter": "{year}Q{quarter}", "month": "{year}-{month:02}", "year": "{year}"}


@dataclass(frozen=True, slots=True)
class RegionBar:
    """One region's value; `width` in percent of the widest."""

    name: str
    figure: Figure
    width: str
    own: bool


@dataclass(frozen=True)
class Story:
    """A figure and its company, all of one snapshot."""

    figure: Figure
    indicator: Indicator
    companions: tuple[Figure, ...]
    points: tuple[Figure, ...]
    siblings: tuple[tuple[str, Figure], ...]

    @cached_property
    def bars(self) -> list[RegionBar]:
        """Sibling regions by value, the greatest first; those without a number last."""
        most = max((abs(figure.value) for _name, figure in self.siblings if figure.value is not None), default=None)
        ordered = sorted(self.siblings, key=lambda each: (each[1].value is None, -(each[1].value or 0)))
        return [
            RegionBar(
                name,
                figure,
                "0" if not most or figure.value is None else f"{float(abs(figure.value) / most * 100):.1f}",
                figure.region == self.figure.region,
            )
            for name, figure in ordered
        ]

    @cached_property
    def chart(self) -> dict[str, Any] | None:
        """The trend as a Vega-Lite specification; None with fewer than two values."""
        if self.indicator.is_date or sum(point.shown is not None for point in self.points) < 2:
            return None
        flow, whole = is_flow(self.indicator), self.figure.period
        points = [
            Point(
                short_label(each.period), each.shown, each.text, each.period.end == whole.end or (flow and each.period.start >= whole.start)
            )
            for each in self.points
        ]
        unit = next((each.show_unit for each in self.points if each.shown is not None), "")
        return trend(points, unit=unit, shape="bar" if flow else "line")

    def companion(self, measure: Measure) -> Figure | None:
        """The growth, rank or other measure beside the value."""
        return next((each for each in self.companions if each.measure == measure), None)


def tell(request: Request, *, by: Actor, snapshot: Snapshot) -> Story:
    """Evaluate a figure with its company. Raises what `evaluate` raises for the figure itself."""
    indicator = catalogue().get(request.indicator, request.period.end)
    plain = replace(request, measure="value")
    measures: list[Measure] = [each for each in _measures(indicator) if each != request.measure]
    periods = trend_periods(request.period)
    places = _siblings(request, by)
    wanted = [
        request,
        *(replace(plain, measure=measure) for measure in measures),
        *(replace(plain, period=period) for period in periods),
        *(replace(plain, region=code) for code, _name in places),
    ]
    try:
        found = evaluate(wanted, by=by, snapshot=snapshot)
    except AnjuError:
        # A definition may not reach back as far as the trend does; the figure itself must still open.
        found = evaluate([request], by=by, snapshot=snapshot)
        return Story(found[0], indicator, (), (), ())
    first, second = 1 + len(measures), 1 + len(measures) + len(periods)
    points = _in_one_unit(_from_first_rows(found[first:second]))
    siblings = tuple(zip([name for _code, name in places], found[second:], strict=True))
    return Story(found[0], indicator, tuple(found[1:first]), tuple(points), siblings)


def trend_periods(period: Period) -> list[Period]:
    """The consecutive periods a trend shows, the last one ending with this period."""
    kind, count = TREND_KINDS[period.kind]
    try:
        last = period.parts(kind)[-1]
    except AnjuError:
        last = period
    found = [last]
    while len(found) < count:
        found.append(found[-1].previous())
    return found[::-1]


def short_label(period: Period) -> str:
    """2023Q2, 2023-06: what stands under a bar."""
    pattern = SHORT.get(period.kind)
    if pattern is None:
        return period.code
    month = period.start.month
    return pattern.format(year=period.start.year, half="上" if month == 1 else "下", quarter=(month + 2) // 3, month=month)


def is_flow(indicator: Indicator) -> bool:
    """Whether periods add up (bars) or the value stands at their end (a line)."""
    return indicator.time is not None and indicator.time.kind == "flow" and indicator.is_basic


def _measures(indicator: Indicator) -> list[Measure]:
    return ["value", "yoy", "rank"] if indicator.ranked else ["value", "yoy"]


def _siblings(request: Request, by: Actor) -> list[tuple[str, str]]:
    if not request.region or by.scope.bureau_id is not None:
        return []
    below = list(regions.children(request.region, request.period.end).values_list("code", "name")[: MOST_REGIONS + 1])
    beside = list(regions.siblings(request.region, request.period.end).values_list("code", "name")[: MOST_REGIONS + 1])
    visible = [each for each in beside if by.scope.covers_region(each[0])]
    chosen = visible if len(visible) > 1 else below
    return chosen if 1 < len(chosen) <= MOST_REGIONS else []


def _from_first_rows(points: Sequence[Figure]) -> list[Figure]:
    """Without the periods before anything was recorded: they would look like zero."""
    first = next((position for position, each in enumerate(points) if each.rows), len(points))
    return list(points[first:])


def _in_one_unit(points: list[Figure]) -> list[Figure]:
    """All in the unit of the last one, so that the axis has one."""
    unit = next((each.show_unit for each in reversed(points) if each.shown is not None), "")
    return [each.in_unit(unit) if each.shown is not None and each.show_unit != unit else each for each in points]


def growth_class(figure: Figure, indicator: Indicator) -> str:
    """The CSS classes of a growth: arrow by sign, colour by whether that is good."""
    if figure.shown is None:
        return ""
    if figure.shown == Decimal(0):
        return "flat"
    up = figure.shown > 0
    good = {"up": up, "down": not up}.get(indicator.better)
    return ("up" if up else "down") + ("" if good is None else " good" if good else " bad")
