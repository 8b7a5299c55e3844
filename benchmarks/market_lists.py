"""The list of contracts and the search for a unit on a million rows each, against SQL written by hand, in the same run.

    .venv/bin/python -m benchmarks.market_lists [--rows 1000000] [--repeats 40]

Ours: the queries the pages use, within a bureau's scope and row-level security. By hand: the same rows read by the administrator.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.harness import own_server, seconds

BOUND = 3.0
SIZE = 50
CONTRACTS = """
    INSERT INTO market_contract (region_code, bureau_id, contract_no, kind, project_name, building, room, use, buyer, id_type, resident_id,
        guardian, share_numerator, share_denominator, area, price_basis, total_fen, pay_way, loan_bank, escrow_account, template, state,
        signed_on, filed_on, filing_no, certificate_no, cancel_kind, cancel_document, cancel_reason, basis, version)
    SELECT CASE n %% 5 WHEN 0 THEN '990122' ELSE '990121' END, CASE n %% 5 WHEN 0 THEN 2 ELSE 1 END, 'HT' || n, 'presale',
        '示例楼盘' || n %% 997, (n %% 30)::text, (n %% 2000)::text, 'residential', '示例' || n, 'resident_id',
        c.cell, '', 1, 1, 60 + n %% 90, 'building_area', 40000000 + n, 'lump', '', '', '',
        CASE WHEN n %% 20 = 0 THEN 'signed' ELSE 'filed' END, date '2020-01-01' + (n %% 1270)::int,
        CASE WHEN n %% 20 = 0 THEN NULL ELSE date '2023-07-01' END, CASE WHEN n %% 20 = 0 THEN '' ELSE 'B' || n END, '', '', '', '', '{}', 1
    FROM generate_series(1, %s::bigint) n, (SELECT %s::bytea AS cell) c
"""
UNITS = """
    INSERT INTO property_unit (region_code, bureau_id, building_id, unit_no, entrance, floor, room, use, layout, measured_area, stage,
        stage_event, stage_document, reserved_for, withheld, limits, version, entered_on)
    SELECT b.region_code, b.bureau_id, b.id, 'UNIT' || n, '', 1 + (n / 2000) %% 30, (1000 + n / 2000)::text, 'residential', '', 100,
        'initial', '', '', '', '', '{}', 1, date '2020-01-01'
    FROM generate_series(1, %s::bigint) n JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS at FROM property_building) b
        ON b.at = n %% (SELECT count(*) FROM property_building)
"""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=40)
    options = parser.parse_args()
    with own_server() as (_, addresses):
        return run(addresses.admin, options.rows, options.repeats)


def run(admin: str, rows: int, repeats: int) -> int:
    """Fill the tables, time each reading both ways in turn, print and record; 1 when a bound is passed."""
    import psycopg

    from anju.kernel.access.scope import Scope, using_scope
    from benchmarks.history import record

    ratios, times = {}, {}
    with psycopg.connect(admin, autocommit=True, dbname="anju") as link:
        fill(link, rows)
        scope = Scope(region="990121", bureau_id=1)
        with using_scope(scope):
            for name, (ours, hand) in readings(link, scope).items():
                assert sorted(one.pk for one in ours()) == sorted(row[0] for row in hand()), name
                taken: dict[str, list[float]] = {"ours": [], "by_hand": []}
                for _ in range(repeats):
                    taken["ours"].append(seconds(ours))
                    taken["by_hand"].append(seconds(hand))
                medians = {side: statistics.median(values) * 1000 for side, values in taken.items()}
                ratios[name] = medians["ours"] / medians["by_hand"]
                times[name] = {side: round(value, 2) for side, value in medians.items()}
    print(f"{'reading':26}{'ours, ms':>10}{'by hand, ms':>13}{'ratio':>8}{'bound':>8}")
    for name, ratio in ratios.items():
        print(f"{name:26}{times[name]['ours']:>10.2f}{times[name]['by_hand']:>13.2f}{ratio:>8.2f}{BOUND:>8.1f}")
    record("market_lists", rows=rows, ratios=ratios, milliseconds=times)
    return int(any(ratio > BOUND for ratio in ratios.values()))


def fill(link: Any, rows: int) -> None:
    """Contracts of two bureaus, and units in two thousand buildings."""
    from anju.domains.market.models import Contract
    from anju.kernel.crypto.fields import sealed

    (cell,) = sealed(Contract, "resident_id", ["11010519491231002X"])
    link.execute("SET session_replication_role = replica")  # no triggers: the rows are made up
    link.execute(CONTRACTS, [rows, cell])
    link.execute(
        "INSERT INTO property_project (region_code, bureau_id, name, code, parcel, developer, developer_code, address, entered_on)"
        " SELECT '990121', 1, '示例楼盘' || n, '', '', '', '', '', date '2020-01-01' FROM generate_series(1, 200) n"
    )
    link.execute(
        "INSERT INTO property_building (region_code, bureau_id, project_id, number, structure)"
        " SELECT '990121', 1, p.id, n || '幢', '' FROM property_project p, generate_series(1, 10) n"
    )
    link.execute(UNITS, [rows])
    link.execute("SET session_replication_role = DEFAULT")
    link.execute("VACUUM ANALYZE")


def readings(link: Any, scope: Any) -> dict[str, tuple[Callable[[], Any], Callable[[], Any]]]:
    """Each reading, ours and by hand."""
    from anju.domains.market import queries
    from anju.domains.market.models import Contract
    from anju.domains.property import queries as property_queries
    from anju.domains.property.models import Unit

    def hand(model: Any, where: str, *values: Any, order: str = "id DESC") -> list[Any]:
        columns = ", ".join(f't."{field.column}"' for field in model._meta.concrete_fields)
        statement = f"SELECT {columns} FROM {model._meta.db_table} t WHERE voided_at IS NULL AND {where} ORDER BY {order} LIMIT {SIZE}"
        return list(link.execute(statement, values, prepare=True).fetchall())

    mine = "bureau_id = 1"
    return {
        "newest contracts": (lambda: queries.newest_contracts(SIZE), lambda: hand(Contract, mine)),
        "contracts signed": (
            lambda: list(queries.contracts(scope, state="signed")[:SIZE]),
            lambda: hand(Contract, f"{mine} AND state = 'signed'"),
        ),
        "contract by number": (
            lambda: list(queries.contracts(scope, text="HT777777")[:SIZE]),
            lambda: hand(Contract, f"{mine} AND contract_no = %s", "HT777777"),
        ),
        "contracts of a project": (
            lambda: list(queries.contracts(scope, text="示例楼盘13")[:SIZE]),
            lambda: hand(Contract, f"{mine} AND (contract_no = %s OR project_name LIKE %s)", "示例楼盘13", "示例楼盘13%"),
        ),
        "unit by place": (
            lambda: property_queries.find_units("示例楼盘13 3幢 1203", scope, limit=SIZE),
            lambda: hand(
                Unit,
                f"{mine} AND room = %s AND removed_on IS NULL AND building_id IN (SELECT b.id FROM property_building b"
                " JOIN property_project p ON p.id = b.project_id WHERE p.name LIKE %s AND b.number LIKE %s)",
                "1203",
                "%示例楼盘13%",
                "3幢%",
            ),
        ),
        "unit by number": (
            lambda: property_queries.find_units("UNIT777777", scope, limit=SIZE),
            lambda: hand(Unit, f"{mine} AND unit_no = %s", "UNIT777777"),
        ),
    }


if __name__ == "__main__":
    sys.exit(main())
