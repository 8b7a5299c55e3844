"""Importing a large workbook against the barest way to get the same file into a table, in the same run.

    .venv/bin/python -m benchmarks.import_rows [--rows 200000] [--repeats 3]

Ours: prepare and confirm, that is reading, finding header and columns, checking every cell, staging, writing with row-level security,
constraints, unique key, closed-period guard and a journal image of every row. Bare: calamine (or Polars for csv) and COPY into a plain
typed table. Each side is the best of its repeats; a server of its own with durable settings.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.harness import own_server, seconds

FIRST_DAY, DAYS = date(2022, 1, 1), 545
BOUNDS = {"xlsx": 3.0, "csv": 6.0}
HEADER = ["合同编号", "买受人", "用途", "建筑面积（㎡）", "合同金额", "备案日期", "备注"]
PAGE = """
ledger: bench_contract
name: 网签合同
version: 1
grain: one contract
source: 网签
key: [contract_no]
date: filed_on
fields:
  contract_no: {label: 合同编号, type: text, required: true, max: 40}
  buyer:       {label: 买受人, type: text, required: true, max: 80}
  use:         {label: 用途, type: choice, required: true, choices: {residential: 住宅, commercial: 商业, parking: 车位}}
  area:        {label: 建筑面积, type: area, unit: ㎡, required: true, min: 0.01}
  amount:      {label: 合同金额, type: money, unit: 元, required: true, min: 0}
  filed_on:    {label: 备案日期, type: date, required: true}
  remark:      {label: 备注, type: text, max: 80}
rules:
  - {when: "use == 'residential' and area > 500", level: confirm, message: 住宅单套超过500㎡}
"""
PLAIN = (
    "CREATE TABLE IF NOT EXISTS bench_plain (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, contract_no text, buyer text, use text,"
    " area numeric(16,2), amount numeric(16,2), filed_on date, remark text)"
)
COPY = "COPY bench_plain (contract_no, buyer, use, area, amount, filed_on, remark) FROM STDIN (FORMAT csv)"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with own_server() as (home, addresses):
        return run(addresses.owner, home, options.rows, options.repeats, profile=options.profile)


def run(owner: str, home: Path, rows: int, repeats: int, *, profile: bool) -> int:
    """Time both sides in turn for both formats, print and record; 1 when a bound is passed."""
    from anju.testing.ledgers import declare_for_test
    from benchmarks.history import record

    files = {"csv": home / "book.csv", "xlsx": home / "book.xlsx"}
    write_books(files, rows)
    ratios, times = {}, {}
    with declare_for_test(PAGE) as (ledger,):
        for kind, path in files.items():
            bare: list[float] = []
            ours: list[float] = []
            for repeat in range(repeats):
                bare.append(timed(lambda path=path: load_bare(owner, path)))
                by = clerk_of(f"{kind}{repeat}")
                ours.append(timed(lambda path=path, by=by: load_ours(ledger, path, by, rows), profile=profile and repeat == repeats - 1))
            ratios[kind] = min(ours) / min(bare)
            times[kind] = {"ours": round(min(ours), 3), "bare": round(min(bare), 3)}
            print(f"{kind:5} bare {min(bare):6.2f} s   ours {min(ours):6.2f} s   ratio {ratios[kind]:5.2f} (at most {BOUNDS[kind]:g})")
    record("import_rows", rows=rows, ratios=ratios, seconds=times)
    return 0 if all(ratios[kind] <= BOUNDS[kind] for kind in files) else 1


def timed(work: Callable[[], Any], *, profile: bool = False) -> float:
    """Seconds the work takes."""
    if profile:
        import cProfile
        import pstats

        profiler = cProfile.Profile()
        profiler.runcall(work)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25)
        return float("inf")
    return seconds(work)


def write_books(files: dict[str, Path], rows: int) -> None:
    """The same contracts as csv and xlsx, in the order of their dates as a register is kept."""
    import polars as pl

    draw = random.Random(20230630)
    frame = pl.DataFrame(
        [
            [f"DY2023{number:08d}" for number in range(rows)],
            [f"示例购房人{number % 9973}" for number in range(rows)],
            [draw.choice(["住宅", "住宅", "住宅", "商业", "车位"]) for _ in range(rows)],
            [draw.randint(6000, 14000) / 100 for _ in range(rows)],
            [draw.randint(30_000_000, 99_000_000) / 100 for _ in range(rows)],
            [(FIRST_DAY + timedelta(days=number * DAYS // rows)).isoformat() for number in range(rows)],
            [f"示例楼盘{number % 97}" for number in range(rows)],
        ],
        schema=HEADER,
        orient="col",
    )
    frame.write_csv(files["csv"])
    import xlsxwriter

    with xlsxwriter.Workbook(str(files["xlsx"]), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("网签")
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(frame.iter_rows(), start=1):
            sheet.write_row(number, 0, row)


def load_bare(owner: str, path: Path) -> None:
    """Read and COPY, nothing else."""
    import polars as pl
    import psycopg
    import python_calamine

    with psycopg.connect(owner) as connection:
        connection.execute("DROP TABLE IF EXISTS bench_plain")
        connection.execute(PLAIN)
    with psycopg.connect(owner) as connection:
        if path.suffix == ".csv":
            frame = pl.read_csv(path)
        else:
            rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
            frame = pl.DataFrame(rows[1:], schema=rows[0], orient="row")
        buffer = io.BytesIO()
        frame.write_csv(buffer, include_header=False)
        with connection.cursor().copy(COPY) as copy:
            copy.write(buffer.getbuffer())


def clerk_of(code: str) -> Any:
    """A clerk of a bureau of its own, so that every repeat imports into an empty book."""
    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.orgs.models import Region
    from anju.testing.factories import make_actor, make_bureau, make_city

    with using_scope(Scope.system()):
        if not Region.objects.filter(code="990121").exists():
            make_city()
        return make_actor(make_bureau(code, "990121"), "clerk")


def load_ours(ledger: Any, path: Path, by: Any, rows: int) -> None:
    """Prepare and confirm as a clerk does."""
    from anju.kernel.ledgers.imports import confirm_import, prepare_import

    batch = prepare_import(ledger, path, by=by)
    done = confirm_import(batch.pk, by=by, accept_confirmations=True)
    if done.added != rows:
        raise SystemExit(f"imported {done.added} of {rows} rows: {batch.notes}")


if __name__ == "__main__":
    sys.exit(main())
