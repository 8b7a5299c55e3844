"""An INSERT of many rows leaves chunks; row by row they say what single images would have said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.journal.actions import action
from anju.kernel.journal.models import BulkChange, Change
from anju.kernel.journal.queries import changes_of, changes_of_row, count_changes_of
from anju.kernel.journal.tests.bulk import TABLE, add_houses, chunks, make_table, query, run_as_owner


@pytest.fixture(autouse=True)
def houses(new_house: str) -> Iterator[None]:
    make_table()
    with using_scope(Scope.system()):
        yield


def singles() -> int:
    return Change.objects.filter(table=TABLE).count()


def test_every_image_is_the_one_of_the_row() -> None:
    add_houses(1, 1200)
    assert singles() == 0
    assert query(
        "SELECT count(*), count(*) FILTER (WHERE b.after = to_jsonb(t) - 'secret' AND b.after::text = (to_jsonb(t) - 'secret')::text)"
        " FROM probe_houses t FULL JOIN journal_bulk_row b ON b.row = t.id::text"
    ) == [(1200, 1200)]
    assert "secret" not in "".join(chunk.images for chunk in chunks())


def test_readers_see_the_same_image_as_a_row_of_its_own(system: Actor) -> None:
    add_houses(1, 400)
    for number in (1, 5, 6, 400):
        (change,) = changes_of_row(TABLE, str(number), system)
        ((text,),) = query("SELECT (to_jsonb(t) - 'secret')::text FROM probe_houses t WHERE id = %s", number)
        assert (change.operation, change.before, change.row) == ("I", None, str(number))
        assert change.after == json.loads(text, parse_float=Decimal)
    (change,) = changes_of_row(TABLE, "1", system)
    assert change.after is not None
    assert (str(change.after["area"]), change.after["amount"]) == ("12.50", 9007199254740994)


def test_a_session_in_another_time_zone_writes_utc() -> None:
    query("SELECT set_config('TimeZone', 'Asia/Shanghai', false)")
    try:
        add_houses(1, 200)
    finally:
        query("SELECT set_config('TimeZone', 'UTC', false)")
    assert json.loads(chunks()[0].images)["at"][0].endswith("+00:00")


def test_a_chunk_holds_one_bureaus_rows_of_one_stretch() -> None:
    add_houses(1, 1200)
    assert sum(chunk.rows for chunk in chunks()) == 1200
    for chunk in chunks():
        content = json.loads(chunk.images)
        assert set(content["region_code"]) == {chunk.region_code}
        assert set(content["bureau_id"]) == {chunk.bureau_id}
        assert (min(content["id"]), max(content["id"]), len(content["id"])) == (chunk.row_first, chunk.row_last, chunk.rows)
        assert chunk.row_first // BulkChange.STRETCH == chunk.row_last // BulkChange.STRETCH


def test_few_rows_are_journaled_one_by_one(system: Actor) -> None:
    number = add_houses(1, 199)
    assert (singles(), chunks()) == (199, [])
    assert count_changes_of(number, system) == 199


@pytest.mark.parametrize("key", ["code text PRIMARY KEY", "code integer PRIMARY KEY", "code bigint, n bigint, PRIMARY KEY (code, n)"])
def test_rows_without_a_single_number_are_journaled_one_by_one(key: str) -> None:
    run_as_owner(f"CREATE TABLE probe_codes ({key})", "SELECT journal_track('probe_codes')")
    query("INSERT INTO probe_codes SELECT n" + (", n" if "n bigint" in key else "") + " FROM generate_series(1, 300) n")
    assert query("SELECT count(*) FROM journal_change WHERE \"table\" = 'probe_codes'") == [(300,)]
    assert query("SELECT count(*) FROM journal_bulk") == [(0,)]


def test_a_wide_table_and_one_without_bureaus() -> None:
    columns = ", ".join(f"c{number} text DEFAULT '{number}'" for number in range(160))
    run_as_owner(f"CREATE TABLE probe_wide (id bigint PRIMARY KEY, {columns})", "SELECT journal_track('probe_wide')")
    query("INSERT INTO probe_wide (id) SELECT n - 700 FROM generate_series(1, 1000) n")  # below zero, too
    assert query(
        "SELECT count(*), bool_and(b.after = to_jsonb(t)), bool_and(b.region_code IS NULL AND b.bureau_id IS NULL)"
        " FROM probe_wide t FULL JOIN journal_bulk_row b ON b.row = t.id::text"
    ) == [(1000, True, True)]


def test_the_insert_comes_before_what_follows(system: Actor) -> None:
    add_houses(1, 600)
    query("UPDATE probe_houses SET address = '改后' WHERE id = 77")
    query("DELETE FROM probe_houses WHERE id = 77")
    assert [change.operation for change in changes_of_row(TABLE, "77", system)] == ["I", "U", "D"]
    add_houses(77, 77)
    add_houses(601, 900)
    assert [change.operation for change in changes_of_row(TABLE, "77", system)] == ["I", "U", "D", "I"]
    for unknown in ("0", "901", "077", "x", "9" * 30, ""):
        assert changes_of_row(TABLE, unknown, system) == []


def test_the_rows_of_an_action_come_in_pages(system: Actor) -> None:
    number = add_houses(1, 1100)
    assert count_changes_of(number, system) == 1100
    pages = [changes_of(number, system, offset=offset, size=300) for offset in range(0, 1500, 300)]
    assert [len(page) for page in pages] == [300, 300, 300, 200, 0]
    rows = [int(change.row) for page in pages for change in page]
    assert sorted(rows) == list(range(1, 1101))
    assert [change.id for page in pages for change in page] == sorted(change.id for page in pages for change in page)
    assert changes_of(number, system, offset=1099, size=5)[0].row == str(rows[-1])


def test_single_changes_and_chunks_come_in_the_order_they_were_made(system: Actor) -> None:
    with action("probe.mixed", by=system) as entry:
        query("INSERT INTO probe_houses (id) VALUES (5000)")
        query("INSERT INTO probe_houses (id) SELECT n FROM generate_series(6001, 6200) n")
        query("UPDATE probe_houses SET address = 'x' WHERE id = 5000")
    read = changes_of(entry.number, system)
    assert [change.row for change in read] == ["5000", *(str(n) for n in range(6001, 6201)), "5000"]
    assert changes_of(entry.number, system, offset=200, size=5) == read[200:]


def test_a_bureau_sees_its_own_rows_only() -> None:
    add_houses(1, 600)
    with using_scope(Scope(region="990121", bureau_id=1)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), bool_and(after ->> 'region_code' = '990121') FROM journal_bulk_row")
        assert cursor.fetchone() == (300, True)
        assert {chunk.bureau_id for chunk in BulkChange.objects.all()} == {1}
    with using_scope(Scope(region="990199", bureau_id=None)):
        assert not BulkChange.objects.exists()


def test_nobody_rewrites_a_chunk() -> None:
    add_houses(1, 200)
    for statement in (
        "UPDATE journal_bulk SET rows = 1",
        "DELETE FROM journal_bulk",
        "TRUNCATE journal_bulk",
        "INSERT INTO journal_bulk SELECT * FROM journal_bulk",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(statement)
    for statement in ("UPDATE journal_bulk SET rows = 1", "DELETE FROM journal_bulk", "TRUNCATE journal_bulk"):
        with pytest.raises(DatabaseError, match="append_only"), transaction.atomic(using="owner"):
            run_as_owner(statement)


def test_the_chunk_of_a_row_is_found_by_the_index() -> None:
    add_houses(1, 60_000)
    run_as_owner("ANALYZE journal_bulk")
    with using_scope(Scope(region="990121", bureau_id=1)):
        found = BulkChange.objects.filter(table=TABLE, row_first__gte=30_208, row_first__lte=30_500, row_last__gte=30_500)
        plan = found.explain()
        assert "bulk_by_row" in plan
        assert "row_first >= 30208" in plan.split("Index Cond")[1].split("\n")[0]
        assert found.count() == 1


def test_a_column_called_like_an_alias_is_not_the_row(system: Actor) -> None:
    run_as_owner("CREATE TABLE probe_letters (id bigint PRIMARY KEY, n int, o int, r int)", "SELECT journal_track('probe_letters')")
    query("INSERT INTO probe_letters VALUES (1, 2, 3, 4)")
    query("UPDATE probe_letters SET r = 5")
    query("DELETE FROM probe_letters")
    read = changes_of_row("probe_letters", "1", system)
    assert [(change.before or {}).get("r") for change in read] == [None, 4, 5]
    assert [(change.after or {}).get("r") for change in read] == [4, 5, None]
