"""What the benchmarks share: an ANJU_HOME of their own, a server in it, and a clock."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def own_home() -> Iterator[Path]:
    """A new, empty ANJU_HOME with Django ready, without a database."""
    with _empty_home() as home:
        _set_up()
        yield home


@contextmanager
def own_server() -> Iterator[tuple[Path, Any]]:
    """The same with a server of its own, durable settings and every table; yields the home and the server's addresses."""
    with _empty_home() as home:
        os.environ.pop("DATABASE_URL", None)
        from anju.kernel.database.server import ensure_running

        addresses = ensure_running(home)
        _set_up()
        from anju.site.installation import bring_up_to_date

        bring_up_to_date()
        yield home, addresses


def seconds(work: Callable[[], Any]) -> float:
    """How long one call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


@contextmanager
def _empty_home() -> Iterator[Path]:
    # The server may still be writing its last files while the folder goes.
    with tempfile.TemporaryDirectory(prefix="anju-benchmark-", ignore_cleanup_errors=True) as home:
        os.environ["ANJU_HOME"] = home
        yield Path(home)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.site.settings")
    import django

    django.setup()
