"""Background jobs in tests: through the real queue, as the application's role."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from procrastinate.contrib.django import app


def work_once() -> None:
    """Do every job that waits in the queue, as the worker of `anju serve` would, and return."""
    # In a thread of its own: the worker brings its event loop, and a browser test may have left one in this thread.
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(_work).result()


def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
