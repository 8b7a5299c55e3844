"""From an address to the figure it asks for: reference, period, region and snapshot, within the reader's scope."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import EVERYWHERE
from anju.kernel.figures import snapshots
from anju.kernel.figures.compute import current_snapshot
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.indicators import Measure
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.planning import Request
from anju.kernel.figures.references import filters_text, measure_text, parse_name
from anju.site.pages.reporting_period import current_period
from anju.ui.requests import ActedRequest

FRESH_SECONDS = 20.0
_lock = threading.Lock()
_refreshed: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure somebody wants to see. `pinned`: the address named the snapshot (a frozen report's), so nothing newer may be read."""

    request: Request
    snapshot: Snapshot
    pinned: bool

    @property
    def link_query(self) -> str:
        """The query that asks for the same figure again."""
        return figure_query(self.request, self.snapshot.pk if self.pinned else None)


def read_asked(request: ActedRequest, key: str) -> Asked:
    """The figure an address names: `?of=[batch=10]#yoy&period=&region=&snapshot=`; all optional."""
    name = parse_name(key + request.GET.get("of", ""))
    period = name.period_in(current_period(request))
    number = request.GET.get("snapshot", "")
    pinned = number.isdigit()
    bureau = request.GET.get("bureau", "")
    asked = Request(
        name.key,
        period,
        request.GET.get("region") or home_region(request.actor),
        int(bureau) if bureau.isdigit() else request.actor.scope.bureau_id,
        name.filters,
        name.measure,
    )
    return Asked(asked, snapshots.get(int(number)) if pinned else fresh_snapshot(), pinned)


def home_region(actor: Actor) -> str:
    """The region a reader's figures are about: the root of the scope, the bureau's own for one who sees everything."""
    return actor.region_code if actor.scope.region == EVERYWHERE else actor.scope.region


def fresh_snapshot() -> Snapshot:
    """The books as they are, at most 20 seconds ago; incremental, so a quiet database costs one look at the journal."""
    with _lock:
        snapshot = current_snapshot()
        database = snapshot.origin
        if time.monotonic() - _refreshed.get(database, -FRESH_SECONDS) < FRESH_SECONDS:
            return snapshot
        snapshot = snapshots.refresh()
        _refreshed.clear()
        _refreshed[snapshot.origin] = time.monotonic()
        return snapshot


def forget_freshness() -> None:
    """The books have just changed: look again at the next question."""
    _refreshed.clear()


def figure_query(request: Request, snapshot: int | None = None, *, measure: Measure | None = None) -> str:
    """The query of a figure's address."""
    suffix = filters_text(request.filters) + measure_text(measure or request.measure)
    pairs = [("of", suffix), ("period", request.period.code), ("region", request.region), ("snapshot", str(snapshot or ""))]
    return urlencode([(name, value) for name, value in pairs if value])


def figure_link(figure: Figure, snapshot: int | None = None) -> str:
    """The address of a figure."""
    asked = Request(figure.key, figure.period, figure.region, figure.bureau_id, figure.filters, figure.measure)
    return f"{reverse('figure', args=[figure.key])}?{figure_query(asked, snapshot)}"
