"""Any set of aggregates gives the same integers on the snapshot, on PostgreSQL and by adding up in plain Python."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope
from anju.kernel.figures import conditions, snapshots
from anju.kernel.figures.aggregates import ALWAYS, ANY_TIME, Aggregate, AggregateResult, Condition, Window
from anju.kernel.figures.digests import sm3
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.engines.postgres import PostgresEngine
from anju.kernel.figures.engines.proving import Proof
from anju.kernel.figures.facts import Fact
from anju.kernel.figures.tests import samples

Row = dict[str, Any]
USES = ["home", "shop", "it's 100 % \\ odd\n", "", "车位"]
DAYS = [datetime.date(2022, 1, 1) + datetime.timedelta(days=17 * step) for step in range(45)]
REGIONS = ["990121", "990122", "990129", "990199", "99012900", "990130"]


def some_rows(count: int = 400) -> list[Row]:
    chance = random.Random(20230630)
    return [
        samples.sale(
            region_code=chance.choice(REGIONS),
            bureau_id=chance.choice([1, 2, 3]),
            filed_on=chance.choice([None, *DAYS]),
            left_on=chance.choice([None, None, *DAYS]),
            use=chance.choice([None, *USES]),
            amount=chance.choice([None, 0, -5, chance.randrange(2**62)]),
            area=chance.choice([None, Decimal("0.01"), Decimal(chance.randrange(10**7)) / 100]),
            household=chance.choice([None, "H1", "H2", "H3", "h1"]),
        )
        for _ in range(count)
    ]


days = st.sampled_from(DAYS)
leaves = st.one_of(
    st.lists(st.sampled_from(USES), min_size=1, max_size=3).map(lambda uses: conditions.is_one_of("use", uses)),
    st.tuples(st.sampled_from(["gt", "gte", "lt", "lte"]), st.sampled_from([0, 100, 2**61])).map(
        lambda x: conditions.compares("amount", *x)
    ),
    st.builds(partial(conditions.compares, "left_on"), st.sampled_from(["gt", "lte"]), days),
    st.builds(conditions.is_null, st.sampled_from(["use", "amount", "left_on"]), st.booleans()),
    st.just(conditions.is_one_of("area", [1, 5000])),
)
wheres = st.recursive(
    st.one_of(st.just(ALWAYS), leaves),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(conditions.every), st.lists(inner, max_size=3).map(conditions.some), inner.map(conditions.negated)
    ),
    max_leaves=5,
)
windows = st.one_of(
    st.just(ANY_TIME),
    st.builds(lambda start, end: Window("dated", "filed_on", start, end), st.one_of(st.none(), days), days),
    st.builds(lambda end, until: Window("stock", "filed_on", None, end, until), days, st.sampled_from([None, "left_on"])),
)
measured = st.one_of(
    st.just(("count", None)),
    st.sampled_from([(kind, column) for kind in ("sum", "min", "max") for column in ("amount", "area")]),
    st.sampled_from([("min", "filed_on"), ("max", "left_on")]),
    st.sampled_from([("distinct", column) for column in ("household", "use", "filed_on", "amount")]),
)
aggregates = st.builds(
    lambda kind, where, window, region, bureau: Aggregate("sample_sale", kind[0], kind[1], where, window, region, bureau),
    measured,
    wheres,
    windows,
    st.sampled_from(["", "99", "9901", "990121", "990122", "990129", "990199"]),
    st.sampled_from([None, 1, 2]),
)


def holds(condition: Condition, row: Row) -> bool:
    match condition:
        case ("all", parts):
            return all(holds(part, row) for part in parts)
        case ("any", parts):
            return any(holds(part, row) for part in parts)
        case ("not", part):
            return not holds(part, row)
        case ("null", column, null):
            return (row[column] is None) == null
        case ("in", column, literals):
            return row[column] is not None and row[column] in literals
        case ("compare", column, how, literal):
            found = row[column]
            if found is None:
                return False
            return {"gt": found > literal, "gte": found >= literal, "lt": found < literal, "lte": found <= literal}[how]
    raise AssertionError(condition)


def inside(window: Window, row: Row) -> bool:
    if window.kind == "any":
        return True
    at = row[window.column]
    if at is None or at > window.end:
        return False
    if window.kind == "dated":
        return window.start is None or at >= window.start
    until = row[window.until_column] if window.until_column else None
    return until is None or until > window.end


def by_hand(aggregate: Aggregate, rows: list[Row]) -> AggregateResult:
    chosen = [
        row
        for row in rows
        if row["region_code"].startswith(aggregate.region)
        and aggregate.bureau_id in (None, row["bureau_id"])
        and inside(aggregate.window, row)
        and holds(aggregate.where, row)
    ]
    if aggregate.kind == "count":
        return AggregateResult(len(chosen), len(chosen))
    values = [row[aggregate.column or ""] for row in chosen if row[aggregate.column or ""] is not None]
    if aggregate.kind == "distinct":
        return AggregateResult(len(set(values)), len(chosen))
    if aggregate.kind == "sum":
        return AggregateResult(sum(values), len(chosen))
    if not values:
        return AggregateResult(None, len(chosen))
    best = min(values) if aggregate.kind == "min" else max(values)
    return AggregateResult(best.toordinal() if isinstance(best, datetime.date) else best, len(chosen))


def stored(row: Row) -> Row:
    return {**row, "area": None if row["area"] is None else int(row["area"] * 100)}


def test_any_set_of_aggregates(sales: dict[str, Fact], system: Actor) -> None:
    rows = some_rows()
    samples.add(system, *rows)
    rows = [stored(row) for row in rows]
    on_snapshot = DuckDBEngine(snapshots.refresh(facts=sales))
    on_postgres = PostgresEngine(Scope.system())

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(aggregates, min_size=1, max_size=8))
    def agree(asked: list[Aggregate]) -> None:
        expected = [by_hand(each, rows) for each in asked]
        assert on_snapshot.run(asked) == expected
        assert on_postgres.run(asked) == expected

    agree()


def proof_by_hand(aggregate: Aggregate, engine: DuckDBEngine) -> Proof:
    added = [] if aggregate.kind == "count" or aggregate.column is None else [aggregate.column]
    rows = engine.rows(aggregate, columns=["record_table", "record_id", *added], limit=10_000)
    empty = 0 if aggregate.kind == "sum" else ""
    lines = [(*row.values(), *([] if added else [1])) for row in rows]
    text = "".join(f"{table}\t{number}\t{empty if value is None else value}\n" for table, number, value in lines)
    return Proof(len(rows), sm3(text.encode()))


def test_any_set_of_aggregates_is_proved_as_each_alone(sales: dict[str, Fact], system: Actor) -> None:
    samples.add(system, *some_rows(150))
    on_snapshot = DuckDBEngine(snapshots.refresh(facts=sales))
    on_postgres = PostgresEngine(Scope.system())

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(aggregates, min_size=1, max_size=6))
    def agree(asked: list[Aggregate]) -> None:
        expected = [proof_by_hand(each, on_snapshot) for each in asked]
        assert on_snapshot.prove(asked) == expected
        assert on_postgres.prove(asked) == expected

    agree()


def test_sums_beyond_64_bits_stay_exact(sales: dict[str, Fact], system: Actor) -> None:
    samples.add(system, *[samples.sale(amount=2**63 - 1) for _ in range(5)])
    total = Aggregate("sample_sale", "sum", "amount")
    split = Aggregate("sample_sale", "sum", "amount", where=conditions.is_one_of("use", ["home"]))
    for engine in (DuckDBEngine(snapshots.refresh(facts=sales)), PostgresEngine(Scope.system())):
        for result in engine.run([total, split]):
            assert (result.value, type(result.value)) == (5 * (2**63 - 1), int)


@pytest.mark.parametrize("kind", ["count", "sum", "distinct"])
def test_rows_keys_and_proof_agree(sales: dict[str, Fact], system: Actor, kind: Any) -> None:
    samples.add(system, *some_rows(150))
    column = {"count": None, "sum": "amount", "distinct": "household"}[kind]
    elsewhere = conditions.negated(conditions.is_one_of("use", ["home"]))
    aggregate = Aggregate("sample_sale", kind, column, elsewhere, Window("dated", "filed_on", None, DAYS[30]), "9901")
    first, second = DuckDBEngine(snapshots.refresh(facts=sales)), PostgresEngine(Scope.system())
    columns = ["record_table", "record_id", "filed_on", "use", "amount", "area"]
    rows = first.rows(aggregate, columns=columns, offset=3, limit=20)
    assert rows == second.rows(aggregate, columns=columns, offset=3, limit=20)
    assert rows == sorted(rows, key=lambda row: (row["filed_on"], row["record_id"]))
    assert first.row_keys(aggregate) == second.row_keys(aggregate)
    assert first.prove([aggregate]) == second.prove([aggregate])
    (result,) = first.run([aggregate])
    assert first.prove([aggregate])[0].rows == len(first.row_keys(aggregate)) == result.rows
    assert first.values(aggregate, "use") == second.values(aggregate, "use")
    if kind == "sum":
        assert sum(key.contributed for key in first.row_keys(aggregate)) == result.value


def test_the_reader_on_postgres_sees_their_own_rows_only(sales: dict[str, Fact], system: Actor) -> None:
    samples.add(system, samples.sale(region_code="990121", bureau_id=1), samples.sale(region_code="990122", bureau_id=2))
    rows = Aggregate("sample_sale", "count")
    assert PostgresEngine(Scope("990121")).run([rows])[0].value == 1
    assert PostgresEngine(Scope("9901", bureau_id=2)).run([rows])[0].value == 1
    assert PostgresEngine(Scope.nothing()).run([rows])[0].value == 0
