"""What every command needs first: the database running, Django set up, the tables up to date."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

from rich.console import Console

WIDE = 160

# A table in a pipe or a log is read later, on another screen: give it room.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDE)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def choose_home(home: Path | None) -> None:
    """Use this folder as ANJU_HOME for the process and its children."""
    if home is not None:
        os.environ["ANJU_HOME"] = str(home.expanduser().resolve())


def boot(*, quiet: bool = True) -> None:
    """Start the database and Django, then bring the tables up to date. Raises AnjuError when the database does not start."""
    from anju.kernel.database.server import ensure_running

    def say(line: str) -> None:
        if not quiet:
            err.print(f"[dim]· {line}[/]")

    say("启动数据库")
    ensure_running()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.site.settings")
    warnings.simplefilter("ignore", DeprecationWarning)
    import django

    django.setup()
    from anju.site.installation import bring_up_to_date

    bring_up_to_date(say)
