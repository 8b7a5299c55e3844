"""The market bulletin: what was sold in a month by use, against the month before and the year before; what is for sale and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anju.domains.property import queries as property_queries
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import EVERYWHERE
from anju.kernel.errors import AnjuError
from anju.kernel.figures import snapshots
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.figures.references import filters_text
from anju.kernel.parameters.queries import at
from anju.ui.access import page
from anju.ui.charts import Point, trend
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

MEASURES = (
    ("market.new_homes.sold_units", "套数"),
    ("market.new_homes.sold_area", "面积"),
    ("market.new_homes.amount", "金额"),
    ("market.new_homes.average_price", "均价"),
)
USES = ("residential", "commercial", "office", "parking", "storage")
MONTHS_DRAWN = 13


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of one use: the figure, and its growth on the year and on the month."""

    use: str
    label: str
    figure: Figure
    on_year: Figure
    on_month: Figure
    url: str


@page("market.view")
def bulletin(request: ActedRequest) -> HttpResponseBase:
    """The bulletin of one month, 2023-06 or the last whole month."""
    period = _month(request.GET.get("month", ""))
    snapshot = snapshots.refresh()
    lines = _lines(request.actor, period, snapshot)
    drawn = _drawn(request.actor, period, snapshot)
    context = {
        "period": period,
        "before": period.previous(),
        "after": _after(period),
        "groups": [(label, [line for line in lines if line.use == use]) for use, label in _uses()],
        "chart": trend(drawn, unit="㎡") if any(point.value for point in drawn) else None,
        "stock": _stock(request.actor, period, snapshot),
        "crumbs": [Crumb(_("市场月报"))],
    }
    return render(request, "market/bulletin.html", context)


def _month(text: str) -> Period:
    try:
        found = Period.parse(text)
        if found.kind == "month":
            return found
    except AnjuError:
        pass
    today = timezone.localdate()
    return Period.month(today.year, today.month).previous()


def _after(period: Period) -> Period | None:
    year, month = divmod(period.start.year * 12 + period.start.month, 12)
    after = Period.month(year, month + 1)
    return after if after.start <= timezone.localdate() else None


def _uses() -> list[tuple[str, str]]:
    labels = property_queries.use_labels()
    return [("", _("全部")), *((use, labels[use]) for use in USES)]


def _lines(actor: Actor, period: Period, snapshot: Snapshot) -> list[Line]:
    region = actor.region_code if actor.scope.region == EVERYWHERE else actor.scope.region
    asked = [
        (use, label, Request(key, period, region, actor.scope.bureau_id, (("use", use),) if use else ()))
        for use, _label in _uses()
        for key, label in MEASURES
    ]
    requests = [
        Request(one.indicator, one.period, one.region, one.bureau_id, one.filters, measure)
        for _use, _label, one in asked
        for measure in ("value", "yoy", "mom")
    ]
    found = evaluate(requests, by=actor, snapshot=snapshot)
    return [
        Line(use, label, found[place * 3], found[place * 3 + 1], found[place * 3 + 2], _url(one))
        for place, (use, label, one) in enumerate(asked)
        if use == "" or found[place * 3].rows
    ]


def _url(one: Request) -> str:
    query = {"of": filters_text(one.filters), "period": one.period.code, "region": one.region}
    return f"{reverse('figure', args=[one.indicator])}?{urlencode({name: value for name, value in query.items() if value})}"


def _months_before(period: Period, number: int) -> list[Period]:
    found = [period]
    while len(found) < number:
        found.append(found[-1].previous())
    return found[::-1]


def _drawn(actor: Actor, period: Period, snapshot: Snapshot) -> list[Point]:
    region = actor.region_code if actor.scope.region == EVERYWHERE else actor.scope.region
    months = _months_before(period, MONTHS_DRAWN)
    found = evaluate(
        [Request("market.new_homes.sold_area", one, region, actor.scope.bureau_id) for one in months], by=actor, snapshot=snapshot
    )
    return [
        Point(f"{one.start.year % 100:02d}.{one.start.month}", figure.value if figure.rows else None, figure.text, one == period)
        for one, figure in zip(months, found, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class StockLine:
    """What is for sale of one use now, and for how many months it would last at the pace of the stated months (去化周期)."""

    use: str
    units: int
    area: Decimal
    months: Decimal | None


def months_of_stock(area: Decimal, sold: Fraction, window: int) -> Decimal | None:
    """Stock area over mean monthly area sold in the window; None when nothing was sold (MK-14). One place, half-up."""
    if sold <= 0:
        return None
    exact = Fraction(area) / (sold / window)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _stock(actor: Actor, period: Period, snapshot: Snapshot) -> tuple[int, list[StockLine]]:
    region = actor.region_code if actor.scope.region == EVERYWHERE else actor.scope.region
    window = int(at("market.absorption.months", region, period.end).value)
    months = _months_before(period, window)
    span = Period.between(months[0].start, period.end)
    stock = property_queries.stock(actor.scope)
    sold = evaluate(
        [Request("market.new_homes.sold_area", span, region, actor.scope.bureau_id, (("use", one.use),)) for one in stock],
        by=actor,
        snapshot=snapshot,
    )
    labels = property_queries.use_labels()
    return window, [
        StockLine(labels.get(one.use, one.use), one.units, one.area, months_of_stock(one.area, figure.value or Fraction(0), window))
        for one, figure in zip(stock, sold, strict=True)
    ]
