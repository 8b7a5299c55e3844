"""Records as a list reads them: light, immutable, by field name. A page of fifty is built several times a second by everybody."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

from django.db import connection
from psycopg.sql import SQL, Composable, Identifier

from anju.kernel.ledgers import personal
from anju.kernel.ledgers.declaration import Ledger

LISTED = ("id", "region_code", "bureau_id", "batch_id", "origin", "version")
"""The system columns a list row carries. Its times are read with the record alone: parsing them costs as much as the rest of a page."""

_shapes: dict[str, tuple[Ledger, type[Any], list[str], Composable]] = {}


def fetch(ledger: Ledger, conditions: Composable, order: Composable, number: int) -> list[Any]:
    """At most `number` records that meet the conditions, in order. Each has `pk`, the LISTED columns and every field, typed."""
    shape, names, columns = _shape(ledger)
    statement = SQL("SELECT {} FROM {} WHERE {} ORDER BY {} LIMIT {}").format(
        columns, Identifier(ledger.table), conditions, order, SQL(str(int(number)))
    )
    return [shape._make(row) for row in personal.with_values(ledger, names, run(statement))]


def run(statement: Composable) -> list[tuple[Any, ...]]:
    """The rows of a composed statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection))
        return list(cursor.fetchall())


def _shape(ledger: Ledger) -> tuple[type[Any], list[str], Composable]:
    known = _shapes.get(ledger.name)
    if known is None or known[0] is not ledger:
        names = [*LISTED, *(one.name for one in ledger.fields)]
        plain = namedtuple(f"Row_{ledger.name}", names)  # type: ignore[misc]
        shape = type(plain.__name__, (plain,), {"__slots__": (), "pk": property(lambda row: row.id)})
        columns = SQL(SQL(", ").join(Identifier(name) for name in names).as_string(None))
        known = _shapes[ledger.name] = ledger, shape, names, columns
    return known[1], known[2], known[3]
