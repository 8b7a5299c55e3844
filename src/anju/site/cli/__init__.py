"""The `anju` command: one file per subject, assembled here."""

from anju.site.cli.main import main

__all__ = ["main"]
