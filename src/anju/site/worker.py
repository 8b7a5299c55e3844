"""The worker: runs background jobs (sealing the journal, pruning snapshots) beside the pages."""

from __future__ import annotations

from procrastinate.contrib.django import app

from anju.site import lifeline


def run_worker() -> None:
    """Work until a signal ends the process, or the site it belongs to is gone."""
    lifeline.hold()
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(concurrency=1, install_signal_handlers=True)
