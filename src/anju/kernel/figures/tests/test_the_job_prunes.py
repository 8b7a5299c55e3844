"""The nightly job runs as the application's role, through the real queue."""

from __future__ import annotations

import os
import time
from pathlib import Path

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from anju.kernel.access.actor import Actor
from anju.kernel.figures import snapshots
from anju.kernel.figures.facts import Fact
from anju.kernel.figures.tasks import prune_snapshots
from anju.kernel.figures.tests import samples
from anju.testing.jobs import work_once


def test_a_job_on_the_queue_removes_what_nobody_names(sales: dict[str, Fact], system: Actor, own_home: Path) -> None:
    samples.add(system, samples.sale(amount=1))
    snapshot = snapshots.refresh(facts=sales)
    folder = own_home / "snapshots" / "sample_sale"
    (named,) = folder.glob("*.parquet")
    unnamed = folder / f"{'0' * 64}.parquet"
    unnamed.write_bytes(b"left by a refresh that was killed")
    long_ago = time.time() - 2 * snapshots.KEEP.total_seconds()
    for path in (named, unnamed):
        os.utime(path, (long_ago, long_ago))
    prune_snapshots.defer(timestamp=0)
    work_once()
    assert list(folder.iterdir()) == [named]
    snapshots.verify(snapshot)
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"succeeded"}


def test_it_is_due_once_a_night_and_never_waits_twice() -> None:
    periodic = [task for task in app.periodic_registry.periodic_tasks.values() if task.task.name == prune_snapshots.name]
    assert [(task.cron, task.task.queueing_lock) for task in periodic] == [("20 3 * * *", "figures.prune")]


def test_the_worker_finds_the_jobs_of_every_room() -> None:
    assert {"anju.kernel.figures.tasks.prune_snapshots", "anju.kernel.journal.tasks.seal_journal"} <= set(app.tasks)
