"""Take the sample bureaus' books in, by the same road as everybody's: prepare, look at what is wrong, confirm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from anju.kernel.access.actor import Actor
from anju.kernel.database.home import subfolder
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.ledgers import catalogue, imports
from anju.site.demo import bureaus
from anju.site.demo.books import make_books
from anju.site.demo.books.shelf import Book
from anju.site.demo.bureaus import settling
from anju.site.demo.people_in_post import settle

MAX_PROBLEMS = 20
Progress = Callable[[str, int, int], None]


def load(
    progress: Progress | None = None,
    *,
    by: Actor,
    password: str,
    folder: Path | None = None,
    others: bool = False,
) -> None:
    """Enter the sample regions, bureaus and people, then import the books, each as a clerk of its bureau.

    `folder`: where the books are written, ANJU_HOME/sample by default. `progress(title, done, total)` is told before each book.
    `others`: also the district, the county and the two cities of `bureaus`. Loading again adds nothing and renews the passwords
    of the demo users.
    """
    clerks = settle(by=by, password=password)
    folder = folder or subfolder("sample")
    books = make_books(folder)
    if others:
        clerks |= settling.settle(by=by, password=password)
        books += bureaus.make_books(folder / "bureaus")
    for done, book in enumerate(books):
        if progress is not None:
            progress(book.title, done, len(books))
        take_in(book, by=clerks[book.bureau_code])
    if progress is not None:
        progress("", len(books), len(books))


def take_in(book: Book, *, by: Actor) -> int:
    """Import one book whole; returns how many records it added. Raises AnjuError with its first problems when a row is wrong."""
    batch = imports.prepare_import(catalogue.get(book.ledger), book.path, by=by)
    if batch.state == batch.State.CONFIRMED:
        return 0
    if batch.state == batch.State.BLOCKED or batch.wrong:
        problems = [
            Problem(issue.code, f"{book.path.name} {issue.sheet} {issue.cell}", issue.what, issue.advice)
            for issue in imports.issues(batch, 0, MAX_PROBLEMS)
        ]
        raise AnjuError(problems or Problem("demo.book_refused", book.path.name, "账册不能导入。"))
    return imports.confirm_import(batch.pk, by=by, accept_confirmations=True).added
