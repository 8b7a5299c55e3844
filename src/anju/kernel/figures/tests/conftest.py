from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from anju.kernel.figures.facts import Fact
from anju.kernel.figures.tests import samples


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
