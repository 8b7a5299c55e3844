"""Moving money: whole actions beside the same work as bare SQL, in one run; and, with --history, an account among ten million transfers.

    .venv/bin/python -m benchmarks.accounts [--moves 1500] [--repeats 3] [--history 10000000]

A server of its own with durable settings. `action`: `accounts.actions.transfer` (scope, transaction, key, checks, journal entry and image).
`step`: `posting.post` within an action that is open already, fifty to an action. `bare`: lock both rows in order, two updates, one insert,
commit, by psycopg: no key, no journal, no floor. Ratios are the others' rate to the bare rate. --history times the balance, the balance of
a past day, and pages of the statement (first and deep) of an account with a tenth of all transfers and of one with all: under 50 ms each.
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

BOUNDS = {"action": 0.12, "step": 0.4}
BOUND_MS = 50.0
DAY = datetime.date(2023, 6, 30)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--moves", type=int, default=1500)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--history", type=int, default=0)
    options = parser.parse_args()
    with own_server() as (_, addresses):
        by, accounts = prepare()
        passed = rates(addresses.admin, by, accounts, options.moves, options.repeats)
        if options.history:
            passed = history(addresses.admin, by, accounts, options.history) and passed
    return int(not passed)


def prepare() -> tuple[Any, list[Any]]:
    """A bureau, a clerk who may move money, a bank account and ten others."""
    from dataclasses import replace

    from anju.kernel.access.actor import Actor
    from anju.kernel.access.scope import Scope, using_scope
    from anju.kernel.accounts import actions, kinds
    from anju.kernel.orgs.actions import add_bureau
    from anju.kernel.orgs.models import Region

    kinds.declare(
        kinds=[kinds.Kind("bench.bank", "银行", "debit", at_bank=True), kinds.Kind("bench.held", "楼栋", "credit")],
        purposes=[kinds.Purpose("bench.any", "测试")],
    )
    system = Actor.system("测试")
    with using_scope(Scope.system()):
        region = Region.objects.filter(level=3, valid_to=None).order_by("pk").first()
        assert region is not None
        bureau = add_bureau(code="bench", name="示例局", short_name="示例局", region=region, by=system)
    by = replace(system, scope=Scope(region.pk, bureau.pk), bureau_id=bureau.pk, region_code=region.pk)
    book = actions.open_book("bench", "示例账簿", by=by)
    names = [("bank", "bench.bank"), *((f"building:{number}", "bench.held") for number in range(10))]
    return by, [actions.open_account(book, code=code, name=code, kind=kind, by=by) for code, kind in names]


def rates(admin: str, by: Any, accounts: list[Any], moves: int, repeats: int) -> bool:
    """Print transfers per second of the three ways; false when a bound is passed."""
    from benchmarks.history import record

    bare = bare_connection(admin)
    ways: dict[str, Callable[[int], None]] = {
        "bare": lambda _turn: bare_moves(bare, moves),
        "action": lambda turn: whole_actions(by, accounts, moves, turn),
        "step": lambda turn: steps(by, accounts, moves, turn),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(repeats):
        for name, work in ways.items():
            taken[name].append(seconds(lambda work=work, turn=turn: work(turn)))
    per_second = {name: moves / statistics.median(times) for name, times in taken.items()}
    ratios = {name: per_second[name] / per_second["bare"] for name in BOUNDS}
    for name, rate in per_second.items():
        bound = f"{ratios[name]:.2f} (at least {BOUNDS[name]})" if name in BOUNDS else ""
        print(f"{name:8}{rate:>10,.0f} transfers/s  {bound}")
    record("accounts", rows=moves, ratios=ratios, per_second={name: round(rate) for name, rate in per_second.items()})
    return all(ratios[name] >= bound for name, bound in BOUNDS.items())


def whole_actions(by: Any, accounts: list[Any], moves: int, turn: int) -> None:
    from anju.kernel.accounts import actions

    for number in range(moves):
        actions.transfer(move(accounts, number, f"action:{turn}:{number}"), by=by)


def steps(by: Any, accounts: list[Any], moves: int, turn: int) -> None:
    from anju.kernel.accounts.posting import post
    from anju.kernel.journal.actions import action

    for first in range(0, moves, 50):
        with action("bench.many", by=by):
            for number in range(first, min(first + 50, moves)):
                post([move(accounts, number, f"step:{turn}:{number}")])


def move(accounts: list[Any], number: int, key: str) -> Any:
    from anju.kernel.accounts.posting import Move

    bank, held = accounts[0], accounts[1 + number % 10]
    return Move(bank.pk, held.pk, 100_00 + number, "bench.any", DAY, key, subject=f"contract:{number}")


def bare_connection(admin: str) -> Any:
    import psycopg

    connection = psycopg.connect(admin, dbname="anju")
    connection.execute("CREATE TABLE bench_balance (id bigint PRIMARY KEY, debits bigint NOT NULL, credits bigint NOT NULL)")
    connection.execute("INSERT INTO bench_balance SELECT n, 0, 0 FROM generate_series(1, 11) n")
    connection.execute(
        "CREATE TABLE bench_transfer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, debit bigint, credit bigint, amount bigint,"
        " purpose text, dated_on date, subject text, at timestamptz DEFAULT now())"
    )
    connection.execute("CREATE INDEX ON bench_transfer (debit, dated_on, id)")
    connection.execute("CREATE INDEX ON bench_transfer (credit, dated_on, id)")
    connection.commit()
    return connection


def bare_moves(connection: Any, moves: int) -> None:
    for number in range(moves):
        debit, credit, amount = 1, 2 + number % 10, 100_00 + number
        connection.execute("SELECT id FROM bench_balance WHERE id IN (%s, %s) ORDER BY id FOR NO KEY UPDATE", [debit, credit])
        connection.execute("UPDATE bench_balance SET debits = debits + %s WHERE id = %s", [amount, debit])
        connection.execute("UPDATE bench_balance SET credits = credits + %s WHERE id = %s", [amount, credit])
        connection.execute(
            "INSERT INTO bench_transfer (debit, credit, amount, purpose, dated_on, subject) VALUES (%s, %s, %s, 'bench.any', %s, %s)",
            [debit, credit, amount, DAY, f"contract:{number}"],
        )
        connection.commit()


def history(admin: str, by: Any, accounts: list[Any], rows: int) -> bool:
    """Fill the books with `rows` transfers by bulk SQL, then time what people ask of one account; false when one takes too long."""
    from anju.kernel.access.scope import using_scope
    from anju.kernel.accounts import queries
    from anju.kernel.accounts.tasks import write_day_totals
    from benchmarks.history import record

    began = time.perf_counter()
    fill(admin, accounts, rows)
    write_day_totals(datetime.date(2026, 1, 1))
    print(f"{rows:,} transfers made in {time.perf_counter() - began:.0f} s")
    held = accounts[1]
    with using_scope(by.scope):
        deep = queries.statement(held, last=datetime.date(2021, 5, 15)).next
        asked: dict[str, Callable[[], Any]] = {
            "balance": lambda: queries.balance(held.pk),
            "balance of a day": lambda: queries.balance_on(held, datetime.date(2021, 8, 17)),
            "bank's balance of a day": lambda: queries.balance_on(accounts[0], datetime.date(2021, 8, 17)),
            "statement": lambda: queries.statement(held),
            "statement, deep": lambda: queries.statement(held, before=deep),
            "bank's statement": lambda: queries.statement(accounts[0]),
        }
        milliseconds = {name: statistics.median(seconds(work) for _ in range(40)) * 1000 for name, work in asked.items()}
        assert queries.statement(held).lines[0].balance_fen == queries.balance(held.pk).posted_fen
    for name, value in milliseconds.items():
        print(f"{name:26}{value:>8.2f} ms  (under {BOUND_MS:.0f})")
    record(
        "accounts_history",
        rows=rows,
        ratios={name: value / BOUND_MS for name, value in milliseconds.items()},
        milliseconds={name: round(value, 2) for name, value in milliseconds.items()},
    )
    return all(value < BOUND_MS for value in milliseconds.values())


def fill(admin: str, accounts: list[Any], rows: int) -> None:
    import psycopg

    bank = accounts[0]
    with psycopg.connect(admin, dbname="anju", autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # the journal is another benchmark's business
        connection.execute(
            "INSERT INTO accounts_transfer (id, key, kind, debit_id, credit_id, amount_fen, purpose, dated_on, subject, memo, authority,"
            " chain_id, at, region_code, bureau_id)"
            " SELECT n, 'made:' || n, 'posted', %(bank)s, %(first)s + n %% 10, 100 + n * 7919 %% 100000, 'bench.any',"
            " date '2020-01-01' + ((n - 1000001) * 1200 / %(rows)s)::int, 'contract:' || n, '', '', n, now(), %(region)s, %(bureau)s"
            " FROM generate_series(1000001, 1000000 + %(rows)s::bigint) n",
            {"bank": bank.pk, "first": accounts[1].pk, "rows": rows, "region": bank.region_code, "bureau": bank.bureau_id},
        )
        connection.execute(
            "UPDATE accounts_balance b SET debits_posted = t.debits, credits_posted = t.credits FROM ("
            " SELECT account, sum(debits) AS debits, sum(credits) AS credits FROM ("
            "  SELECT debit_id AS account, amount_fen AS debits, 0 AS credits FROM accounts_transfer"
            "  UNION ALL SELECT credit_id, 0, amount_fen FROM accounts_transfer) sides GROUP BY account) t WHERE t.account = b.account_id"
        )
        connection.execute("VACUUM ANALYZE accounts_transfer")


if __name__ == "__main__":
    sys.exit(main())
