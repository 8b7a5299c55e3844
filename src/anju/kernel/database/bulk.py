"""Many rows into one table at once, by COPY, under the application's own role.

PostgreSQL takes no COPY into a table with row-level security, so rows go through a temporary table and one INSERT, which the policy, the
journal, constraints and triggers all see.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence

import polars as pl
from django.db import connection
from psycopg.sql import SQL, Composable, Identifier, Literal

ROWS_AT_ONCE = 200_000
WORTH_SAYING_ONCE = 5_000
WORK_MEM = "256MB"
"""What one block may hold in memory while the journal gathers it; with less, it goes to disk and back, for nearly half as long again."""


def draw_ids(table: str, number: int) -> list[int]:
    """Numbers for `number` new rows of a table, from its own sequence: rows of several tables can then name each other."""
    if number == 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number])
        return [row[0] for row in cursor.fetchall()]


def insert_rows(table: str, rows: pl.DataFrame) -> int:
    """Insert the rows, whose columns are named as the table's; columns left out take their defaults. Returns how many."""
    same = _same_everywhere(rows)
    varied = rows.drop(list(same))
    target, staged = Identifier(table), Identifier(f"bulk_{uuid.uuid4().hex}")
    columns = SQL(", ").join(Identifier(name) for name in rows.columns)
    copied = SQL(", ").join(Identifier(name) for name in varied.columns)
    values = SQL(", ").join(Literal(same[name]) if name in same else Identifier(name) for name in rows.columns)
    with connection.cursor() as cursor:
        cursor.execute(SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(staged, copied, target))
        cursor.execute("SELECT current_setting('work_mem')")
        usual = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('work_mem', %s, true)", [WORK_MEM])
        for start in range(0, rows.height, ROWS_AT_ONCE):
            _copy(cursor, staged, varied.slice(start, ROWS_AT_ONCE))
            cursor.execute(SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(target, columns, values, staged))
            cursor.execute(SQL("TRUNCATE {}").format(staged))
        cursor.execute("SELECT set_config('work_mem', %s, true)", [usual])
        cursor.execute(SQL("DROP TABLE {}").format(staged))
    return rows.height


def _same_everywhere(rows: pl.DataFrame) -> dict[str, str]:
    """Columns of many rows that say one number or text throughout, as region and bureau do: said once in the statement, not row by row.

    As text, whatever it is: the database then reads it for its column as it would have read it from COPY.
    """
    if rows.height < WORTH_SAYING_ONCE:
        return {}
    plain = [name for name, kind in rows.schema.items() if (kind.is_integer() or kind == pl.String()) and not rows[name].null_count()]
    found = {name: rows.item(0, name) for name in plain if rows.item(0, name) == rows.item(-1, name)}
    found = {name: str(value) for name, value in found.items() if rows[name].min() == rows[name].max()}
    return found if len(found) < rows.width else {}


def update_rows(table: str, rows: pl.DataFrame, *, also: str = "") -> int:
    """Set the columns given for the rows named by `id`. `also`: further assignments in SQL, for example `version = r.version + 1`."""
    names: Sequence[str] = [name for name in rows.columns if name != "id"]
    target, staged = Identifier(table), Identifier(f"bulk_{uuid.uuid4().hex}")
    assigned: list[Composable] = [SQL("{0} = n.{0}").format(Identifier(name)) for name in names]
    if also:
        assigned.append(SQL(also))
    columns = SQL(", ").join(Identifier(name) for name in rows.columns)
    with connection.cursor() as cursor:
        cursor.execute(SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(staged, columns, target))
        _copy(cursor, staged, rows)
        cursor.execute(SQL("UPDATE {} r SET {} FROM {} n WHERE r.id = n.id").format(target, SQL(", ").join(assigned), staged))
        changed = int(cursor.rowcount)
        cursor.execute(SQL("DROP TABLE {}").format(staged))
    return changed


def _copy(cursor: object, staged: Identifier, rows: pl.DataFrame) -> None:
    buffer = io.BytesIO()
    rows.write_csv(buffer, include_header=False)
    with cursor.copy(SQL("COPY {} FROM STDIN (FORMAT csv)").format(staged)) as copy:  # type: ignore[attr-defined]
        copy.write(buffer.getbuffer())
