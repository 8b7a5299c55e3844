"""Staged rows into a ledger's table by COPY. Runs inside the action that confirms the batch."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from django.db import connection
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from anju.kernel.access.actor import Actor
from anju.kernel.ledgers import lookups, personal
from anju.kernel.ledgers.batches import ImportBatch
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.imports import errors
from anju.kernel.ledgers.imports.examine import Progress
from anju.kernel.ledgers.keeping import Intake

ROWS_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """Rows written; `already`: identical ones that appeared in the ledger since the batch was prepared."""

    added: int = 0
    changed: int = 0
    already: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.added + other.added, self.changed + other.changed, self.already + other.already)


def write_records(ledger: Ledger, batch: ImportBatch, records: pl.DataFrame, progress: Progress | None, *, by: Actor) -> Outcome:
    """Insert the records, change those that stand for a known one; `progress(done, total)` after every block of rows.

    PostgreSQL takes no COPY into a table with row-level security, so each block goes through a temporary table and one INSERT, which
    the policy, the journal and the guard of closed periods all see. Raises AnjuError `ledgers.batch_out_of_date` when a record with
    the same key has come or changed since; the caller's transaction then undoes everything.
    """
    frame = records.select(
        *(pl.col(one.name) for one in ledger.fields),
        "region_code",
        pl.format("{}!{}", pl.col("_sheet"), pl.col("_row")).alias("origin"),
        pl.col("_existing").alias("existing"),
    )
    outcome = Outcome()
    with connection.cursor() as cursor:
        # Imports into one ledger of one bureau wait for each other, so that each sees what the other wrote.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7265))", [f"{ledger.name}:{batch.bureau_id}"])
        if ledger.kept:
            return _hand_over(ledger, batch, frame, progress, by)
        statements = _Statements(ledger, batch)
        any_record = ledger.model._default_manager.filter(bureau_id=batch.bureau_id, voided_at=None).exists()
        cursor.execute(statements.create)
        for start in range(0, frame.height, ROWS_AT_ONCE):
            block = frame.slice(start, ROWS_AT_ONCE)
            _copy(cursor, statements.copy, personal.sealed(ledger, block))
            outcome += _settle_known(cursor, statements, batch) if any_record else Outcome()
            cursor.execute(statements.insert)
            outcome += Outcome(added=cursor.rowcount)
            cursor.execute(statements.empty)
            if progress is not None:
                progress(start + block.height, frame.height)
        cursor.execute(statements.drop)
    return outcome


def _hand_over(ledger: Ledger, batch: ImportBatch, frame: pl.DataFrame, progress: Progress | None, by: Actor) -> Outcome:
    """The same for a kept ledger: what is there already is settled here, the rest goes to the keeper."""
    fields = [one.name for one in ledger.fields]
    known = lookups.same_keys(ledger, frame.select(fields), batch.bureau_id, [])
    there = frame[known["row"].to_list()]
    same = [all(pair) for pair in zip(*(there[name].eq_missing(known[name]) for name in fields), strict=True)]
    meant = (there["existing"] == known["id"]).fill_null(False).to_list()
    clashing = sum(not one and not other for one, other in zip(same, meant, strict=True))
    if clashing:
        raise errors.changed_since(clashing)
    numbered = frame.with_row_index("_n").with_columns(pl.col("_n").cast(pl.Int64))
    changing = known.filter(pl.Series(meant, dtype=pl.Boolean) & ~pl.Series(same, dtype=pl.Boolean))
    left = known.filter(pl.Series(same, dtype=pl.Boolean))["row"]
    numbered = numbered.filter(~pl.col("_n").is_in(left.implode())).drop("existing")
    rows = numbered.join(changing.select(pl.col("row").alias("_n"), pl.col("id").alias("existing")), on="_n", how="left").drop("_n")
    given = tuple(name for name in dict.fromkeys(batch.mapping.values()) if name is not None)
    intake = Intake(ledger, rows, batch.bureau_id, by, given, batch.pk)
    if rows.height:
        ledger.keeper.write(intake)
    if progress is not None:
        progress(frame.height, frame.height)
    return Outcome(added=intake.new.height, changed=intake.changing.height, already=left.len())


def _copy(cursor: object, statement: Composed, block: pl.DataFrame) -> None:
    buffer = io.BytesIO()
    block.write_csv(buffer, include_header=False)
    with cursor.copy(statement) as copy:  # type: ignore[attr-defined]
        copy.write(buffer.getbuffer())


def _settle_known(cursor: object, statements: _Statements, batch: ImportBatch) -> Outcome:
    """Take out of the block what the ledger has already, and change what the batch is meant to change."""
    run = cursor.execute  # type: ignore[attr-defined]
    run(statements.analyze)
    run(statements.remove_same)
    already = cursor.rowcount  # type: ignore[attr-defined]
    changed = 0
    if batch.update_existing:
        run(statements.change)
        changed = cursor.rowcount  # type: ignore[attr-defined]
        run(statements.remove_changed)
    run(statements.count_known)
    clashing = cursor.fetchone()[0]  # type: ignore[attr-defined]
    if clashing:
        raise errors.changed_since(clashing)
    return Outcome(changed=changed, already=already)


class _Statements:
    """The SQL of one batch. Names come from a validated declaration, values are bound or literals of our own."""

    def __init__(self, ledger: Ledger, batch: ImportBatch) -> None:
        table, staged = Identifier(ledger.table), Identifier(f"import_{batch.pk}")
        fields = [Identifier(one.column) for one in ledger.fields]
        given = [name for name in dict.fromkeys(batch.mapping.values()) if name is not None]
        bureau, number = Literal(batch.bureau_id), Literal(batch.pk)
        known = SQL("r.bureau_id = {} AND r.voided_at IS NULL AND {}").format(bureau, _all_same(ledger, list(ledger.key)))
        same = SQL("{} AND {}").format(known, _all_same(ledger, [one.name for one in ledger.fields if one.name not in ledger.key]))
        columns = _listed([*fields, Identifier("region_code"), Identifier("origin")])
        self.create = SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {}, id AS existing FROM {} WITH NO DATA").format(
            staged, columns, table
        )
        self.copy = SQL("COPY {} FROM STDIN (FORMAT csv)").format(staged)
        self.insert = SQL("INSERT INTO {} ({}, bureau_id, batch_id) SELECT {}, {}, {} FROM {}").format(
            table, columns, columns, bureau, number, staged
        )
        self.analyze = SQL("ANALYZE {}").format(staged)
        self.remove_same = SQL("DELETE FROM {} i USING {} r WHERE {}").format(staged, table, same)
        self.change = SQL(
            "UPDATE {} r SET {}, batch_id = {}, origin = i.origin, updated_at = now(), version = r.version + 1"
            " FROM {} i WHERE i.existing = r.id AND {}"
        ).format(table, _listed(SQL("{0} = i.{0}").format(Identifier(name)) for name in given), number, staged, known)
        self.remove_changed = SQL("DELETE FROM {} i USING {} r WHERE i.existing = r.id AND {}").format(staged, table, known)
        self.count_known = SQL("SELECT count(*) FROM {} i JOIN {} r ON {}").format(staged, table, known)
        self.empty = SQL("TRUNCATE {}").format(staged)
        self.drop = SQL("DROP TABLE {}").format(staged)


def _listed(parts: Iterable[Composable]) -> Composable:
    return SQL(", ").join(parts)


def _all_same(ledger: Ledger, names: list[str]) -> Composable:
    parts = []
    for name in names:
        one = ledger.field(name)
        sign = SQL("=") if one.required else SQL("IS NOT DISTINCT FROM")
        if one.personal:  # two cells of one value differ, their indexes do not
            staged = personal.index_in_cell(Identifier("i", one.column))
            parts.append(SQL("r.{} {} {}").format(Identifier(personal.index_column(one)), sign, staged))
        else:
            parts.append(SQL("r.{0} {1} i.{0}").format(Identifier(name), sign))
    return SQL(" AND ").join(parts) if parts else SQL("true")
