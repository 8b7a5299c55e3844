"""Work done at the same time: threads with sessions of their own, and whole processes that may be killed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from anju.kernel.database.server import APP_URL, Addresses, ensure_running


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run each in its own thread and session; the outcomes, exceptions among them, in order."""
    from django.db import connections

    outcomes: list[object] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(index: int, work: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            outcomes[index] = work()
        except Exception as error:
            outcomes[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index, work)) for index, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return outcomes


def process(script: Path, *arguments: object, database: str) -> subprocess.Popen[bytes]:
    """Start a Python script of a test as a process of its own on this database, its output in a pipe."""
    address = urlsplit(os.environ[APP_URL])._replace(path=f"/{database}").geturl()
    return subprocess.Popen(
        [sys.executable, str(script), *map(str, arguments)],
        env={**os.environ, APP_URL: address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def install() -> Addresses:
    """In a process of its own: start the server of this ANJU_HOME, set Django up and bring the installation up to date."""
    addresses = ensure_running(Path(os.environ["ANJU_HOME"]))
    import django

    django.setup()
    from anju.site.installation import bring_up_to_date

    bring_up_to_date()
    return addresses
