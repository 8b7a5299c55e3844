"""A book whose rows live in a slice's table is entered, imported, listed, closed and told as every other book."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.models import BulkChange, Change, Entry
from anju.kernel.ledgers import actions, catalogue, queries, tables
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.imports import confirm_import, prepare_import
from anju.kernel.ledgers.keeping import Keeper, keep
from anju.kernel.ledgers.moving import move_book
from anju.kernel.ledgers.tests.kept import BEFORE, COLUMNS, TABLE, kept_homes, make_table, write
from anju.kernel.ledgers.workbook.tests.books import xlsx
from anju.testing.factories import make_actor, make_bureau, make_city
from anju.testing.ledgers import declare_for_test

HEADER = ["编号", "面积（㎡）", "月租金（元）", "出租日期", "状态"]


@pytest.fixture
def clerk(fresh_db: str) -> Iterator[Actor]:
    make_table()
    with using_scope(Scope.system()):
        make_city()
        by = make_actor(make_bureau("dongyuan", "990121"), "clerk", "reviewer")
        yield by


@pytest.fixture
def homes(clerk: Actor) -> Iterator[Ledger]:
    with kept_homes() as ledger:
        yield ledger


def home(number: int, **changes: object) -> dict[str, object]:
    return {"home_no": f"H{number:04d}", "area": "45.5", "rent": "300", "let_on": "2023-03-01", "state": "在租"} | changes


def test_a_record_entered_in_the_form_stands_in_the_table(homes: Ledger, clerk: Actor):
    number = actions.add_record(homes, home(1), by=clerk)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, area, rent_fen, is_let, region_code, bureau_id FROM {TABLE} WHERE id = %s", [number])
        assert cursor.fetchone() == ("H0001", Decimal("45.50"), 30000, True, "990121", clerk.bureau_id)
    assert Entry.objects.get(verb="ledgers.add_record").subject == f"{TABLE}:{number}"
    (row,) = queries.page(homes, clerk.scope).rows
    assert (row.pk, row.home_no, row.state) == (number, "H0001", "let")
    assert queries.shown(homes, [row])[0]["rent"] == "300.00"


def test_a_change_and_a_void_are_told_in_the_words_of_the_book(homes: Ledger, clerk: Actor):
    number = actions.add_record(homes, home(1), by=clerk)
    assert actions.change_record(homes, number, {"rent": "320"}, by=clerk, version=1) == 2
    with pytest.raises(AnjuError, match="ledger.changed_meanwhile"):
        actions.change_record(homes, number, {"rent": "330"}, by=clerk, version=1)
    actions.void_record(homes, number, by=clerk, reason="重复录入")
    told = [(item.kind, [(one.label, one.before, one.after) for one in item.differences]) for item in queries.history(homes, number)]
    assert told[1:] == [("changed", [("月租金", "300.00", "320.00")]), ("voided", [])]
    assert queries.page(homes, clerk.scope).rows == []


def test_the_keeper_and_its_table_may_refuse(homes: Ledger, clerk: Actor):
    with pytest.raises(AnjuError, match="kept.no_rent"):
        actions.add_record(homes, home(1, rent=None), by=clerk)
    with pytest.raises(AnjuError, match="ledger.not_allowed"):
        actions.add_record(homes, home(1, rent="1000000"), by=clerk)
    assert not Change.objects.filter(table=TABLE).exists()


def test_a_workbook_goes_in_once_and_corrects_when_asked(homes: Ledger, clerk: Actor, tmp_path: Path):
    rows = [[f"H{number:04d}", 40 + number % 9, 300, datetime.date(2023, 3, 1), "在租"] for number in range(1, 301)]
    path = xlsx(tmp_path / "住房.xlsx", {"住房": [HEADER, *rows]})
    batch = confirm_import(prepare_import(homes, path, by=clerk).pk, by=clerk)
    assert (batch.added, batch.already) == (300, 0)
    assert BulkChange.objects.filter(table=TABLE).exists()
    assert prepare_import(homes, path, by=clerk).pk == batch.pk

    rows[4][2] = 350
    rows.append(["H0301", 60, None, datetime.date(2023, 4, 1), "空置"])
    changed = prepare_import(homes, xlsx(tmp_path / "更正.xlsx", {"住房": [HEADER, *rows]}), by=clerk, update_existing=True)
    done = confirm_import(changed.pk, by=clerk)
    assert (done.added, done.changed, done.already) == (1, 1, 299)
    assert queries.totals(homes, clerk.scope).sums["rent"] == 300 * 30000 + 5000


def test_a_wrong_cell_is_named_as_in_every_book(homes: Ledger, clerk: Actor, tmp_path: Path):
    path = xlsx(tmp_path / "住房.xlsx", {"住房": [HEADER, ["H1", 40, 300, "三月", "在租"]]})
    batch = prepare_import(homes, path, by=clerk)
    assert (batch.wrong, batch.ready) == (1, 0)


def test_a_closed_period_is_closed_for_the_table_too(homes: Ledger, clerk: Actor):
    number = actions.add_record(homes, home(1), by=clerk)
    actions.close_period(homes, datetime.date(2023, 3, 31), by=clerk)
    for attempt in (
        lambda: actions.add_record(homes, home(2), by=clerk),
        lambda: actions.void_record(homes, number, by=clerk, reason="试"),
        lambda: actions.change_record(homes, number, {"let_on": "2023-05-01"}, by=clerk, version=1),
    ):
        with pytest.raises(AnjuError, match="ledger.closed"):
            attempt()


def test_nobody_reads_the_neighbours_records_through_the_view(homes: Ledger, clerk: Actor):
    actions.add_record(homes, home(1), by=clerk)
    neighbour = make_actor(make_bureau("xiping", "990122"), "clerk")
    with using_scope(neighbour.scope):
        assert homes.model.objects.count() == 0
    with using_scope(clerk.scope):
        assert homes.model.objects.count() == 1


def test_a_book_that_becomes_kept_keeps_every_record_and_moves_once(clerk: Actor):
    with declare_for_test(BEFORE) as (before,):
        for number in range(1, 4):
            actions.add_record(before, home(number), by=clerk)
        gone = actions.add_record(before, home(9), by=clerk)
        actions.void_record(before, gone, by=clerk, reason="重复录入")
        actions.close_period(before, datetime.date(2023, 3, 31), by=clerk)
    with kept_homes() as after:
        assert move_book(after) == 3
        assert move_book(after) == 0
        assert [row.home_no for row in queries.page(after, clerk.scope, sort="home_no").rows] == ["H0001", "H0002", "H0003"]
        with pytest.raises(AnjuError, match="ledger.closed"):
            actions.add_record(after, home(4), by=clerk)
        assert tables.sync(ledgers=[after]) == []


def test_a_kept_ledger_needs_a_keeper_with_every_field_and_a_guarded_table(clerk: Actor):
    with kept_homes() as ledger:
        with pytest.raises(AnjuError, match="ledgers.no_keeper"):
            _ = replace(ledger, name="nobodys_book").record_table
        keep(Keeper("home_book", TABLE, {name: COLUMNS[name] for name in COLUMNS if name != "state"}, write))
        with pytest.raises(AnjuError, match=r"state.*ledgers.no_keeper"):
            _ = ledger.record_table
        keep(Keeper("home_book", "ledgers_ledgerdefinition", COLUMNS, write))
        with pytest.raises(AnjuError, match="ledgers.unguarded_table"):
            tables.sync(ledgers=[replace(ledger, version=3)])


def test_no_book_of_the_house_is_kept_by_nobody():
    assert all(ledger.keeper for ledger in catalogue.all_ledgers().values() if ledger.kept)
