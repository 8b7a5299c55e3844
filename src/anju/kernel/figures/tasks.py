"""Jobs of the figures; the worker that `anju serve` starts runs them."""

from __future__ import annotations

from procrastinate.contrib.django import app

from anju.kernel.figures import snapshots


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="figures.prune")
def prune_snapshots(timestamp: int) -> int:
    """Remove superseded snapshots and files nobody names, every night; returns files removed. `timestamp`: when it was due, unused."""
    return snapshots.prune()
