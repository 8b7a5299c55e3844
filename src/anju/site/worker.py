"""The worker: runs background jobs (sealing the journal, pruning snapshots) beside the pages."""

from __future__ import annotations

from procrastinate.contrib.django import app


def run_worker() -> None:
    """Work until a signal ends the process."""
    app.run_worker(concurrency=1, install_signal_handlers=True)
