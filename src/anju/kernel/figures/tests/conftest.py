from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.figures.facts import Fact
from anju.kernel.figures.tests import figure_samples, samples
from anju.kernel.journal.actions import action
from anju.testing.factories import RegionFactory, make_city


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An ANJU_HOME of this test alone, so that removing files harms nobody."""
    monkeypatch.setenv("ANJU_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def sales(fresh_db: str, own_home: Path) -> Iterator[dict[str, Fact]]:
    """A committed, empty table of sales that is the fact `sample_sale`."""
    samples.make_table()
    with samples.declared(samples.sample_fact()) as facts:
        yield facts


@pytest.fixture
def market(sales: dict[str, Fact], own_home: Path, system: Actor) -> Iterator[Actor]:
    """Sample sales with indicators over them, in four counties of 云川市; yields the system actor."""
    with using_scope(Scope.system()):
        make_city()
        with action("testing.more_counties", by=system):
            RegionFactory(code="990123", name="南塘县")
            RegionFactory(code="990124", name="北河县")
    with figure_samples.indicators(own_home):
        yield system
