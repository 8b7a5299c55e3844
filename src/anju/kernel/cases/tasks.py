"""Jobs of casework; the worker that `anju serve` starts runs them."""

from __future__ import annotations

from procrastinate.contrib.django import app

from anju.kernel.cases.sweeping import sweep


@app.periodic(cron="10 0 * * *")
@app.task(queueing_lock="cases.sweep")
def sweep_cases(timestamp: int) -> dict[str, int]:
    """What time does to cases, shortly after midnight; returns how many of each. `timestamp`: when it was due, unused."""
    return sweep()
