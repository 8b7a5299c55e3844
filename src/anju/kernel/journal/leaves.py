"""Entries, changes and bulk inserts as a single ordered run of leaves: each row's position and its canonical text.

The text names its columns one by one, so that a later column does not change what was sealed.
"""

from __future__ import annotations

import heapq
import struct
from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

_KEY = struct.Struct(">QBQ")

_ENTRIES = """
    SELECT transaction, id, 'E' || jsonb_build_object(
        'id', id, 'parent_id', parent_id, 'transaction', transaction,
        'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'verb', verb, 'actor_name', actor_name, 'staff_id', staff_id, 'region_code', region_code, 'bureau_id', bureau_id,
        'subject', subject, 'reason', reason, 'data', data, 'key', key)::text
    FROM journal_entry
    WHERE (transaction, id) >= (%s, %s) AND (transaction, id) < (%s, %s)
    ORDER BY transaction, id
"""
_CHANGES = """
    SELECT transaction, id, 'C' || jsonb_build_object(
        'id', id, 'entry_id', entry_id, 'transaction', transaction, 'table', "table", 'row', row, 'operation', operation,
        'before', before, 'after', after, 'region_code', region_code, 'bureau_id', bureau_id)::text
    FROM journal_change
    WHERE (transaction, id) >= (%s, %s) AND (transaction, id) < (%s, %s)
    ORDER BY transaction, id
"""
# The images follow as they were stored: a quarter of a megabyte is neither parsed nor escaped.
_BULKS = """
    SELECT transaction, id, 'B' || jsonb_build_object(
        'id', id, 'entry_id', entry_id, 'transaction', transaction, 'table', "table", 'primary_key', primary_key,
        'row_first', row_first, 'row_last', row_last, 'rows', rows, 'region_code', region_code, 'bureau_id', bureau_id)::text || images
    FROM journal_bulk
    WHERE (transaction, id) >= (%s, %s) AND (transaction, id) < (%s, %s)
    ORDER BY transaction, id
"""

ENTRY, CHANGE, BULK = 0, 1, 2
_QUERIES = {ENTRY: (_ENTRIES, 5000), CHANGE: (_CHANGES, 5000), BULK: (_BULKS, 20)}
"""Each kind's query and how many rows of it are fetched at once."""


class Position(NamedTuple):
    """Where a leaf stands: by transaction, then entries before changes before bulk inserts, then by number."""

    transaction: int
    kind: int
    id: int


BEGINNING = Position(0, 0, 0)

# The snapshot is taken before the locks are looked at: a transaction that cannot be shown to belong elsewhere counts as ours.
_HORIZON = """
    WITH elsewhere AS (
        SELECT l.transactionid FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
          AND a.datid <> (SELECT oid FROM pg_database WHERE datname = current_database())
    )
    SELECT least(
        pg_current_xact_id_if_assigned()::text::bigint,
        coalesce(
            (SELECT min(running::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) running
             WHERE running::xid NOT IN (SELECT transactionid FROM elsewhere)),
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint))
"""


class Leaf(NamedTuple):
    """One entry, change or bulk insert with its canonical text (`E{...}`, `C{...}` or `B{...}{images}`)."""

    position: Position
    text: str


def leaves(start: Position, until: Position) -> Iterator[Leaf]:
    """The leaves from `start` (inclusive) to `until` (exclusive), in order, streamed. Inside a transaction only."""
    return heapq.merge(*(_rows(kind, start, until) for kind in _QUERIES))


def horizon() -> Position:
    """Every transaction of this database before this one has ended: nothing can still appear in front of it.

    Numbers are drawn for the whole server; a long transaction in a neighbouring database must not hold this one up.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON)
        return Position(int(cursor.fetchone()[0]), 0, 0)


def pack(positions: list[Position]) -> bytes:
    """Positions as 17 bytes each."""
    return b"".join(_KEY.pack(*position) for position in positions)


def unpack(packed: bytes) -> list[Position]:
    """The positions of `pack`."""
    return [Position(*fields) for fields in _KEY.iter_unpack(packed)]


def _rows(kind: int, start: Position, until: Position) -> Iterator[Leaf]:
    query, at_once = _QUERIES[kind]
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, [*_bound(start, kind), *_bound(until, kind)])
        while rows := cursor.fetchmany(at_once):
            for transaction, number, text in rows:
                yield Leaf(Position(transaction, kind, number), text)


def _bound(position: Position, kind: int) -> tuple[int, int]:
    """The first (transaction, id) of this kind that is not before the position."""
    if kind == position.kind:
        return position.transaction, position.id
    return (position.transaction, 0) if kind > position.kind else (position.transaction + 1, 0)
