"""Every way into the books, tried by somebody of 东原县 on another county of the sample city: nothing is read, nothing changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from psycopg import sql

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.figures import snapshots
from anju.kernel.figures.catalogue import all_indicators
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.evidence import evidence
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.journal.models import BulkChange, Change, Entry
from anju.kernel.ledgers import actions, queries
from anju.kernel.ledgers.catalogue import all_ledgers
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.export import export
from anju.kernel.orgs.models import Bureau
from anju.testing.factories import make_actor
from anju.testing.sample import Sample

H1 = Period.parse("2023H1")
HOME = "990121"


@pytest.fixture(scope="module")
def clerk(sample_county_to_read: Sample) -> Actor:
    """Somebody of 东原县 who may do everything a business role may."""
    with using_scope(Scope.system()):
        return make_actor(Bureau.objects.get(code="dongyuan"), "clerk", "reviewer", "reporter")


@pytest.fixture(scope="module")
def theirs(sample_county_to_read: Sample) -> dict[str, Any]:
    """One record of another county for every ledger that has any, by ledger."""
    with using_scope(Scope.system()):
        found = {ledger.name: ledger.model.objects.exclude(region_code=HOME).first() for ledger in all_ledgers().values()}
    return {name: record for name, record in found.items() if record is not None}


@pytest.fixture(scope="module")
def snapshot(sample_county_to_read: Sample) -> Iterator[Snapshot]:
    with using_scope(Scope.system()):
        yield snapshots.refresh()


@pytest.fixture
def browser(clerk: Actor, client_for: Callable[[Actor], Client]) -> Client:
    browser = client_for(clerk)
    browser.raise_request_exception = False
    return browser


def count(ledger: Ledger) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {} WHERE region_code <> %s").format(sql.Identifier(ledger.table)), [HOME])
        return int(cursor.fetchone()[0])


def test_the_other_counties_have_books(theirs: dict[str, Any]) -> None:
    assert theirs


def test_raw_sql_on_ledgers_and_facts(theirs: dict[str, Any], clerk: Actor) -> None:
    for name, record in theirs.items():
        ledger = all_ledgers()[name]
        with using_scope(clerk.scope), connection.cursor() as cursor:
            assert count(ledger) == 0
            table, fact = sql.Identifier(ledger.table), sql.Identifier(f"fact_{ledger.fact_name}")
            cursor.execute(sql.SQL("SELECT count(*) FROM {} WHERE region_code <> %s").format(fact), [HOME])
            assert cursor.fetchone()[0] == 0
            cursor.execute(sql.SQL("UPDATE {} SET version = version + 1 WHERE id = %s").format(table), [record.pk])
            assert cursor.rowcount == 0
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(sql.SQL("DELETE FROM {} WHERE id = %s").format(table), [record.pk])
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                cursor.execute(sql.SQL("UPDATE {} SET region_code = %s").format(table), [record.region_code])


def test_list_search_detail_and_totals(theirs: dict[str, Any], clerk: Actor) -> None:
    for name, record in theirs.items():
        ledger = all_ledgers()[name]
        with using_scope(clerk.scope):
            assert all(row.bureau_id == clerk.bureau_id for row in queries.page(ledger, clerk.scope, size=200).rows)
            key = str(getattr(record, ledger.field(ledger.key[0]).column))
            assert all(row.pk != record.pk for row in queries.page(ledger, clerk.scope, search=key, size=200).rows)
            assert not queries.records(ledger, Scope.system()).exclude(bureau_id=clerk.bureau_id).exists()
            with pytest.raises(AnjuError):
                queries.record(ledger, record.pk, clerk.scope)


def test_export(theirs: dict[str, Any], clerk: Actor, tmp_path: Path) -> None:
    for name in theirs:
        ledger = all_ledgers()[name]
        with using_scope(clerk.scope):
            mine = queries.records(ledger, clerk.scope).count()
            assert export(ledger, clerk.scope, path=tmp_path / f"{name}.xlsx") == mine


def test_actions(theirs: dict[str, Any], clerk: Actor) -> None:
    for name, record in theirs.items():
        ledger = all_ledgers()[name]
        for attempt in (
            lambda ledger=ledger, record=record: actions.void_record(ledger, record.pk, by=clerk, reason="越界"),
            lambda ledger=ledger, record=record: actions.change_record(
                ledger, record.pk, {}, by=clerk, version=record.version, reason="越界"
            ),
            lambda ledger=ledger, record=record: actions.change_records(ledger, [record.pk], {}, by=clerk, reason="越界"),
        ):
            with pytest.raises(AnjuError):
                attempt()
        with using_scope(Scope.system()):
            now = ledger.model.objects.get(pk=record.pk)
        assert (now.version, now.voided_at) == (record.version, record.voided_at)


def test_journal_of_their_records(theirs: dict[str, Any], clerk: Actor) -> None:
    with using_scope(clerk.scope):
        for name, record in theirs.items():
            assert not Change.objects.filter(table=all_ledgers()[name].table, row=str(record.pk)).exists()
        for journaled in (Entry, Change, BulkChange):
            assert not journaled.objects.exclude(bureau_id=clerk.bureau_id).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM journal_bulk_row WHERE bureau_id IS DISTINCT FROM %s", [clerk.bureau_id])
            assert cursor.fetchone()[0] == 0


def test_figures_and_evidence(theirs: dict[str, Any], clerk: Actor, snapshot: Snapshot) -> None:
    region = next(iter(theirs.values())).region_code
    keys = [key for key, indicator in all_indicators().items() if indicator.fact in {all_ledgers()[name].fact_name for name in theirs}]
    assert keys
    for key in keys:
        for beyond in (region, "9901", "99"):
            with pytest.raises(Forbidden):
                evaluate([Request(key, H1, beyond)], by=clerk, snapshot=snapshot)
            with pytest.raises(Forbidden):
                evidence(Request(key, H1, beyond), by=clerk, snapshot=snapshot)
        mine = evidence(Request(key, H1, HOME), by=clerk, snapshot=snapshot, limit=10_000)
        tables = {all_ledgers()[name].table: name for name in theirs}
        with using_scope(Scope.system()):
            for row in mine.rows:
                if row.record_table in tables:
                    assert all_ledgers()[tables[row.record_table]].model.objects.get(pk=row.record_id).bureau_id == clerk.bureau_id


def test_pages_of_their_records(theirs: dict[str, Any], browser: Client) -> None:
    for name, record in theirs.items():
        for address in ("", "edit/", "void/"):
            assert browser.get(f"/ledgers/{name}/{record.pk}/{address}").status_code in (403, 404, 405), (name, address)
        for address in ("edit/", "void/"):
            browser.post(f"/ledgers/{name}/{record.pk}/{address}", {"reason": "越界", "version": record.version})
        browser.post(f"/ledgers/{name}/bulk/", {"ids": [record.pk], "record": [record.pk], "reason": "越界"})
        with using_scope(Scope.system()):
            now = all_ledgers()[name].model.objects.get(pk=record.pk)
        assert (now.version, now.voided_at) == (record.version, record.voided_at)


def test_lists_link_to_none_of_theirs(theirs: dict[str, Any], browser: Client, clerk: Actor) -> None:
    for name in theirs:
        with using_scope(Scope.system()):
            foreign = set(all_ledgers()[name].model.objects.exclude(bureau_id=clerk.bureau_id).values_list("pk", flat=True))
        for address in (f"/ledgers/{name}/", f"/ledgers/{name}/?region=990122", f"/ledgers/{name}/?q=1"):
            page = browser.get(address)
            assert page.status_code == 200
            linked = {int(number) for number in re.findall(rf"/ledgers/{name}/(\d+)/", page.content.decode())}
            assert not linked & foreign


def test_pages_of_figures_for_another_region(theirs: dict[str, Any], browser: Client) -> None:
    region = next(iter(theirs.values())).region_code
    key = next(key for key, indicator in all_indicators().items() if indicator.fact in {all_ledgers()[name].fact_name for name in theirs})
    for beyond in (region, "9901", "99", "11"):
        for address in ("", "rows/", "export/"):
            answer = browser.get(f"/figures/{key}/{address}?period=2023H1&region={beyond}")
            assert answer.status_code in (403, 404), (beyond, address, answer.status_code)


def test_pages_of_their_journal(theirs: dict[str, Any], browser: Client, clerk: Actor) -> None:
    with using_scope(Scope.system()):
        entry = Entry.objects.filter(verb__startswith="ledgers.").exclude(bureau_id=clerk.bureau_id).first()
    assert entry is not None
    for address in (f"/journal/{entry.pk}/", f"/journal/{entry.pk}/proof/"):
        assert browser.get(address).status_code in (403, 404)


def test_a_stranger_is_sent_to_sign_in(theirs: dict[str, Any]) -> None:
    name, record = next(iter(theirs.items()))
    for address in (
        "/",
        "/search/?q=1",
        f"/ledgers/{name}/",
        f"/ledgers/{name}/{record.pk}/",
        "/figures/",
        "/journal/",
        "/reports/",
        "/imports/",
    ):
        answer = Client().get(address)
        assert (answer.status_code, answer.get("Location", "").split("?")[0]) == (302, "/accounts/login/"), address
