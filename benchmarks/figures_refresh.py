"""A snapshot of a ledger of a million rows: the first export, a refresh after a few edits, and one with nothing to do.

    .venv/bin/python -m benchmarks.figures_refresh [--rows 1000000] [--repeats 5]

The bare read of the same rows over ADBC into Parquet, without buckets, digests or journal, is the yardstick of the first export.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from pathlib import Path

from benchmarks.harness import own_server, seconds


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    with own_server() as (home, _):
        return run(home, options.rows, options.repeats)


def run(home: Path, rows: int, repeats: int) -> int:
    """Fill the table, time the three refreshes, print and record."""
    from anju.kernel.access.actor import Actor
    from anju.kernel.figures import snapshots
    from anju.kernel.figures.tests import samples
    from benchmarks.history import record

    fill(rows)
    system = Actor.system("基准")
    with samples.declared(samples.sample_fact()) as facts:
        bare = seconds(lambda: bare_export(home / "bare.parquet"))
        full = seconds(lambda: snapshots.refresh(facts=facts))
        nothing = statistics.median(seconds(lambda: snapshots.refresh(facts=facts)) for _ in range(repeats))
        taken = []
        for repeat in range(repeats):
            for number in (1 + repeat, rows // 2 + repeat, rows - repeat):
                samples.change(system, number, amount=repeat)
            taken.append(seconds(lambda: snapshots.refresh(facts=facts)))
    edited = statistics.median(taken)
    print(f"{rows:,} rows: bare {bare:.2f} s, first {full:.2f} s, after 3 edits {edited:.3f} s, nothing new {nothing:.3f} s")
    record(
        "figures_refresh",
        rows=rows,
        ratios={"first_to_bare": full / bare, "edited_to_first": edited / full, "nothing_to_first": nothing / full},
        seconds={"bare": round(bare, 3), "first": round(full, 3), "edited": round(edited, 3), "nothing": round(nothing, 3)},
    )
    return 0


def fill(rows: int) -> None:
    """A million sales, written before the journal watches the table so that the benchmark does not wait for it."""
    from django.db import connections

    from anju.kernel.figures.tests import samples

    with connections["owner"].cursor() as cursor:
        samples.make_table()
        cursor.execute("ALTER TABLE figures_sample DISABLE TRIGGER USER")
        cursor.execute(
            "INSERT INTO figures_sample (region_code, bureau_id, filed_on, use, amount, area, household)"
            " SELECT '99012' || (1 + n %% 9), 1 + n %% 9, date '2021-01-01' + (n %% 1000)::int, (ARRAY['home', 'shop'])[1 + n %% 2],"
            " 1000000 + (n * 7919) %% 300000000, (2000 + n %% 20000) / 100.0, 'H' || n %% 300000 FROM generate_series(1, %s::bigint) n",
            [rows],
        )
        cursor.execute("ALTER TABLE figures_sample ENABLE TRIGGER USER")
        cursor.execute("ANALYZE figures_sample")


def bare_export(path: Path) -> None:
    """The same rows through ADBC into one Parquet file."""
    import adbc_driver_postgresql.dbapi as adbc
    import pyarrow.parquet as pq

    from anju.kernel.database.server import OWNER_URL

    with adbc.connect(os.environ[OWNER_URL]) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'figures_sample' AS record_table, id, region_code, bureau_id, filed_on, left_on, use, amount,"
            " (area * 100)::bigint AS area, household FROM figures_sample WHERE voided_at IS NULL ORDER BY id"
        )
        pq.write_table(cursor.fetch_arrow_table(), path, compression="zstd", compression_level=3)


if __name__ == "__main__":
    sys.exit(main())
