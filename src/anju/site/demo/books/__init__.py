"""The books of the sample bureaus, in the order they must be imported: what is referred to comes first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from anju.site.demo.books import (
    certificates,
    deliveries,
    deregistrations,
    developments,
    existing_homes,
    new_workers,
    party_work,
    policies,
    public_rentals,
    queries,
    rent_subsidies,
    rewards,
    sale_contracts,
    talents,
    units,
    withdrawals,
)
from anju.site.demo.books.shelf import Book, Maker, Shelf

SEED = 2023

MAKERS: tuple[Maker, ...] = (
    policies.make,
    new_workers.make,
    rent_subsidies.make,
    public_rentals.make,
    talents.make,
    developments.make,
    sale_contracts.make,
    withdrawals.make,
    deliveries.make,
    rewards.make,
    units.make,
    existing_homes.make,
    deregistrations.make,
    certificates.make,
    queries.make,
    party_work.make,
)


def make_books(folder: Path, progress: Callable[[str], None] | None = None, *, seed: int = SEED) -> list[Book]:
    """Write the books of all sample bureaus into `folder`, in the order they must be imported. The same seed writes the same files."""
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
