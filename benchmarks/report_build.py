"""The half-year report of the sample county: the first build of a process, the second, and its figures evaluated without a report.

    .venv/bin/python -m benchmarks.report_build [--repeats 5] [--period 2023H1]

Every repeat starts two processes on the same imported books: one builds twice, one evaluates the same figures twice. What is measured
includes everything a process does once (importing the compiler of statements, compiling them, reading the files). Fails when a first build
takes more than three times as long as a first evaluation: seconds depend on who else uses the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.harness import own_server, seconds

BOUND = 3.0
FIGURES = "benchmark-figures.json"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--period", default="2023H1")
    parser.add_argument("--child", choices=["build", "evaluate"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(child(options.child, options.period)))
        return 0
    with own_server() as (home, _):
        try:
            return run(home, options.repeats, options.period)
        finally:
            stop(home)


def stop(home: Path) -> None:
    """End the database server of this home, which the children had joined."""
    mark = home / "postgres" / "postmaster.pid"
    if mark.exists():
        os.kill(int(mark.read_text().splitlines()[0]), signal.SIGINT)


def run(home: Path, repeats: int, period: str) -> int:
    """Import the books, time the children in turn, print and record."""
    from anju.kernel.access.actor import Actor
    from anju.kernel.figures import snapshots
    from anju.site.demo import load
    from benchmarks.history import record

    load(by=Actor.system("基准"), password="云川-Kx7-练习用口令")
    rows = sum(each.rows for each in snapshots.refresh().manifest.facts.values())
    taken: dict[str, list[float]] = {"first": [], "second": [], "evaluate_first": [], "evaluate_second": []}
    for _ in range(repeats):
        taken["first"] += [(built := ask("build", period))[0]]
        taken["second"] += [built[1]]
        taken["evaluate_first"] += [(alone := ask("evaluate", period))[0]]
        taken["evaluate_second"] += [alone[1]]
    medians = {name: statistics.median(each) for name, each in taken.items()}
    figures = len(json.loads((home / FIGURES).read_text()))
    print(f"half_year {period}, {figures} figures over {rows:,} rows, median of {repeats}:")
    print("  " + ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in medians.items()))
    ratios = {
        "first_to_evaluate": medians["first"] / medians["evaluate_first"],
        "second_to_evaluate": medians["second"] / medians["evaluate_second"],
    }
    milliseconds = {name: round(seconds * 1000, 1) for name, seconds in medians.items()}
    record("report_build", rows=rows, ratios=ratios, milliseconds=milliseconds, figures=figures)
    return 0 if ratios["first_to_evaluate"] <= BOUND else 1


def ask(what: str, period: str) -> list[float]:
    """What a fresh process took, in seconds: the first time and the second."""
    command = [sys.executable, "-m", "benchmarks.report_build", "--child", what, "--period", period]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return list(json.loads(done.stdout.splitlines()[-1]))


def child(what: str, period: str) -> list[float]:
    """Twice the same, timed."""
    home = Path(os.environ["ANJU_HOME"])
    from anju.kernel.database.server import ensure_running

    ensure_running(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.site.settings")
    import django

    django.setup()
    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.figures import snapshots
    from anju.kernel.orgs.models import User
    from anju.kernel.orgs.queries import actor_of

    with using_scope(Scope.system()):
        by = actor_of(User.objects.get(username="demo"))
    work = building(home, period, by) if what == "build" else evaluating(home, by)
    snapshots.refresh()
    return [seconds(work), seconds(work)]


def building(home: Path, code: str, by: Any) -> Callable[[], Any]:
    """Builds the report and leaves what it asked for the other child."""
    from anju.kernel.figures.periods import Period
    from anju.kernel.reports.building import build

    def work() -> None:
        built = build("half_year", Period.parse(code), by=by)
        asked = {(figure.reference, figure.period): figure.region for figure in built.figures}
        (home / FIGURES).write_text(json.dumps([[*named, region] for named, region in asked.items()]))

    return work


def evaluating(home: Path, by: Any) -> Callable[[], Any]:
    """Evaluates the figures the report printed."""
    from anju.kernel.figures.compute import evaluate
    from anju.kernel.figures.periods import Period
    from anju.kernel.figures.planning import Request
    from anju.kernel.figures.references import parse_name

    requests = []
    for reference, period, region in json.loads((home / FIGURES).read_text()):
        name = parse_name(reference)
        requests.append(Request(name.key, Period.parse(period), region, filters=name.filters, measure=name.measure))
    return lambda: evaluate(requests, by=by)


if __name__ == "__main__":
    sys.exit(main())
