"""Jobs of the journal; the worker that `anju serve` starts runs them."""

from __future__ import annotations

from procrastinate.contrib.django import app

from anju.kernel.journal.sealing import seal


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="journal.seal")
def seal_journal(timestamp: int) -> int:
    """Seal what has ended, every five minutes; returns the number of new blocks. `timestamp`: when the run was due, unused."""
    return len(seal())
