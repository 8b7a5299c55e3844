"""A list page on a million records against the SQL a careful hand would write for it, in the same run.

    .venv/bin/python -m benchmarks.list_page [--rows 1000000] [--repeats 60]

Ours: the whole way of a page (conditions, scope, row-level security, records, the capped count, the mark of the next page). By hand: the
same rows and the same capped count in SQL as the administrator, without row-level security. Both see one of several bureaus.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.harness import own_server, seconds

BOUND = 3.0
SIZE = 50
BUREAU, REGION = 1, "990121"
ROWS = (
    "INSERT INTO ledger_sale_contract (region_code, bureau_id, contract_no, project, building, room, use, sale_kind, buyer, resident_id,"
    " phone, area, unit_price, amount, signed_on, filed_on, state)"
    " SELECT CASE n %% 5 WHEN 0 THEN '990122' ELSE '990121' END, CASE n %% 5 WHEN 0 THEN 2 ELSE 1 END, 'HT' || n, '示例楼盘' || n %% 97,"
    " (n %% 30)::text, (n %% 2000)::text,"
    " (ARRAY['residential', 'residential', 'residential', 'commercial', 'office', 'parking'])[(n %% 6 + 1)::int],"
    " 'presale', '购房人' || n %% 9973, '11010519491231002X', '13800138000', 60 + n %% 9000 / 100.0, 4732, 30000000 + n * 7919 %% 90000000,"
    " date '2020-01-01' + (n %% 1270)::int, CASE WHEN n %% 20 = 0 THEN NULL ELSE date '2020-01-01' + (n * 7 %% 1270)::int END, 'filed'"
    " FROM generate_series(1, %s::bigint) n"
)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=60)
    options = parser.parse_args()
    with own_server() as (_, addresses):
        return run(addresses.admin, options.rows, options.repeats)


def run(admin: str, rows: int, repeats: int) -> int:
    """Fill the ledger, time each page both ways in turn, print and record; 1 when a bound is passed."""
    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.ledgers.catalogue import get
    from benchmarks.history import record

    by_hand = prepare(admin, rows)
    ledger, scope = get("sale_contract"), Scope(region=REGION, bureau_id=BUREAU)
    ratios, times = {}, {}
    with using_scope(scope):
        for name, (ours, hand) in pages(ledger, scope, by_hand).items():
            assert [one.pk for one in ours().rows] == [row[0] for row in hand()[:SIZE]], name
            taken: dict[str, list[float]] = {"ours": [], "by_hand": []}
            for _ in range(repeats):
                taken["ours"].append(seconds(ours))
                taken["by_hand"].append(seconds(hand))
            medians = {side: statistics.median(values) * 1000 for side, values in taken.items()}
            ratios[name] = medians["ours"] / medians["by_hand"]
            times[name] = {side: round(value, 2) for side, value in medians.items()}
    print(f"{'page':26}{'ours, ms':>10}{'by hand, ms':>13}{'ratio':>8}{'bound':>8}")
    for name, ratio in ratios.items():
        print(f"{name:26}{times[name]['ours']:>10.2f}{times[name]['by_hand']:>13.2f}{ratio:>8.2f}{BOUND:>8.1f}")
    record("list_page", rows=rows, ratios=ratios, milliseconds=times)
    return int(any(ratio > BOUND for ratio in ratios.values()))


def pages(ledger: Any, scope: Any, by_hand: Any) -> dict[str, tuple[Callable[[], Any], Callable[[], Any]]]:
    """Each kind of page, ours and by hand."""
    from anju.kernel.ledgers.queries import page

    use = {"use": "commercial"}
    month = {"filed_on": {"gte": "2022-03-01", "lte": "2022-03-31"}, "state": ["filed", "registered"]}
    rare = {"project": "示例楼盘13", "use": "parking"}
    deep = page(ledger, scope, where={"filed_on": {"lte": "2021-01-31"}}, size=SIZE).next
    day, number = edge(by_hand)
    return {
        "first": (lambda: page(ledger, scope, size=SIZE), lambda: by_hand.listed("filed_on IS NOT NULL", "TRUE")),
        "filtered by use": (
            lambda: page(ledger, scope, where=use, size=SIZE),
            lambda: by_hand.listed("filed_on IS NOT NULL AND use = %s", "use = %s", "commercial"),
        ),
        "filtered by month": (
            lambda: page(ledger, scope, where=month, size=SIZE),
            lambda: by_hand.listed(
                *["filed_on BETWEEN %s AND %s AND state = ANY (%s)"] * 2,
                datetime.date(2022, 3, 1),
                datetime.date(2022, 3, 31),
                ["filed", "registered"],
            ),
        ),
        "filtered, rare": (
            lambda: page(ledger, scope, where=rare, size=SIZE),
            lambda: by_hand.listed(
                "filed_on IS NOT NULL AND project = %s AND use = %s", "project = %s AND use = %s", "示例楼盘13", "parking"
            ),
        ),
        "deep keyset": (lambda: page(ledger, scope, after=deep, size=SIZE), lambda: by_hand.rows("(filed_on, id) < (%s, %s)", day, number)),
        "by contract number, deep": (
            lambda: page(ledger, scope, sort="contract_no", after=marked(ledger), size=SIZE),
            lambda: by_hand.rows("(contract_no, id) > (%s, %s)", "HT5", 0, order="contract_no, id"),
        ),
    }


def marked(ledger: Any) -> str:
    from anju.kernel.ledgers.paging import Mark

    return Mark("contract_no", "HT5", 0, 10_000, True).written()


def edge(by_hand: Any) -> tuple[datetime.date, int]:
    """Where the deep page begins: the last row of the page before it."""
    last = by_hand.rows("filed_on <= %s", datetime.date(2021, 1, 31))[SIZE - 1]
    return last[by_hand.columns.index("filed_on")], last[0]


class ByHand:
    """The statements somebody would write and prepare."""

    def __init__(self, connection: Any, columns: list[str]) -> None:
        self.connection = connection
        self.columns = columns

    def rows(self, where: str, *values: Any, order: str = "filed_on DESC, id DESC") -> list[Any]:
        statement = (
            f"SELECT {', '.join(self.columns)} FROM ledger_sale_contract WHERE voided_at IS NULL AND bureau_id = {BUREAU} AND {where}"
            f" ORDER BY {order} LIMIT {SIZE + 1}"
        )
        return list(self.connection.execute(statement, values, prepare=True).fetchall())

    def listed(self, where: str, counted: str, *values: Any) -> list[Any]:
        found = self.rows(where, *values)
        statement = (
            f"SELECT count(*) FROM (SELECT 1 FROM ledger_sale_contract WHERE voided_at IS NULL AND bureau_id = {BUREAU} AND {counted}"
            " LIMIT 10001) capped"
        )
        self.connection.execute(statement, values, prepare=True).fetchone()
        return found


def prepare(admin: str, rows: int) -> ByHand:
    import psycopg

    from anju.kernel.ledgers.catalogue import get
    from anju.kernel.ledgers.rows import LISTED

    connection = psycopg.connect(admin, autocommit=True, dbname="anju")
    began = time.perf_counter()
    connection.execute("SET session_replication_role = replica")  # the journal is another benchmark's business
    connection.execute(ROWS, [rows])
    connection.execute("VACUUM ANALYZE ledger_sale_contract")
    print(f"{rows:,} records made in {time.perf_counter() - began:.0f} s")
    return ByHand(connection, [*LISTED, *(one.column for one in get("sale_contract").fields)])


if __name__ == "__main__":
    sys.exit(main())
