"""Moving cells to the newest key, page by page. May be killed at any point and run again: it takes up what is left.

A page is one transaction of the database's owner in which the table's own triggers rest: the records do not change, only the cells they
lie in, so the journal, the guard of closed periods and append-only tables have nothing to say. The index a cell carries stays, and with
it every unique key and every figure. Each run that moved something leaves one entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from django.db import connections
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from anju.kernel.access.actor import Actor
from anju.kernel.crypto import blind, bulk, cells, using
from anju.kernel.crypto.keyring import KeyRing
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.journal.actions import action
from anju.kernel.privacy.places import Place, all_places

PAGE = 2_000

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Count:
    """Cells of one column: all of them and those of older keys."""

    place: Place
    cells: int
    older: int


def reencrypt(*, by: Actor, progress: Progress | None = None) -> int:
    """Bring every cell to the newest key; returns how many were moved. `progress(place, moved so far)` after each page.

    Needs `crypto.manage`. Raises AnjuError `crypto.altered` or `crypto.key_lost` at a cell that does not open; what was moved stays moved.
    """
    by.require("crypto.manage")
    ring = using.ring()
    moved: dict[str, int] = {}
    with _owner() as owner:
        try:
            for place in all_places():
                for number in _pages(owner, ring, place):
                    moved[place.cell.name] = moved.get(place.cell.name, 0) + number
                    if progress is not None:
                        progress(place.cell.name, moved[place.cell.name])
        finally:
            if moved:
                with action("crypto.reencrypt", by=by) as entry:
                    entry.data = {"version": ring.current.version, "moved": moved}
    return sum(moved.values())


def counts() -> list[Count]:
    """Every encrypted column with how many cells it has and how many still wait for the newest key."""
    version = using.ring().current.version.to_bytes(2, "big")
    found = []
    with _owner() as owner:
        for place in all_places():
            row = owner.execute(
                SQL("SELECT count({0}), count(*) FILTER (WHERE substring({0} from {1} for 2) <> {2}) FROM {3}").format(
                    Identifier(place.column), Literal(cells.VERSION_FROM), Literal(version), Identifier(place.table)
                )
            ).fetchone()
            found.append(Count(place, *(row or (0, 0))))
    return found


def verify_cells(progress: Progress | None = None) -> list[Problem]:
    """Open every cell and compare its index: what was altered or moved by hand in the database is named, at most 100 per column."""
    ring, problems = using.ring(), []
    with _owner() as owner:
        for place in all_places():
            last, seen, found = 0, 0, 0
            while page := owner.execute(_read(place, older=None), {"last": last, "page": PAGE}).fetchall():
                last, seen = page[-1][0], seen + len(page)
                for number in _broken(ring, place, page) if found < 100 else []:
                    found += 1
                    problems.append(Problem("crypto.altered", f"{place.table}:{number}", f"{place.label}的密文被改动过或挪动过。"))
                if progress is not None:
                    progress(place.cell.name, seen)
    return problems


def _broken(ring: KeyRing, place: Place, page: list[tuple[int, bytes]]) -> list[int]:
    numbers, found = [number for number, _cell in page], [bytes(cell) for _number, cell in page]
    try:
        values = bulk.unseal_many(ring, place.cell, found)
    except AnjuError:
        values = [_opened(ring, place, cell) for cell in found]
    expected = blind.index_many(ring, place.cell.kind, [value or "" for value in values])
    return [
        number
        for number, cell, value, index in zip(numbers, found, values, expected, strict=True)
        if value is None or (place.cell.indexed and cells.index_in(cell) != index)
    ]


def _opened(ring: KeyRing, place: Place, cell: bytes) -> str | None:
    try:
        return cells.unseal(ring, place.cell, cell)
    except AnjuError:
        return None


@contextmanager
def _owner() -> Iterator[psycopg.Connection]:
    with psycopg.connect(**connections["owner"].get_connection_params(), autocommit=True) as owner:
        yield owner


def _read(place: Place, older: bytes | None) -> Composed:
    condition: Composable = SQL("")
    if older is not None:
        condition = SQL(" AND substring({} from {} for 2) <> {}").format(
            Identifier(place.column), Literal(cells.VERSION_FROM), Literal(older)
        )
    return SQL("SELECT {0}, {1} FROM {2} WHERE {0} > %(last)s AND {1} IS NOT NULL{3} ORDER BY {0} LIMIT %(page)s").format(
        Identifier(place.primary_key), Identifier(place.column), Identifier(place.table), condition
    )


def _pages(owner: psycopg.Connection, ring: KeyRing, place: Place) -> Iterator[int]:
    """Move the old cells of one column, a page at a time; gives the number moved in each."""
    older = ring.current.version.to_bytes(2, "big")
    table, column, key = Identifier(place.table), Identifier(place.column), Identifier(place.primary_key)
    # Only where the cell is still the one that was read: a row somebody writes meanwhile has the newest key already.
    write = SQL("UPDATE {0} t SET {1} = n.fresh FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[]) AS n (id, old, fresh)").format(
        table, column
    ) + SQL(" WHERE t.{0} = n.id AND t.{1} = n.old").format(key, column)
    last = 0
    while page := owner.execute(_read(place, older), {"last": last, "page": PAGE}).fetchall():
        last = page[-1][0]
        old = [bytes(cell) for _number, cell in page]
        fresh = bulk.seal_many(ring, place.cell, bulk.unseal_many(ring, place.cell, old))
        with owner.transaction():
            owner.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
            moved = owner.execute(write, [[number for number, _cell in page], old, fresh]).rowcount
            owner.execute(SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
        yield moved
