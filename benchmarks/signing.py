"""Signing a contract, beside the same work as bare SQL in seven round trips and as one server-side function, in the same run.

    .venv/bin/python -m benchmarks.signing [--contracts 400] [--clients 8]

A server of its own with durable settings. In process: one session signs one contract after the other through `market.actions`. Over
HTTP: eight clients at once against the whole application (granian), each with a key. Ratios are contracts a second to those of the
reference (a) of bare SQL; at least 0.5 in process and 0.25 over HTTP.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from benchmarks.harness import own_server, seconds

BOUNDS = {"in_process": 0.5, "over_http": 0.25}
DAY = date(2023, 3, 1)
FUNCTION = """
CREATE FUNCTION bench_sign(unit bigint, no text, who bytea, fen bigint, bureau bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE found record; made bigint;
BEGIN
    SELECT u.id, u.stage, u.area, p.escrow, p.id AS permit INTO found FROM bench_unit u JOIN bench_permit p ON p.unit_id = u.id WHERE u.id = unit FOR UPDATE OF u;
    IF found.stage <> 'saleable' THEN RAISE EXCEPTION 'sold'; END IF;
    INSERT INTO bench_contract (contract_no, unit_id, permit_id, buyer, total_fen, area, bureau_id) VALUES (no, unit, found.permit, who, fen, found.area, bureau) RETURNING id INTO made;
    UPDATE bench_unit SET stage = 'signed' WHERE id = unit;
    INSERT INTO bench_event (unit_id, event) VALUES (unit, 'sign');
    INSERT INTO bench_transfer (contract_id, debit, credit, fen) VALUES (made, 1, 2, fen);
    INSERT INTO bench_entry (verb, subject, data) VALUES ('market.sign_contract', no, jsonb_build_object('contract', made));
    RETURN made;
END $$
"""  # noqa: E501
TABLES = """
CREATE TABLE bench_unit (id bigint PRIMARY KEY, stage text, area numeric(12,2));
CREATE TABLE bench_permit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, unit_id bigint UNIQUE, escrow text, state text);
CREATE TABLE bench_contract (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, contract_no text UNIQUE, unit_id bigint UNIQUE,
    permit_id bigint, buyer bytea, total_fen bigint, area numeric(12,2), bureau_id bigint);
CREATE TABLE bench_event (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, unit_id bigint, event text);
CREATE TABLE bench_transfer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, contract_id bigint, debit int, credit int, fen bigint);
CREATE TABLE bench_entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, verb text, subject text, data jsonb,
    at timestamptz DEFAULT now());
"""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--contracts", type=int, default=400)
    parser.add_argument("--clients", type=int, default=8)
    options = parser.parse_args()
    with own_server():
        return run(options.contracts, options.clients)


def run(number: int, clients: int) -> int:
    """Make a building large enough, sign on all sides, print and record; 1 when a bound is passed."""
    from benchmarks.history import record

    clerk, units = prepare(2 * number)
    bare, function = bare_sql(number)
    ours = in_process(clerk, units[:number])
    http = over_http(clerk, units[number:], clients)
    rates = {"bare_sql": bare, "one_function": function, "in_process": ours, "over_http": http}
    ratios = {"in_process": ours / bare, "over_http": http / bare}
    for name, rate in rates.items():
        print(f"{name:14}{rate:>10,.0f} contracts/s{ratios.get(name, 0) or '':>8.5}")
    record("signing", rows=number, clients=clients, ratios=ratios, per_second={name: round(rate) for name, rate in rates.items()})
    return int(any(ratios[name] < bound for name, bound in BOUNDS.items()))


def prepare(number: int) -> tuple[object, list[object]]:
    from anju.kernel.access.scope import Scope, using_scope
    from anju.testing.estates import make_building, survey_lines, units_of
    from anju.testing.factories import make_actor, make_bureau, make_city
    from anju.testing.sales import open_for_sale

    with using_scope(Scope.system()):
        make_city()
        clerk = make_actor(make_bureau("bench", "990121"), "clerk", "reviewer")
    building = make_building(clerk, lines=survey_lines(floors=(number + 19) // 20, rooms=20))
    units = units_of(building, clerk)[:number]
    open_for_sale(building, units, clerk)
    return clerk, units


def bare_sql(number: int) -> tuple[float, float]:
    """Contracts a second of (a) seven statements in one transaction, and (b) one function."""
    from django.db import connections

    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.execute(FUNCTION)
        cursor.execute("INSERT INTO bench_unit SELECT n, 'saleable', 100 FROM generate_series(1, %s) n", [2 * number])
        cursor.execute(
            "INSERT INTO bench_permit (unit_id, escrow, state) SELECT n, 'A', 'issued' FROM generate_series(1, %s) n", [2 * number]
        )
    from django.db import transaction

    def seven(unit: int) -> None:
        with transaction.atomic(using="owner"), owner.cursor() as cursor:
            cursor.execute("SELECT id, stage, area FROM bench_unit WHERE id = %s FOR UPDATE", [unit])
            cursor.fetchone()
            cursor.execute("SELECT id, escrow FROM bench_permit WHERE unit_id = %s AND state = 'issued'", [unit])
            permit = cursor.fetchone()[0]
            cursor.execute(
                "INSERT INTO bench_contract (contract_no, unit_id, permit_id, buyer, total_fen, area, bureau_id)"
                " VALUES (%s, %s, %s, %s, %s, %s, 1) RETURNING id",
                [f"A{unit}", unit, permit, b"x" * 60, 50_000_000, 100],
            )
            made = cursor.fetchone()[0]
            cursor.execute("UPDATE bench_unit SET stage = 'signed' WHERE id = %s", [unit])
            cursor.execute("INSERT INTO bench_event (unit_id, event) VALUES (%s, 'sign')", [unit])
            cursor.execute("INSERT INTO bench_transfer (contract_id, debit, credit, fen) VALUES (%s, 1, 2, 50000000)", [made])
            cursor.execute(
                "INSERT INTO bench_entry (verb, subject, data) VALUES ('market.sign_contract', %s, %s::jsonb)",
                [f"A{unit}", json.dumps({"contract": made})],
            )

    def one(unit: int) -> None:
        with transaction.atomic(using="owner"), owner.cursor() as cursor:
            cursor.execute("SELECT bench_sign(%s, %s, %s, 50000000, 1)", [unit, f"B{unit}", b"x" * 60])

    bare = seconds(lambda: [seven(unit) for unit in range(1, number + 1)])
    function = seconds(lambda: [one(unit) for unit in range(number + 1, 2 * number + 1)])
    return number / bare, number / function


def in_process(clerk: object, units: list[object]) -> float:
    from anju.domains.market import actions
    from anju.testing.sales import offer_for

    offers = [offer_for(unit, at) for at, unit in enumerate(units)]
    taken = seconds(lambda: [actions.sign_contract(offer, by=clerk, on=DAY, key=f"bench-{offer.unit_id}") for offer in offers])
    return len(units) / taken


def over_http(clerk: object, units: list[object], clients: int) -> float:
    from anju.kernel.orgs.tokens import issue_token
    from anju.testing.sales import PRICE_FEN, made_up_id

    secret = issue_token(name="bench", days=1, by=clerk)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
            "--blocking-threads", "4", "anju.site.wsgi:application",
        ],
        env=os.environ.copy(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}/api/market/contracts"

    def sign(at: int) -> int:
        body = json.dumps(
            {
                "unit": units[at].pk,
                "buyers": [{"name": "示例买", "id_no": made_up_id(at)}],
                "total_fen": PRICE_FEN * 100,
                "unit_price_fen": PRICE_FEN,
                "first_fen": PRICE_FEN * 100,
            }
        ).encode()
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json", "Idempotency-Key": f"http-{at}"}
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=60) as answer:
            return int(answer.status)

    try:
        for _attempt in range(600):
            try:
                assert sign(0) == 201
                break
            except OSError:
                time.sleep(0.2)
        for _warm in range(8):
            sign(0)
        with ThreadPoolExecutor(clients) as pool:
            began = time.perf_counter()
            answers = list(pool.map(sign, range(1, len(units))))
            taken = time.perf_counter() - began
        assert set(answers) == {201}
        return len(answers) / taken
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


if __name__ == "__main__":
    sys.exit(main())
