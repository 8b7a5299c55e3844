"""Rows of facts from PostgreSQL into segments, over ADBC, inside one read-only database snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from anju.kernel.figures import segments
from anju.kernel.figures.facts import Fact, Source
from anju.kernel.figures.manifest import BUCKET_IDS, Segment
from anju.kernel.figures.views import select

REFRESH_LOCK = 7262105


@contextmanager
def reading() -> Iterator[Any]:
    """A cursor of a fresh ADBC connection that sees everything as of one moment; one refresh or pruning at a time per database.

    The connection is the application's own (it owns no table) in the scope of the system. The lock goes with the connection, so a
    killed process leaves none behind.
    """
    connection = adbc.connect(_address(), autocommit=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET anju.region = '*'")
            cursor.execute(f"SELECT pg_advisory_lock({REFRESH_LOCK})")
            cursor.fetchall()
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield cursor
            cursor.execute("COMMIT")
    finally:
        connection.close()


def _address() -> str:
    given = connections["default"].get_connection_params()
    kept = {name: given[name] for name in ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert") if given.get(name)}
    return make_conninfo(**kept)


def export(cursor: Any, fact: Fact, source: Source, buckets: Iterable[int] | None) -> list[Segment]:
    """Write the segments of these buckets (None: all, in one pass) and return those that have rows, by bucket."""
    made: list[Segment] = []
    for first, last in [(None, None)] if buckets is None else _runs(buckets):
        made += _export_run(cursor, fact, source, first, last)
    return made


def _runs(buckets: Iterable[int]) -> Iterator[tuple[int, int]]:
    # Neighbouring buckets are read by one statement.
    ordered = sorted(buckets)
    begin = 0
    for at, bucket in enumerate(ordered):
        if at + 1 == len(ordered) or ordered[at + 1] != bucket + 1:
            yield ordered[begin], bucket
            begin = at + 1


def _export_run(cursor: Any, fact: Fact, source: Source, first: int | None, last: int | None) -> list[Segment]:
    cursor.execute(_statement(fact, source, first, last))
    shape = segments.schema(fact.kinds())
    made: list[Segment] = []
    open_bucket: int | None = None
    held: list[pa.RecordBatch] = []

    def close() -> None:
        if open_bucket is not None and held:
            made.append(segments.write(fact.name, source.table, open_bucket, pa.Table.from_batches(held, schema=shape)))
            held.clear()

    for batch in cursor.fetch_record_batch():
        for bucket, rows in _by_bucket(_shaped(batch, shape)):
            if bucket != open_bucket:
                close()
                open_bucket = bucket
            held.append(rows)
    close()
    return made


def _statement(fact: Fact, source: Source, first: int | None, last: int | None) -> str:
    inside: sql.Composable = sql.SQL("")
    if first is not None and last is not None:
        inside = sql.SQL(" AND id >= {} AND id < {}").format(sql.Literal(first * BUCKET_IDS), sql.Literal((last + 1) * BUCKET_IDS))
    return sql.Composed([select(fact, source), inside, sql.SQL(" ORDER BY id")]).as_string(None)


def _shaped(batch: pa.RecordBatch, shape: pa.Schema) -> pa.RecordBatch:
    # Drops the driver's own field metadata, which would otherwise end up in the files.
    return pa.RecordBatch.from_arrays([batch.column(i).cast(each.type) for i, each in enumerate(shape)], schema=shape)


def _by_bucket(batch: pa.RecordBatch) -> Iterator[tuple[int, pa.RecordBatch]]:
    ids = batch.column("record_id")
    begin = 0
    while begin < batch.num_rows:
        bucket = ids[begin].as_py() // BUCKET_IDS
        rest = ids.slice(begin)
        # Ids ascend, so the rows of this bucket are a prefix of the rest.
        length = pc.sum(pc.less(rest, (bucket + 1) * BUCKET_IDS)).as_py()
        yield bucket, batch.slice(begin, length)
        begin += length
