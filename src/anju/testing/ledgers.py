"""Ledgers that exist only in a test, written as a page of YAML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from anju.kernel.ledgers import tables
from anju.kernel.ledgers.catalogue import declared_also, read_ledger
from anju.kernel.ledgers.declaration import Ledger


@contextmanager
def declare_for_test(*pages: str) -> Iterator[tuple[Ledger, ...]]:
    """Declare these ledgers and make their tables in the database the connections point at; a referenced ledger comes first.

    Use it with `fresh_db`, whose database goes away. With `db` the tables stay until the run ends: give such a ledger a name of its own.
    """
    ledgers = tuple(read_ledger(page, file="test.yaml", slice="test") for page in pages)
    with declared_also(ledgers):
        tables.sync(ledgers=ledgers)
        yield ledgers
