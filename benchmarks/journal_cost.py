"""What journaling costs: the same rows written with and without it, one by one and in bulk; and how fast it seals and verifies.

    .venv/bin/python -m benchmarks.journal_cost [--rows 200000] [--singles 1500]

A server of its own with durable settings. "One by one" compares a whole action (scope, transaction, entry, image) with one INSERT in a
transaction of its own. Ratios are time with the journal to time without it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable
from functools import cache

from benchmarks.harness import own_server, seconds

BOUNDS = {"copy": 5.0, "insert_many": 6.0, "update_many": 6.0, "one_by_one": 6.0}
_COLUMNS = (
    "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, region_code text, bureau_id bigint, contract_no text, buyer text, filed_on date,"
    " amount bigint, area numeric(16,2), use text, state text, created_at timestamptz DEFAULT now()"
)
_FIELDS = "region_code, bureau_id, contract_no, buyer, filed_on, amount, area, use, state"
_MADE = (
    "SELECT '990121', 1, 'HT' || n, '购房人' || n % 977, date '2022-01-01' + n % 545, 30000000 + n * 7919 % 90000000,"
    " 60 + n % 9000 / 100.0, 'residential', 'filed' FROM generate_series(1, {}) n"
)
PLAIN, JOURNALED = "bench_plain", "bench_journaled"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--singles", type=int, default=1500)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with own_server():
        return run(options.rows, options.singles, options.repeats)


def run(rows: int, singles: int, repeats: int) -> int:
    """Make the tables, time both sides in turn, print and record; 1 when a bound is passed."""
    from anju.kernel.journal.sealing import seal
    from anju.kernel.journal.verifying import verify
    from benchmarks.history import record

    prepare(rows)
    source(rows)
    ratios, rates = {}, {}
    for name, work, size in (
        ("copy", copy, rows),
        ("insert_many", insert_many, rows),
        ("update_many", update_many, rows),
        ("one_by_one", one_by_one, singles),
    ):
        taken = {table: [] for table in (PLAIN, JOURNALED)}
        for _ in range(repeats):
            for table, times in taken.items():
                times.append(seconds(lambda work=work, table=table, size=size: work(table, size)))
        medians = {table: statistics.median(times) for table, times in taken.items()}
        ratios[name] = medians[JOURNALED] / medians[PLAIN]
        rates[name] = {table: round(size / median) for table, median in medians.items()}
    sealing = seconds(seal)
    findings: list[object] = []
    verifying = seconds(lambda: findings.extend(verify()))
    leaves = sealed_rows()
    print(f"{'':14}{'without, rows/s':>18}{'with, rows/s':>16}{'ratio':>8}{'bound':>8}")
    for name, ratio in ratios.items():
        print(f"{name:14}{rates[name][PLAIN]:>18,}{rates[name][JOURNALED]:>16,}{ratio:>8.2f}{BOUNDS[name]:>8.1f}")
    print(f"seal   {leaves / sealing:>12,.0f} rows/s\nverify {leaves / verifying:>12,.0f} rows/s, {len(findings)} findings")
    record(
        "journal_cost",
        rows=rows,
        ratios=ratios,
        rows_per_second={"seal": round(leaves / sealing), "verify": round(leaves / verifying), **rates},
    )
    return int(any(ratios[name] > bound for name, bound in BOUNDS.items()) or bool(findings))


def prepare(rows: int) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        for table in (PLAIN, JOURNALED):
            cursor.execute(f"CREATE TABLE {table} ({_COLUMNS})")
            cursor.execute("SELECT anju_protect(%s)", [table])
        cursor.execute("SELECT journal_track(%s)", [JOURNALED])
        cursor.execute(f"CREATE TABLE bench_source ({_FIELDS}) AS {_MADE.format(rows)}")
        cursor.execute("GRANT SELECT ON bench_source TO anju_app")


@cache
def source(rows: int) -> list[tuple[object, ...]]:
    """The rows in memory, so that reading them is not timed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM bench_source LIMIT {rows}")
        return cursor.fetchall()


def copy(table: str, rows: int) -> None:
    begun(lambda: _copy(table, source(rows)))


def _copy(table: str, made: list[tuple[object, ...]]) -> None:
    # COPY does not go into a table with row-level security: through a temporary one, as imports do.
    from django.db import connection

    execute(f"CREATE TEMP TABLE staged ON COMMIT DROP AS SELECT {_FIELDS} FROM {table} LIMIT 0")
    with connection.cursor() as cursor, cursor.copy(f"COPY staged ({_FIELDS}) FROM STDIN") as target:
        for row in made:
            target.write_row(row)
    execute(f"INSERT INTO {table} ({_FIELDS}) SELECT * FROM staged")


def insert_many(table: str, rows: int) -> None:
    begun(lambda: execute(f"INSERT INTO {table} ({_FIELDS}) SELECT * FROM bench_source LIMIT {rows}"))


def update_many(table: str, rows: int) -> None:
    begun(lambda: execute(f"UPDATE {table} SET state = 'registered', amount = amount + 1 WHERE id <= {rows}"))


def one_by_one(table: str, rows: int) -> None:
    from anju.kernel.access.actor import Actor
    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.journal.actions import action

    values = "VALUES ('990121', 1, 'HT', '购房人', '2023-01-01', 5, 6, 'residential', 'filed')"
    with using_scope(Scope.system()):
        for _ in range(rows):
            if table == PLAIN:
                execute(f"INSERT INTO {table} ({_FIELDS}) {values}")
            else:
                with action("bench.add", by=Actor.system("测试")):
                    execute(f"INSERT INTO {table} ({_FIELDS}) {values}")


def begun(work: Callable[[], None]) -> None:
    """Bulk work is one action on both sides: the difference is the images alone."""
    from anju.kernel.access.actor import Actor
    from anju.kernel.journal.actions import action

    with action("bench.load", by=Actor.system("测试")):
        work()


def execute(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


def sealed_rows() -> int:
    from anju.kernel.journal.models import Block

    return sum(entries + changes for entries, changes in Block.objects.values_list("entries", "changes"))


if __name__ == "__main__":
    sys.exit(main())
