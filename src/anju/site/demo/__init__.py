"""The sample bureau: a made-up county whose books give every figure of a half-year report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from anju.site.demo.books import make_books
from anju.site.demo.books.shelf import Book

if TYPE_CHECKING:
    from anju.kernel.access.actor import Actor

__all__ = ["Book", "load", "make_books"]


def load(
    progress: Callable[[str, int, int], None] | None = None,
    *,
    by: Actor,
    password: str,
    folder: Path | None = None,
    others: bool = False,
) -> None:
    """Enter the sample bureaus and import their books; see `loading.load`. Making books needs no database, so this is read late."""
    from anju.site.demo import loading

    loading.load(progress, by=by, password=password, folder=folder, others=others)
