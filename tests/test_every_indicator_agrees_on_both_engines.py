"""Every shipped indicator, over the sample county's books, is the same on the snapshot and on the records themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.figures import snapshots
from anju.kernel.figures.catalogue import all_indicators, catalogue
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.engines.postgres import PostgresEngine
from anju.kernel.figures.indicators import Measure
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.figures.series import breakdown, by_region
from anju.testing.sample import Sample

PERIODS = [Period.parse(code) for code in ("2022", "2022H1", "2023H1", "2023Q1", "2023Q2", "2023-06", "2023-01-01..2023-05-15")]
MEASURES: list[Measure] = ["value", "yoy", "mom", "change"]
CITY = Actor("云川市读者", Scope("9901"))


@pytest.fixture(scope="module")
def snapshot(sample_county_to_read: Sample) -> Iterator[Snapshot]:
    with using_scope(Scope.system()):
        yield snapshots.refresh()


def kept(snapshot: Snapshot) -> list[str]:
    """The indicators over books in which the sample city has rows."""
    facts = snapshot.manifest.facts
    return [key for key, one in all_indicators().items() if all(facts[str(leaf.fact)].rows for leaf in catalogue().leaves(one))]


def test_every_indicator_in_every_period(sample_county_to_read: Sample, snapshot: Snapshot) -> None:
    differing, values = [], 0
    for period in PERIODS:
        # Over books the county does not keep there is nothing to tell one period from another.
        keys = all_indicators() if period.code == "2023H1" else kept(snapshot)
        requests = [Request(key, period, "990121", measure=measure) for key in keys for measure in MEASURES]
        on_snapshot = evaluate(requests, by=sample_county_to_read.by, snapshot=snapshot, engine=DuckDBEngine(snapshot))
        on_records = evaluate(requests, by=sample_county_to_read.by, snapshot=snapshot, engine=PostgresEngine())
        differing += [first.reference for first, second in zip(on_snapshot, on_records, strict=True) if first != second]
        values += sum(1 for figure in on_snapshot if figure.value)
    assert differing == []
    assert values


def test_every_county_and_every_rank(sample_county_to_read: Sample, snapshot: Snapshot) -> None:
    h1 = PERIODS[2]
    for key in kept(snapshot):
        both = [by_region(key, h1, "9901", by=CITY, measure="rank", engine=engine) for engine in (DuckDBEngine(snapshot), PostgresEngine())]
        assert both[0] == both[1]


def test_every_flow_adds_up_over_quarters_counties_and_uses(sample_county_to_read: Sample, snapshot: Snapshot) -> None:
    """Invariant 6 over the real catalogue, and the same along regions and choices."""
    h1, q1, q2 = PERIODS[2:5]
    known = all_indicators()
    flows = [key for key in kept(snapshot) if known[key].kind in ("count", "sum") and (time := known[key].time) and time.kind == "flow"]
    requests = [Request(key, period, "9901") for key in flows for period in (h1, q1, q2)]
    figures = iter(evaluate(requests, by=CITY, snapshot=snapshot))
    for key, half, first, second in zip(flows, figures, figures, figures, strict=True):
        assert half.value == (first.value or 0) + (second.value or 0), key
        counties = by_region(key, h1, "9901", by=CITY, snapshot=snapshot)
        assert half.value == sum(figure.value or 0 for _, figure in counties), key
    for key in flows:
        if catalogue().get(key).fact == "sale_contract":
            uses = breakdown(key, "use", h1, "9901", by=CITY, snapshot=snapshot)
            whole = evaluate([Request(key, h1, "9901")], by=CITY, snapshot=snapshot)[0]
            assert whole.value == sum(figure.value or 0 for _, figure in uses), key


def test_cumulative_figures_never_fall(sample_county_to_read: Sample, snapshot: Snapshot) -> None:
    """Invariant 5 over the real catalogue, from 2022 on month by month."""
    months = [Period.month(2022 + number // 12, number % 12 + 1) for number in range(18)]
    known = all_indicators()
    keys = [key for key in kept(snapshot) if (time := known[key].time) and (time.kind, time.since) == ("cumulative", "beginning")]
    figures = evaluate([Request(key, month, "9901") for key in keys for month in months], by=CITY, snapshot=snapshot)
    for position, key in enumerate(keys):
        values = [figure.value or 0 for figure in figures[position * 18 : (position + 1) * 18]]
        assert values == sorted(values), key
