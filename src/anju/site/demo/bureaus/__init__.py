"""Four more made-up bureaus, of a district, a county and two cities, whose books give every figure of their work reports."""

from __future__ import annotations

from pathlib import Path

from anju.site.demo.books.shelf import Book, Shelf
from anju.site.demo.bureaus import lingchuan, linxi, shuoquan, yunting
from anju.site.demo.bureaus.desk import Desk

__all__ = ["make_books"]

SEED = 2023
MAKERS = (linxi.fill, yunting.fill, shuoquan.fill, lingchuan.fill)
"""Each fills the desks of one report's bureaus."""


def make_books(folder: Path, *, seed: int = SEED) -> list[Book]:
    """Write the books of these bureaus into `folder`, what is referred to first. The same seed writes the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    shelf = Shelf(folder, seed)
    desks: list[Desk] = [desk for fill in MAKERS for desk in fill(seed)]
    return [book for desk in desks for book in desk.books(shelf)]
