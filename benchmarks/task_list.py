"""A clerk's task list among 100 000 open cases, beside the bare SQL that fetches the same rows.

    .venv/bin/python -m benchmarks.task_list [--cases 100000]

`list` is `queries.tasks_of`: what the clerk holds and the queue of the clerk's role, by due day, with names and days left, under row-level
security. `bare` is one hand-written statement with psycopg as the owner, without policies, fetching the columns of the same fifty rows.
The bound is three times bare; `count`, the number on the badge, is printed beside it.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import sys
from collections.abc import Callable

from benchmarks.harness import own_server, seconds

BOUND = 3.0
HELD = 40
BARE = """
    SELECT t.id, t.case_id, t.step, t.stage, t.round, t.status, t.holder_id, t.holder_name, t.opened_at, t.span, t.started_on, t.due_on,
           t.soon_on, t.finished_on, t.unknown_year, t.late, c.number, c.matter, c.applicant, c.state, m.digest
    FROM (
        (SELECT * FROM cases_task WHERE status IN ('open', 'waiting') AND holder_id = %(me)s ORDER BY due_on, id LIMIT 51)
        UNION ALL
        (SELECT * FROM cases_task WHERE status IN ('open', 'waiting') AND holder_id IS NULL AND bureau_id = %(bureau)s AND role = 'clerk'
         ORDER BY due_on, id LIMIT 51)
    ) t JOIN cases_case c ON c.id = t.case_id JOIN cases_matter m ON m.id = c.matter_version_id
    ORDER BY t.due_on, t.id LIMIT 51
"""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=60)
    options = parser.parse_args()
    with own_server():
        return run(options.cases, options.repeats)


def run(cases: int, repeats: int) -> int:
    """Multiply one case, time both, print and record; 1 beyond the bound."""
    import psycopg
    from django.db import connections

    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.calendar.queries import working_days
    from anju.kernel.cases import actions, queries
    from anju.kernel.cases.queries.tasks import count_tasks
    from anju.testing.factories import make_actor, make_bureau, make_city
    from anju.testing.matters import matters_for_test
    from benchmarks.case_step import PAGE
    from benchmarks.history import record

    with matters_for_test(PAGE):
        with using_scope(Scope.system()):
            make_city()
            clerk = make_actor(make_bureau("dongyuan", "990121"), "clerk")
        actions.open_case("bench_matter", applicant=actions.Applicant("示例甲"), by=clerk)
        with psycopg.connect(**connections["owner"].get_connection_params(), autocommit=True) as owner:
            multiply(owner, cases, clerk.staff_id or 0)
            asked = {"me": clerk.staff_id, "bureau": clerk.bureau_id}
            today, days = datetime.date(2026, 6, 1), working_days("990121")
            with using_scope(clerk.scope):
                shown = queries.tasks_of(clerk, on=today, days=days)
                rows = owner.execute(BARE, asked).fetchall()
                assert [line.task for line in shown.lines] == [row[0] for row in rows[:50]]
                taken = {
                    "list": median(lambda: queries.tasks_of(clerk, on=today, days=days), repeats),
                    "bare": median(lambda: owner.execute(BARE, asked).fetchall(), repeats),
                    "count": median(lambda: count_tasks(clerk, today), repeats),
                }
    ratio = taken["list"] / taken["bare"]
    for name, value in taken.items():
        print(f"{name:8}{value * 1000:>10.2f} ms")
    print(f"ratio {ratio:.2f}, bound {BOUND}")
    record("task_list", rows=cases, ratios={"list": ratio}, milliseconds={name: round(value * 1000, 2) for name, value in taken.items()})
    return int(ratio > BOUND)


def median(work: Callable[[], object], repeats: int) -> float:
    return statistics.median(seconds(work) for _ in range(repeats))


def multiply(owner: object, cases: int, me: int) -> None:
    """Copies of the one case and its open task: four in five in the clerks' queue or others', forty in the clerk's hands."""
    execute = owner.execute  # type: ignore[attr-defined]
    for table in ("case", "task"):
        execute(f"ALTER TABLE cases_{table} DISABLE TRIGGER USER")
    columns = _columns(owner, "case")
    made = {"id": "n", "number": "'B' || n", "serial": "n", "applicant": "'示例' || n"}
    execute(
        f"INSERT INTO cases_case ({', '.join(columns)}) OVERRIDING SYSTEM VALUE"
        f" SELECT {', '.join(made.get(name, f'c.{name}') for name in columns)} FROM cases_case c, generate_series(1000, {cases + 999}) n"
        " WHERE c.id = 1"
    )
    columns = _columns(owner, "task")
    made = {
        "id": "n", "case_id": "n", "due_on": "date '2026-05-01' + (n * 7919 % 90)::int",
        "role": "CASE n % 5 WHEN 0 THEN 'clerk' ELSE 'reviewer' END",
        "holder_id": f"CASE WHEN n % {cases // HELD} = 0 THEN {me} WHEN n % 5 = 1 THEN {me} + 1000 END",
    }  # fmt: skip
    execute(
        f"INSERT INTO cases_task ({', '.join(columns)}) OVERRIDING SYSTEM VALUE"
        f" SELECT {', '.join(made.get(name, f't.{name}') for name in columns)} FROM cases_task t, generate_series(1000, {cases + 999}) n"
        " WHERE t.case_id = 1"
    )
    execute("ANALYZE cases_case, cases_task")


def _columns(owner: object, table: str) -> list[str]:
    rows = owner.execute(  # type: ignore[attr-defined]
        "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attgenerated = '' ORDER BY attnum",
        [f"cases_{table}"],
    )
    return [row[0] for row in rows]


if __name__ == "__main__":
    sys.exit(main())
