"""Refreshes wait for each other, and one that is killed leaves the earlier snapshot current and whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from anju.kernel.access.actor import Actor
from anju.kernel.database.server import APP_URL
from anju.kernel.figures import snapshots
from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.facts import Fact
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.tests import samples

AMOUNT = Aggregate("sample_sale", "sum", "amount")


def files(home: Path) -> set[Path]:
    return {path for path in (home / "snapshots").glob("*/*") if path.is_file()}


@pytest.mark.parametrize("after", [1, 2])
def test_killed_between_facts(sales: dict[str, Fact], fresh_db: str, own_home: Path, system: Actor, after: int) -> None:
    (number,) = samples.add(system, samples.sale(amount=1))
    before = snapshots.refresh(facts=sales)
    written = files(own_home)
    samples.change(system, number, amount=2)
    address = urlsplit(os.environ[APP_URL])._replace(path=f"/{fresh_db}").geturl()
    died = subprocess.run(
        [sys.executable, "-m", "anju.kernel.figures.tests.dying", str(after)],
        env={**os.environ, APP_URL: address},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    assert files(own_home) > written
    assert snapshots.current() == before
    assert DuckDBEngine(snapshots.current()).run([AMOUNT])[0].value == 1
    # The lock died with the process, and the next refresh finishes the work.
    latest = snapshots.refresh(facts=sales)
    assert DuckDBEngine(latest).run([AMOUNT])[0].value == 2
    later = latest.taken_at + timedelta(days=1)
    snapshots.prune(now=later)
    assert len(files(own_home)) == 1
    snapshots.verify(latest)


def test_two_at_once_make_the_same(sales: dict[str, Fact], system: Actor) -> None:
    samples.add(system, *[samples.sale(amount=number) for number in range(50)])

    def refresh(_: int) -> str:
        try:
            return snapshots.refresh(facts=sales).digest
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        digests = set(pool.map(refresh, range(8)))
    assert len(digests) == 1
    assert Snapshot.objects.count() == 1
