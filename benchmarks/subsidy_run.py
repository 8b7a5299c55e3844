"""A subsidy run of a million households against the barest NumPy and COPY of the same rule, in the same run.

    .venv/bin/python -m benchmarks.subsidy_run [--rows 1000000] [--repeats 3]

Both sides begin with the inputs as columns. Ours: the rule as terms (bounds checked, unknown told from zero), the inputs kept under their
SM3 so that every row can be explained, rows stored under row-level security with their unique key and journaled in columns, one action.
Bare: the same arithmetic written by hand in NumPy, and COPY into a plain table with the same unique key. Each side is the best of its
repeats; a server of its own with durable settings. Traces of rows drawn by chance must give the stored amounts.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from datetime import date
from typing import Any

from benchmarks.harness import own_server, seconds

BOUND = 2.0
MONTH = date(2023, 6, 1)
PLAIN = (
    "CREATE TABLE IF NOT EXISTS bench_found (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, region_code text, bureau_id bigint,"
    " run_id bigint, household_id bigint, agreement_id bigint, verdict smallint, amount bigint, failed bigint, undecided bigint,"
    " UNIQUE (run_id, household_id))"
)
COLUMNS = "household_id, agreement_id, verdict, amount, failed, undecided, region_code, run_id, bureau_id"
COPY = f"COPY bench_found ({COLUMNS}) FROM STDIN (FORMAT csv)"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with own_server() as (_home, addresses):
        return run(addresses.owner, options.rows, options.repeats)


def run(owner: str, rows: int, repeats: int) -> int:
    """Time both sides in turn, print and record; 1 when the bound is passed."""
    from anju.kernel.access.scope import Scope, using_scope
    from benchmarks.history import record

    inputs = draw(rows)
    ours: list[float] = []
    bare: list[float] = []
    made: list[Any] = []
    with using_scope(Scope.system()):
        by = clerk()
        for repeat in range(repeats):
            bare.append(seconds(lambda repeat=repeat: run_bare(owner, inputs, repeat)))
            ours.append(seconds(lambda: made.append(run_ours(inputs, by))))
        check(owner, made[-1], inputs)
    ratio = min(ours) / min(bare)
    print(f"rows {rows:,}   bare {min(bare):6.2f} s   ours {min(ours):6.2f} s   ratio {ratio:5.2f} (at most {BOUND:g})")
    record("subsidy_run", rows=rows, ratios={"run": ratio}, seconds={"ours": round(min(ours), 3), "bare": round(min(bare), 3)})
    return 0 if ratio <= BOUND else 1


def draw(rows: int) -> dict[str, Any]:
    """Households by chance: one in two hundred without a known income, one in ten above a line."""
    import numpy as np

    chance = np.random.default_rng(20230601)
    persons = chance.integers(1, 7, rows)
    return {
        "persons": persons,
        "tier": chance.integers(2, 5, rows),
        "income": chance.integers(0, 160_000, rows) * persons,
        "income_known": chance.integers(0, 200, rows) > 0,
        "assets": chance.integers(0, 16_000_000, rows) * persons,
        "own_area": chance.integers(0, 17, rows) * persons * 1_000_000,
        "month_rent": chance.integers(20_000, 200_000, rows),
    }


def clerk() -> Any:
    from anju.testing.factories import make_actor, make_bureau, make_city

    make_city()
    return make_actor(make_bureau("bench", "990121"), "clerk")


def run_ours(inputs: dict[str, Any], by: Any) -> Any:
    """Judge and store as a run does."""
    import numpy as np
    import polars as pl

    from anju.domains.housing.acting import doing
    from anju.domains.housing.rules.rent_subsidy import rent_subsidy
    from anju.domains.housing.rules.tests.terms import household, yuzhong
    from anju.domains.housing.subsidies.running import store_run
    from anju.kernel.parameters.basis import Basis
    from anju.kernel.rules.columns import Column

    rows = len(inputs["persons"])
    rule = rent_subsidy(yuzhong())
    single = household()
    columns = {
        name: Column(value.toordinal() if isinstance(value, date) else value)
        for name, value in single.items()
        if value is not None and name not in inputs
    }
    columns |= {name: Column(inputs[name]) for name in ("persons", "tier", "assets", "own_area", "month_rent")}
    columns["income"] = Column(inputs["income"], inputs["income_known"])
    numbers = pl.Series("household_id", np.arange(1, rows + 1))
    frame = pl.DataFrame({"household_id": numbers, "agreement_id": numbers}).with_columns(region_code=pl.lit("990121"))
    with doing("run_subsidy", by=by, needs="housing.draft_payments"):
        return store_run(rule, columns, frame, kind="rent_subsidy", month=MONTH, basis=Basis.on(MONTH, "990121"), by=by, on=MONTH)


def run_bare(owner: str, inputs: dict[str, Any], number: int) -> None:
    """The same rule by hand and COPY."""
    import numpy as np
    import polars as pl
    import psycopg

    persons, tier, income, known = inputs["persons"], inputs["tier"], inputs["income"], inputs["income_known"]
    recognised = tier <= 2
    limit = np.where(tier == 3, 150_000, 300_000)
    income_fails = ~recognised & known & (income > limit * persons)
    income_open = ~recognised & ~known
    assets_fail = ~recognised & (inputs["assets"] > 15_000_000 * persons)
    area_fails = inputs["own_area"] >= 15_000_000 * persons
    standard = np.where(persons == 1, 20_000_000, 15_000_000 * persons)
    area = np.minimum(np.maximum(standard - inputs["own_area"], 0), 60_000_000)
    exact = area * 2300 * np.where(tier <= 2, 10_000, 8_000)
    payable = np.minimum((exact + 5 * 10**9) // 10**10, inputs["month_rent"])
    failed = income_fails.astype(np.int64) | assets_fail.astype(np.int64) << 1 | area_fails.astype(np.int64) << 2
    verdict = np.where(failed != 0, 0, np.where(income_open, -1, 1)).astype(np.int8)
    amount = np.where(verdict == 1, payable, 0)
    rows = len(persons)
    numbers = np.arange(1, rows + 1)
    frame = pl.DataFrame(
        {
            "household_id": numbers,
            "agreement_id": numbers,
            "verdict": verdict,
            "amount": amount,
            "failed": failed,
            "undecided": income_open.astype(np.int64),
        }
    ).with_columns(region_code=pl.lit("990121"), run_id=pl.lit(number), bureau_id=pl.lit(1))
    buffer = io.BytesIO()
    frame.write_csv(buffer, include_header=False)
    with psycopg.connect(owner) as connection:
        connection.execute(PLAIN)
        with connection.cursor().copy(COPY) as copy:
            copy.write(buffer.getbuffer())


def check(owner: str, made: Any, inputs: dict[str, Any]) -> None:
    """Both sides found the same, and rows drawn by chance are explained to the same amount."""
    import psycopg

    from anju.domains.housing.models import SubsidyRunRow
    from anju.domains.housing.subsidies.running import explain

    with psycopg.connect(owner) as connection:
        found = connection.execute("SELECT count(*) FILTER (WHERE verdict = 1), sum(amount) FROM bench_found WHERE run_id = 0").fetchone()
    if found != (made.granted, made.total):
        raise SystemExit(f"the two sides differ: {found} and {(made.granted, made.total)}")
    for number in random.Random(7).sample(range(1, len(inputs["persons"]) + 1), 5):
        row = SubsidyRunRow.objects.get(run=made, household_id=number)
        why = explain(made, number)
        if (int(why.verdict), why.amount or 0) != (row.verdict, row.amount):
            raise SystemExit(f"household {number} is explained to {why.amount}, stored {row.amount}")


if __name__ == "__main__":
    sys.exit(main())
