"""Which buckets of which tables changed since an earlier snapshot: the journal knows."""

from __future__ import annotations

from typing import Any

from psycopg import sql

from anju.kernel.figures.manifest import BUCKET_IDS


def origin(cursor: Any) -> str:
    """Cluster and database: transaction numbers mean nothing across them."""
    cursor.execute(
        "SELECT system_identifier::text || '/' || (SELECT oid::text FROM pg_database WHERE datname = current_database())"
        " FROM pg_control_system()"
    )
    return str(cursor.fetchone()[0])


def moment(cursor: Any) -> tuple[str, Any]:
    """The snapshot this transaction reads, as text, and its time."""
    cursor.execute("SELECT pg_current_snapshot()::text, transaction_timestamp()")
    visible, at = cursor.fetchone()
    return str(visible), at


def changed_buckets(cursor: Any, tables: set[str], since: str) -> dict[str, set[int]]:
    """Per table the buckets with a row whose journaled change is visible here and was not visible in the snapshot `since`."""
    found: dict[str, set[int]] = {}
    bucket = sql.SQL("(row::bigint / {})").format(sql.Literal(BUCKET_IDS))
    for table, number in _changes(cursor, tables, since, bucket):
        found.setdefault(str(table), set()).add(int(number))
    return found


def changed_tables(cursor: Any, tables: set[str], since: str) -> set[str]:
    """Those of the tables that changed at all, whatever their primary key looks like."""
    return {str(table) for table, _ in _changes(cursor, tables, since, sql.SQL("0::bigint"))}


def _changes(cursor: Any, tables: set[str], since: str, bucket: sql.Composable) -> list[tuple[Any, Any]]:
    if not tables:
        return []
    # The first comparison lets the indexes on transaction skip everything older than any change that was open then.
    # A chunk of a bulk insert is narrower than a bucket: its first and last row name every bucket it reaches into.
    statement = sql.SQL(
        'SELECT "table"::text, {bucket} FROM journal_change WHERE {later} GROUP BY 1, 2'
        ' UNION SELECT "table"::text, {bucket}'
        " FROM journal_bulk, LATERAL (VALUES (row_first), (row_last)) reach (row) WHERE {later} GROUP BY 1, 2"
    ).format(
        bucket=bucket,
        later=sql.SQL(
            '"table" IN ({tables}) AND transaction >= pg_snapshot_xmin({since}::pg_snapshot)::text::bigint'
            " AND NOT pg_visible_in_snapshot(transaction::text::xid8, {since}::pg_snapshot)"
        ).format(tables=sql.SQL(", ").join(sql.Literal(table) for table in sorted(tables)), since=sql.Literal(since)),
    )
    cursor.execute(statement.as_string(None))
    return list(cursor.fetchall())
