"""Personal fields of ledgers: cells in the database, plain in the hands of people who may, found by exact value, counted as before."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.verifying import verify
from anju.kernel.ledgers import actions, encrypting, export, queries, tables
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.history import HIDDEN
from anju.kernel.ledgers.imports import confirm_import, prepare_import, preview, remap, storage
from anju.kernel.privacy import reencrypting, revealing
from anju.testing.factories import make_actor, make_bureau, make_city
from anju.testing.ledgers import declare_for_test

PAGE = """
ledger: person_probe
name: 个人台账
version: 1
grain: one row
key: [no]
date: day
fields:
  no:     {label: 编号, type: text, required: true, max: 10}
  day:    {label: 日期, type: date, required: true}
  person: {label: 身份证号, type: resident_id, required: true}
  phone:  {label: 电话, type: phone}
  card:   {label: 卡号, type: bank_card}
rules:
  - {when: "phone is None", level: confirm, message: 没有电话}
"""
ONE, OTHER, PHONE, CARD = "11010519491231002X", "440106200002290016", "13800138000", "6217000000000000004"
ROW = {"no": "1", "day": "2023-05-16", "person": ONE, "phone": PHONE, "card": CARD}


@pytest.fixture
def ledger(fresh_db: str) -> Iterator[Ledger]:
    with declare_for_test(PAGE) as (one,):
        yield one


@pytest.fixture
def clerk(ledger: Ledger) -> Actor:
    with using_scope(Scope.system()):
        make_city()
        return make_actor(make_bureau("dongyuan", "990121"), "clerk", "reviewer")


def _rows(statement: str) -> list[Any]:
    with using_scope(Scope.system()), connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _everything_stored() -> str:
    journal = _rows(
        "SELECT after::text FROM journal_change UNION ALL SELECT images FROM journal_bulk UNION ALL SELECT data::text FROM journal_entry"
    )
    return str(_rows("SELECT t::text FROM ledger_person_probe t") + journal)


def _csv(rows: list[dict[str, str]]) -> str:
    lines = [
        "编号,日期,身份证号,电话,卡号",
        *(f"{r['no']},{r['day']},{r['person']},{r.get('phone', '')},{r.get('card', '')}" for r in rows),
    ]
    return "\n".join(lines)


def _import(ledger: Ledger, clerk: Actor, folder: Path, rows: list[dict[str, str]], **more: Any) -> Any:
    path = folder / f"book{len(list(folder.iterdir()))}.csv"
    path.write_text(_csv(rows), encoding="utf-8")
    batch = prepare_import(ledger, path, by=clerk, **more)
    return confirm_import(batch.pk, by=clerk, accept_confirmations=True)


def test_neither_the_database_nor_the_journal_holds_a_value(ledger: Ledger, clerk: Actor, tmp_path: Path) -> None:
    actions.add_record(ledger, ROW, by=clerk)
    numbered = [{**ROW, "no": str(number)} for number in range(2, 402)]
    assert _import(ledger, clerk, tmp_path, numbered).added == 400
    stored = _everything_stored()
    for value in (ONE, PHONE, CARD):
        assert value not in stored
        assert value.encode().hex() not in stored
    with using_scope(clerk.scope):
        assert {(row.person, row.phone, row.card) for row in ledger.model.objects.all()} == {(ONE, PHONE, CARD)}
    assert {(row.person, row.phone) for row in queries.page(ledger, clerk.scope, size=500).rows} == {(ONE, PHONE)}
    assert not verify()
    assert not reencrypting.verify_cells()


def test_exact_values_are_found_and_shown_masked(ledger: Ledger, clerk: Actor, tmp_path: Path) -> None:
    first = actions.add_record(ledger, ROW, by=clerk)
    actions.add_record(ledger, {"no": "2", "day": "2023-05-17", "person": OTHER}, by=clerk, accept_confirmations=True)
    for asked in (
        {"where": {"person": ONE.lower()}},
        {"where": {"person": [ONE]}},
        {"search": ONE},
        {"search": "138-0013-8000"},
        {"search": CARD},
    ):
        (row,) = queries.page(ledger, clerk.scope, **asked).rows
        assert row.pk == first
    assert queries.page(ledger, clerk.scope, where={"phone": {"is_null": True}}).count == 1
    assert queries.page(ledger, clerk.scope, where={"person": {"not": ONE}}).count == 1
    assert queries.page(ledger, clerk.scope, search="110105").count == 0
    with pytest.raises(AnjuError, match=r"ledgers\.bad_filter"):
        queries.page(ledger, clerk.scope, where={"person": {"gte": ONE}})
    words = queries.shown(ledger, queries.page(ledger, clerk.scope, where={"no": "1"}).rows)[0]
    assert (words["person"], words["phone"], words["card"]) == ("110105********002X", "138****8000", "***************0004")
    export.export(ledger, clerk.scope, path=tmp_path / "list.xlsx")
    assert ONE.encode() not in (tmp_path / "list.xlsx").read_bytes()


def test_a_change_is_noticed_by_value_and_told_without_it(ledger: Ledger, clerk: Actor) -> None:
    number = actions.add_record(ledger, ROW, by=clerk)
    actions.change_record(ledger, number, {"person": OTHER, "day": "2023-05-16"}, by=clerk, version=1, reason="证件核对")
    assert queries.record(ledger, number, clerk.scope).person == OTHER
    assert queries.record(ledger, number, clerk.scope).phone == PHONE
    with using_scope(clerk.scope):
        (difference,) = queries.history(ledger, number)[-1].differences
    assert (difference.label, difference.before, difference.after) == ("身份证号", HIDDEN, HIDDEN)
    actions.change_records(ledger, [number], {"phone": "13900139000"}, by=clerk, reason="换了号码")
    assert queries.record(ledger, number, clerk.scope).phone == "13900139000"


def test_the_same_row_again_adds_nothing_and_another_value_is_a_clash(ledger: Ledger, clerk: Actor, tmp_path: Path) -> None:
    actions.add_record(ledger, ROW, by=clerk)
    with pytest.raises(AnjuError, match=r"已有完全相同的记录"):
        actions.add_record(ledger, ROW, by=clerk)
    with pytest.raises(AnjuError, match=r"身份证号不同.*ledger\.exists"):
        actions.add_record(ledger, {**ROW, "person": OTHER}, by=clerk)
    assert _import(ledger, clerk, tmp_path, [ROW]).added == 0
    changed = _import(ledger, clerk, tmp_path, [{**ROW, "person": OTHER}, {**ROW, "no": "2"}], update_existing=True)
    assert (changed.added, changed.changed) == (1, 1)
    again = [{**ROW, "person": OTHER}, {**ROW, "no": "2"}, {**ROW, "no": "3"}]
    once_more = _import(ledger, clerk, tmp_path, again, update_existing=True)
    assert (once_more.added, once_more.changed, once_more.already) == (1, 0, 2)


def test_one_can_be_read_in_full_by_whoever_may_read_the_book(ledger: Ledger, clerk: Actor) -> None:
    number = actions.add_record(ledger, ROW, by=clerk)
    assert revealing.reveal(f"ledger_person_probe:{number}", "card", reason="核对发放账号", by=clerk) == CARD


def _as_it_was_before(ledger: Ledger) -> None:
    """Turn the table back into what an installation has from before personal fields were encrypted."""
    import psycopg
    from django.db import connections

    with psycopg.connect(**connections["owner"].get_connection_params()) as owner:
        owner.execute("ALTER TABLE ledger_person_probe DISABLE TRIGGER USER")
        for name in ("person", "phone", "card"):
            owner.execute(f"ALTER TABLE ledger_person_probe DROP COLUMN {name}_index, DROP COLUMN {name}, ADD COLUMN {name} text")  # type: ignore[arg-type]
        statement = "UPDATE ledger_person_probe SET person = %s, card = %s, phone = CASE WHEN no::int %% 2 = 0 THEN %s END"
        owner.execute(statement, [ONE, CARD, PHONE])
        owner.execute(
            "ALTER TABLE ledger_person_probe ALTER person SET NOT NULL, ADD CONSTRAINT person_allowed CHECK (char_length(person) = 18)"
        )
        owner.execute("ALTER TABLE ledger_person_probe ENABLE TRIGGER USER")
        owner.execute("CREATE VIEW fact_person_probe AS SELECT person FROM ledger_person_probe")


def test_an_older_installation_is_encrypted_once(ledger: Ledger, clerk: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{**ROW, "no": str(number), "phone": "" if number % 2 else PHONE} for number in range(300)]
    _import(ledger, clerk, tmp_path, rows)
    actions.close_period(ledger, until=datetime.date(2023, 6, 30), by=clerk)  # rows of a closed period too
    _as_it_was_before(ledger)
    monkeypatch.setattr(encrypting, "PAGE", 70)
    said: list[str] = []
    tables.sync(said.append, [ledger])
    assert said == ["加密台账中的个人信息：个人台账"]
    assert ONE not in _everything_stored()
    with using_scope(clerk.scope):
        held = list(ledger.model.objects.order_by("pk"))
    assert {row.person for row in held} == {ONE}
    assert [row.phone for row in held] == [None if int(row.no) % 2 else PHONE for row in held]
    tables.sync(said.append, [ledger])
    assert len(said) == 1
    assert not verify()
    assert not reencrypting.verify_cells()
    assert _rows("SELECT count(*) FROM pg_trigger WHERE tgrelid = 'ledger_person_probe'::regclass AND tgenabled = 'D'") == [(0,)]
    assert _import(ledger, clerk, tmp_path, [{**ROW, "no": "900", "day": "2023-07-03"}]).added == 1


def test_a_failed_encryption_leaves_everything_as_it_was(
    ledger: Ledger, clerk: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _import(ledger, clerk, tmp_path, [{**ROW, "no": str(number)} for number in range(20)])
    _as_it_was_before(ledger)
    sealing = encrypting.bulk.seal_many
    calls = io.StringIO()

    def fails(*given: Any) -> Any:
        calls.write(".")
        if len(calls.getvalue()) == 2:
            raise KeyboardInterrupt
        return sealing(*given)

    monkeypatch.setattr(encrypting.bulk, "seal_many", fails)
    with pytest.raises(KeyboardInterrupt):
        tables.sync(ledgers=[ledger])
    assert _rows("SELECT DISTINCT person FROM ledger_person_probe") == [(ONE,)]
    tables.sync(ledgers=[ledger])
    assert ONE not in _everything_stored()


def test_what_an_import_stages_lies_in_envelopes(ledger: Ledger, clerk: Actor, tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text(_csv([ROW, {**ROW, "no": "2", "phone": ""}]), encoding="utf-8")
    batch = prepare_import(ledger, path, by=clerk)
    kept = [place for place in storage.folder_of(batch.digest).rglob("*") if place.is_file()]
    assert len(kept) == 4
    assert all(ONE.encode() not in place.read_bytes() and place.stat().st_mode & 0o777 == 0o600 for place in kept)
    (shown, _other) = [row for row in preview(batch) if row.status]
    assert "110105********002X" in [cell.text for cell in shown.cells]
    with storage.original(batch) as plain:
        assert plain.read_bytes() == path.read_bytes()
    assert not plain.exists()
    again = remap(batch.pk, {"A": "no", "B": "day", "C": "person", "D": None, "E": None}, by=clerk)
    assert confirm_import(again.pk, by=clerk, accept_confirmations=True).added == 2
