"""Installations from before personal fields were encrypted: their columns become cells, once, as part of bringing tables up to date.

One transaction per run of `tables.sync`: killed at any point, everything is as it was. The table's triggers rest meanwhile, because no
record changes; the plain column is dropped before the generated index makes the table be written anew, so no page keeps the old text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from anju.kernel.crypto import bulk, using
from anju.kernel.crypto.cells import Column
from anju.kernel.ledgers import ddl, personal
from anju.kernel.ledgers.declaration import Field, Ledger

PAGE = 20_000


def encrypt_plain_columns(owner: psycopg.Connection, ledgers: Iterable[Ledger], say: Callable[[str], None]) -> None:
    """Encrypt every personal column that still holds plain text, also in the tables that kept ledgers had before. Twice is once.

    Facts read the columns: their views go and are made again by `figures.views.sync_views`.
    """
    plain = _plain_columns(owner)
    for ledger in ledgers:
        table = f"ledger_{ledger.name}"
        waiting = [one for one in personal.personal_of(ledger) if (table, one.column) in plain]
        if not waiting:
            continue
        say(f"加密台账中的个人信息：{ledger.title}")
        owner.execute(SQL("DROP VIEW IF EXISTS {} CASCADE").format(Identifier(f"fact_{ledger.fact_name}")))
        owner.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(table)))
        for one in waiting:
            _encrypt(owner, table, one)
        owner.execute(SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(Identifier(table)))
        hidden = Literal(list(ledger.personal_columns))
        owner.execute(SQL("SELECT journal_track({}::regclass, {})").format(Literal(table), hidden))


def _plain_columns(owner: psycopg.Connection) -> set[tuple[str, str]]:
    rows = owner.execute(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND starts_with(c.relname, 'ledger_')"
        " AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'text'::regtype"
    )
    return {(table, column) for table, column in rows}


def _encrypt(owner: psycopg.Connection, table: str, field: Field) -> None:
    target, name, plain = Identifier(table), Identifier(field.column), Identifier(f"{field.column}_plain")
    owner.execute(SQL("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}").format(target, ddl.constraint_name(field)))
    owner.execute(SQL("ALTER TABLE {} RENAME COLUMN {} TO {}").format(target, name, plain))
    owner.execute(SQL("ALTER TABLE {} ADD COLUMN {} bytea").format(target, name))
    read = SQL("SELECT id, {1} FROM {0} WHERE id > %s AND {1} IS NOT NULL ORDER BY id LIMIT %s").format(target, plain)
    write = SQL("UPDATE {} t SET {} = n.cell FROM unnest(%s::bigint[], %s::bytea[]) AS n (id, cell) WHERE t.id = n.id").format(target, name)
    column, ring, last = Column(f"{table}.{field.column}", personal.kind(field)), using.ring(), 0
    while page := owner.execute(read, [last, PAGE]).fetchall():
        last = page[-1][0]
        numbers, values = [number for number, _value in page], [value for _number, value in page]
        owner.execute(write, [numbers, bulk.seal_many(ring, column, values)])
    owner.execute(SQL("ALTER TABLE {} DROP COLUMN {}").format(target, plain))
    if field.required:
        owner.execute(SQL("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL").format(target, name))
    owner.execute(SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(target, ddl.constraint_name(field), ddl.allowed(field)))
    owner.execute(SQL("ALTER TABLE {} ADD COLUMN {}").format(target, ddl.index_of(field)))
