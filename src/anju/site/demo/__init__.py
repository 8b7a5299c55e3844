"""The sample bureau: a made-up county whose books give every figure of a half-year report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from anju.site.demo.books import MAKERS
from anju.site.demo.books.shelf import Book, Shelf

SEED = 2023


def make_books(folder: Path, progress: Callable[[str], None] | None = None, *, seed: int = SEED) -> list[Book]:
    """Write the books of all sample bureaus into `folder`, in the order they must be imported. The same seed writes the same rows."""
    folder.mkdir(parents=True, exist_ok=True)
    shelf = Shelf(folder, seed)
    books: list[Book] = []
    for make in MAKERS:
        made = make(shelf)
        books += made
        if progress is not None:
            for book in made:
                progress(book.title)
    return books
