"""What one step of a case costs: load under lock, decide, write rows, clocks and journal; beside bare SQL doing the same writes.

    .venv/bin/python -m benchmarks.case_step [--cases 300]

Everything, server included, is bound to one core. The rate is steps per second of processor time (this process and the server's), so that
other work on the machine does not count; `wall` is the rate by the clock. `bare` writes the rows of a step (task ended, task opened, move,
case) with psycopg into tables without triggers and policies, in one transaction. The floor is 150 steps per second.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

import psutil

from benchmarks.harness import own_server, seconds

FLOOR = 150
PAGE = """
bench_matter:
  name: 基准事项
  prefix: BM
  version: 2026-01
  applicants: [person]
  source: 示例
  refusals: {unfit: 不符合条件}
  clock: {limit: 20wd}
  stages:
    - accept: {role: clerk, limit: 5wd}
    - review: {name: 审查, role: clerk, limit: 5wd}
    - second: {name: 复审, role: reviewer, limit: 5wd}
    - approve: {name: 审定, role: leader, limit: 3wd}
"""
STEPS = ("accept", "review", "second")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=300)
    options = parser.parse_args()
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    with own_server():
        return run(options.cases)


def run(cases: int) -> int:
    """Open the cases, time their steps and the bare writes, print and record; 1 below the floor."""
    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.cases import actions
    from anju.testing.factories import make_actor, make_bureau, make_city
    from anju.testing.matters import matters_for_test
    from benchmarks.history import record

    with matters_for_test(PAGE):
        with using_scope(Scope.system()):
            make_city()
            bureau = make_bureau("dongyuan", "990121")
            people = dict(zip(STEPS, [make_actor(bureau, role) for role in ("clerk", "clerk", "reviewer")], strict=True))
        opened: list[int] = []

        def open_all() -> None:
            opened.extend(
                actions.open_case("bench_matter", applicant=actions.Applicant(f"示例{n}"), by=people["accept"]).pk for n in range(cases)
            )

        def step_all() -> None:
            for step in STEPS:
                for number in opened:
                    actions.decide(number, step, "agree", by=people[step], text="同意")

        with using_scope(people["accept"].scope):  # as in a request, whose scope is set once
            opening = timed(open_all)
            stepping = timed(step_all)
        bare = timed(lambda: bare_steps(opened))
    count = cases * len(STEPS)
    rates = {name: {"cpu": round(count / cpu), "wall": round(count / wall)} for name, (cpu, wall) in
             (("step", stepping), ("bare", bare))}  # fmt: skip
    rates["open"] = {"cpu": round(cases / opening[0]), "wall": round(cases / opening[1])}
    print(f"{'':8}{'per second of one core':>24}{'by the clock':>14}")
    for name, rate in rates.items():
        print(f"{name:8}{rate['cpu']:>24,}{rate['wall']:>14,}")
    print(f"a step costs {stepping[0] / bare[0]:.1f} times the bare writes; floor {FLOOR}/s")
    record("case_step", rows=count, ratios={"step": stepping[0] / bare[0]}, per_second=rates)
    return int(rates["step"]["cpu"] < FLOOR)


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """(processor seconds of this process and the server, seconds by the clock) of one call."""
    before = processor_seconds()
    wall = seconds(work)
    return processor_seconds() - before, wall


def processor_seconds() -> float:
    """What this process and every process of the server have used, children that ended included."""
    own = psutil.Process().cpu_times()
    total = own.user + own.system
    home = os.environ["ANJU_HOME"]
    for process in psutil.process_iter(["name", "cmdline"]):
        words = " ".join(process.info["cmdline"] or [])
        parent = process.parent() if "postgres" in (process.info["name"] or "") else None
        if home in words or (parent is not None and home in " ".join(parent.cmdline())):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def bare_steps(cases: list[int]) -> None:
    """The same rows by hand."""
    import psycopg
    from django.db import connections

    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        for table in ("case", "task", "move"):
            owner.execute(f"CREATE TABLE bare_{table} (LIKE cases_{table} INCLUDING ALL)")
        names = {table: _written(owner, table) for table in ("case", "task", "move")}
        for table, columns in names.items():
            owner.execute(f"INSERT INTO bare_{table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM cases_{table} WHERE true")
            owner.execute(f"SELECT setval(pg_get_serial_sequence('bare_{table}', 'id'), (SELECT max(id) FROM bare_{table}))")
        task, move = (names[name].split(", ")[1:] for name in ("task", "move"))
        afresh = {
            "status": "'open'",
            "decision": "''",
            "ended_at": "NULL",
            "finished_on": "NULL",
            "state": "'running'",
            "used_days": "NULL",
        }
        next_seq = {"seq": "(SELECT max(seq) + 1 FROM bare_move n WHERE n.case_id = bare_move.case_id)"}
        new_task = f"INSERT INTO bare_task ({', '.join(task)}) SELECT {', '.join(afresh.get(one, one) for one in task)} FROM bare_task"
        new_move = f"INSERT INTO bare_move ({', '.join(move)}) SELECT {', '.join(next_seq.get(one, one) for one in move)} FROM bare_move"
        owner.commit()
        for number in [case for _ in STEPS for case in cases]:
            owner.execute("SELECT * FROM bare_case WHERE id = %s FOR UPDATE", [number])
            row = owner.execute("SELECT id FROM bare_task WHERE case_id = %s AND status = 'open'", [number]).fetchone()
            owner.execute(
                "UPDATE bare_task SET status = 'decided', decision = 'agree', ended_at = now(), finished_on = current_date,"
                " state = 'finished'"
                " WHERE id = %s",
                row,
            )
            owner.execute(f"{new_task} WHERE id = %s", row)
            owner.execute(f"{new_move} WHERE case_id = %s AND seq = 1", [number])
            owner.execute("UPDATE bare_case SET revision = revision + 1, stage = stage WHERE id = %s", [number])
            owner.commit()


def _written(owner: object, table: str) -> str:
    """The columns of a table that are not generated."""
    rows = owner.execute(  # type: ignore[attr-defined]
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''", [f"cases_{table}"],
    )  # fmt: skip
    return str(rows.fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
