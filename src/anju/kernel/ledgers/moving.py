"""When a book becomes a kept ledger: what stands in its old table goes to its keeper once, and the old rows are void from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl
from django.db import connection
from psycopg.sql import SQL, Identifier

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.crypto.cells import Column
from anju.kernel.journal.actions import action
from anju.kernel.ledgers import catalogue, keeping, personal
from anju.kernel.ledgers.columns import dtype_of
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.definitions import ClosedPeriod


def _silent(line: str) -> None:
    """Say nothing."""


def move_books(say: Callable[[str], None] = _silent) -> int:
    """Move every book that has become a kept ledger; returns how many records moved. Running it again moves nothing."""
    moved = 0
    with using_scope(Scope.system()):
        for ledger in catalogue.all_ledgers().values():
            if ledger.kept and _old_table_exists(ledger):
                moved += move_book(ledger, say)
    return moved


def move_book(ledger: Ledger, say: Callable[[str], None] = _silent) -> int:
    """Hand the live records of the table this ledger had before to its keeper, one action for each bureau; closed periods stay closed.

    The old rows stay with their history, void. A refusal of the keeper moves nothing of that bureau.
    """
    moved = 0
    old = SQL("SELECT DISTINCT bureau_id, min(region_code) FROM {} WHERE voided_at IS NULL GROUP BY 1 ORDER BY 1")
    for bureau_id, region_code in _run(old.format(Identifier(_old_table(ledger)))):
        by = Actor("安装程序", Scope.system(), bureau_id=bureau_id, region_code=region_code, permissions=frozenset({"*"}))
        with action("ledgers.move_book", by=by, subject=f"ledger:{ledger.name}") as entry, _reopened(ledger, bureau_id):
            number = _move(ledger, bureau_id, by)
            entry.data = {"ledger": ledger.name, "added": number}
        say(f"台账“{ledger.title}”移入业务表：{number}条")
        moved += number
    return moved


def _move(ledger: Ledger, bureau_id: int, by: Actor) -> int:
    table = Identifier(_old_table(ledger))
    attributes = SQL("SELECT attname FROM pg_attribute WHERE attrelid = to_regclass({}) AND attnum > 0").format(_old_table(ledger))
    held = {row[0] for row in _run(attributes)}
    names = [one.name for one in ledger.fields if one.name in held]
    columns = SQL(", ").join(Identifier(name) for name in ("id", "batch_id", "region_code", "origin", *names))
    found = _run(SQL("SELECT {} FROM {} WHERE bureau_id = {} AND voided_at IS NULL ORDER BY id").format(columns, table, bureau_id))
    schema: dict[str, Any] = {"id": pl.Int64(), "batch_id": pl.Int64(), "region_code": pl.String(), "origin": pl.String()}
    schema |= {name: dtype_of(ledger.field(name)) for name in names}
    frame = pl.DataFrame(_in_the_clear(ledger, list(schema), found), schema=schema, orient="row").with_columns(
        pl.lit(None, dtype_of(one)).alias(one.name) for one in ledger.fields if one.name not in held
    )
    frame = _renumbered(ledger, frame, bureau_id)
    for (batch_id,), rows in frame.group_by(["batch_id"], maintain_order=True):
        intake = rows.select(*(one.name for one in ledger.fields), "region_code", "origin").with_columns(existing=pl.lit(None, pl.Int64))
        ledger.keeper.write(keeping.Intake(ledger, intake, bureau_id, by, tuple(names), batch_id))
    statement = SQL("UPDATE {} SET voided_at = now(), updated_at = now(), version = version + 1 WHERE bureau_id = %s AND voided_at IS NULL")
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table), [bureau_id])
    return frame.height


def _renumbered(ledger: Ledger, frame: pl.DataFrame, bureau_id: int) -> pl.DataFrame:
    """References to records of a book that has moved before, by the numbers they bear now."""
    for one in ledger.fields:
        target = catalogue.get(one.reference) if one.type == "reference" else None
        if target is None or not target.kept or not _old_table_exists(target):
            continue
        key = Identifier(target.key[0])
        before = dict(_run(SQL("SELECT id, {} FROM {} WHERE bureau_id = {}").format(key, Identifier(_old_table(target)), bureau_id)))
        now = SQL("SELECT {}, id FROM {} WHERE bureau_id = {} AND voided_at IS NULL").format(key, Identifier(target.table), bureau_id)
        numbers = dict(_run(now))
        moved = [None if old is None else numbers.get(before.get(old)) for old in frame[one.name]]
        frame = frame.with_columns(pl.Series(one.name, moved, dtype=pl.Int64))
    return frame


def _in_the_clear(ledger: Ledger, names: list[str], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    columns = list(zip(*rows, strict=True))
    for one in personal.personal_of(ledger):
        if rows and one.name in names:
            place = names.index(one.name)
            cell = Column(f"{_old_table(ledger)}.{one.column}", personal.kind(one))
            columns[place] = tuple(personal.unsealed(cell, columns[place]))
    return list(zip(*columns, strict=True))


@contextmanager
def _reopened(ledger: Ledger, bureau_id: int) -> Iterator[None]:
    """Moving changes no figure of a closed period, but the guard of the tables cannot know that."""
    closed = ClosedPeriod.objects.filter(ledger=ledger.name, bureau_id=bureau_id).first()
    if closed is None:
        yield
        return
    kept = ClosedPeriod(ledger=closed.ledger, bureau_id=bureau_id, region_code=closed.region_code, until=closed.until)
    closed.delete()
    yield
    kept.save()


def _old_table(ledger: Ledger) -> str:
    return f"ledger_{ledger.name}"


def _old_table_exists(ledger: Ledger) -> bool:
    return bool(_run(SQL("SELECT to_regclass({}) IS NOT NULL").format(_old_table(ledger)))[0][0])


def _run(statement: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
