"""The view a kept ledger is read through: the fields and system columns of its declaration over the tables of its keeper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import personal
from anju.kernel.ledgers.ddl import sql_type
from anju.kernel.ledgers.declaration import SYSTEM_COLUMNS, Ledger

SYSTEM_TYPES = {
    "id": "bigint", "region_code": "text", "bureau_id": "bigint", "batch_id": "bigint", "origin": "text", "created_at": "timestamptz",
    "updated_at": "timestamptz", "version": "integer", "voided_at": "timestamptz",
}  # fmt: skip


def bring_up(owner: psycopg.Connection, ledger: Ledger) -> bool:
    """Make the view, or make it anew when it would read differently; whether anything was done.

    Facts read the view: theirs go with it and are made again by `figures.views.sync_views`. Raises AnjuError `ledgers.unguarded_table`
    when the keeper's table has no row-level security or no journal.
    """
    _require_guarded(owner, ledger)
    statement = definition(ledger)
    mark = hashlib.sha256(statement.as_string(None).encode()).hexdigest()
    if _mark_of(owner, ledger.table) == mark:
        return False
    owner.execute(SQL("DROP VIEW IF EXISTS {} CASCADE").format(Identifier(ledger.table)))
    owner.execute(statement)
    owner.execute(SQL("COMMENT ON VIEW {} IS {}").format(Identifier(ledger.table), Literal(mark)))
    for guard in _period_guard(ledger):
        owner.execute(guard)
    return True


def definition(ledger: Ledger) -> Composed:
    """CREATE VIEW; whoever reads it sees the rows the policies of the tables let them see."""
    keeper = ledger.keeper
    columns = [_typed(keeper.expression(name), SYSTEM_TYPES[name], name) for name in SYSTEM_COLUMNS]
    columns += [_typed(keeper.expression(one.name), sql_type(one), one.name) for one in ledger.fields]
    columns += [
        SQL("{} AS {}").format(
            personal.index_in_cell(SQL("({})").format(SQL(keeper.expression(one.name)))), Identifier(personal.index_column(one))
        )
        for one in personal.personal_of(ledger)
    ]
    return SQL("CREATE VIEW {} WITH (security_invoker = true) AS SELECT {} FROM {} t WHERE {}").format(
        Identifier(ledger.table), SQL(", ").join(columns), Identifier(keeper.table), SQL(keeper.live)
    )


def _typed(expression: str, kind: str, name: str) -> Composed:
    return SQL("({})::{} AS {}").format(SQL(expression), SQL(kind), Identifier(name))


def _mark_of(owner: psycopg.Connection, view: str) -> str | None:
    found = owner.execute("SELECT obj_description(to_regclass(%s)::oid, 'pg_class')", [view]).fetchone()
    return found[0] if found else None


def _period_guard(ledger: Ledger) -> Iterator[Composed]:
    """Closing holds for a kept ledger too when its business date is a column of the table."""
    column = ledger.keeper.image_column(ledger.date) if ledger.date else None
    if column is not None:
        yield SQL("SELECT ledgers_guard({}::regclass, {}, {})").format(Literal(ledger.keeper.table), Literal(ledger.name), Literal(column))


def _require_guarded(owner: psycopg.Connection, ledger: Ledger) -> None:
    table = ledger.keeper.table
    secured, tracked = owner.execute(
        "SELECT coalesce((SELECT relrowsecurity FROM pg_class WHERE oid = to_regclass(%s)), false),"
        ' EXISTS (SELECT 1 FROM journal_tracked WHERE "table" = %s)',
        [table, table],
    ).fetchone() or (False, False)
    if not (secured and tracked):
        raise AnjuError.of(
            "ledgers.unguarded_table",
            f"保管台账“{ledger.title}”的表 {table} 没有行级权限或没有留痕。",
            where=ledger.where,
            advice="请在迁移中对该表调用 protect 和 track。",
        )
