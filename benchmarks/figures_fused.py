"""Forty indicators over three facts of a million rows, against fused DuckDB SQL written by hand on the same Parquet files.

    .venv/bin/python -m benchmarks.figures_fused [--rows 1000000] [--repeats 15]

Both sides run in turn in one process with the same settings; ratios are of medians. Ours is the whole road: requests, plan, cached
statements, DuckDB, exact arithmetic, growth and Chinese text. The other side is the SQL alone. Fails above the bound.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path
from typing import Any

from benchmarks.harness import own_home, seconds

BOUND = 1.5
HERE = Path(__file__).parent / "fused"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    with own_home() as home:
        return run(home, options.rows, options.repeats)


def run(home: Path, rows: int, repeats: int) -> int:
    """Make the data, check that both sides agree, time them, print and record."""
    from anju.kernel.figures.engines.duckdb import DuckDBEngine
    from benchmarks.fused import facts
    from benchmarks.history import record

    (home / "indicators").mkdir()
    (home / "indicators" / "bench.yaml").write_text((HERE / "indicators.yaml").read_text())
    manifest = facts.write_snapshot(rows)
    engine = DuckDBEngine(manifest)
    requests = all_requests()
    by_hand = ByHand(manifest)
    agree(ours(requests, engine), by_hand.run())
    sides = {"ours": lambda: ours(requests, engine), "by_hand": by_hand.run}
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(repeats):
        for name, side in sides.items():
            taken[name].append(seconds(side))
    medians = {name: statistics.median(each) for name, each in taken.items()}
    ratio = medians["ours"] / medians["by_hand"]
    engine_only = statistics.median(seconds(lambda: run_engine(requests, engine)) for _ in range(5))
    print(f"{len(requests)} figures, {rows:,} rows per fact, median of {repeats}:")
    print(f"  ours {medians['ours'] * 1000:.1f} ms (engine {engine_only * 1000:.1f} ms), by hand {medians['by_hand'] * 1000:.1f} ms")
    print(f"  ratio {ratio:.2f} (bound {BOUND})")
    record("figures_fused", rows=rows, ratios={"ours_to_by_hand": ratio}, milliseconds={n: round(m * 1000, 1) for n, m in medians.items()})
    return 0 if ratio <= BOUND else 1


def all_requests() -> list[Any]:
    """The forty values of 2023H1 in one county, and the year-on-year growth of six of them."""
    from anju.kernel.figures.catalogue import all_indicators
    from anju.kernel.figures.periods import Period
    from anju.kernel.figures.planning import Request

    period = Period.parse("2023H1")
    keys = [key for key in all_indicators() if key.startswith("bench.")]
    grown = [f"bench.sale.{part}{measure}" for part in ("", "residential.") for measure in ("units", "area", "amount")]
    return [Request(key, period, "990121") for key in keys] + [Request(key, period, "990121", measure="yoy") for key in grown]


def ours(requests: list[Any], engine: Any) -> list[Any]:
    """The figures by our road."""
    from anju.kernel.access.actor import Actor
    from anju.kernel.figures.compute import evaluate

    return evaluate(requests, by=Actor.system(), engine=engine)


def run_engine(requests: list[Any], engine: Any) -> None:
    """The engine's part alone."""
    from anju.kernel.figures.compute import make_planner
    from anju.kernel.figures.planning import distinct

    planner = make_planner()
    engine.run(distinct(aggregate for request in requests for aggregate in planner.plan(request).own()))


class ByHand:
    """A plain DuckDB connection with the same settings and files."""

    def __init__(self, manifest: Any) -> None:
        import duckdb

        from anju.kernel.figures import segments
        from anju.kernel.figures.engines.duckdb import settings

        self.connection = duckdb.connect(":memory:", config=settings())
        self.connection.execute("LOAD parquet")
        self.connection.execute("SET parquet_metadata_cache = true")
        for name, held in manifest.facts.items():
            files = segments.checked_paths(name, held.segments)
            self.connection.execute(f"CREATE VIEW fact_{name} AS SELECT * FROM read_parquet({files})")
        self.statements = [each for each in (HERE / "by_hand.sql").read_text().split(";") if each.strip()]

    def run(self) -> dict[str, int]:
        """Every number by name."""
        found: dict[str, int] = {}
        for statement in self.statements:
            answer = self.connection.execute(statement)
            names = [column[0] for column in answer.description]
            found.update(zip(names, map(int, answer.fetchone()), strict=True))
        return found


def agree(figures: list[Any], numbers: dict[str, int]) -> None:
    """Stop when a single figure differs from the number counted by hand."""
    from anju.kernel.figures.catalogue import indicator

    for figure in figures:
        basic = indicator(figure.key)
        if figure.measure == "value" and basic.is_basic:
            scale = 100 if basic.kind == "sum" else 1
            assert figure.value * scale == numbers[figure.key], figure.reference
        elif figure.measure == "yoy":
            assert figure.base.value * (1 if basic.kind == "count" else 100) == numbers[f"{figure.key}#before"], figure.reference


if __name__ == "__main__":
    sys.exit(main())
