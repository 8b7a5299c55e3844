"""A process killed anywhere on the way leaves no row, no entry and a batch that can be confirmed again; two at once import once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connections

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.database.server import APP_URL
from anju.kernel.errors import AnjuError
from anju.kernel.journal.models import BulkChange, Change, Entry
from anju.kernel.ledgers import catalogue
from anju.kernel.ledgers.batches import ImportBatch
from anju.kernel.ledgers.imports import confirm_import, prepare_import
from anju.kernel.ledgers.imports.tests.books import LEDGER, book, record
from anju.testing.factories import make_actor, make_bureau, make_city

ROWS = 235
"""Enough to be journaled in chunks."""


@pytest.fixture
def clerk(fresh_db: str) -> Actor:
    with using_scope(Scope.system()):
        make_city()
        return make_actor(make_bureau("dongyuan", "990121"), "clerk")


def die(database: str, verb: str, what: object, by: Actor, point: str) -> None:
    address = urlsplit(os.environ[APP_URL])._replace(path=f"/{database}").geturl()
    died = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("dying.py")), verb, str(what), str(by.staff_id), point],
        env={**os.environ, APP_URL: address},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()


def written() -> tuple[int, int, int]:
    """Records, their images, and confirmations journaled."""
    with using_scope(Scope.system()):
        ledger = catalogue.get(LEDGER)
        entries = Entry.objects.filter(verb="ledgers.confirm_import").count()
        singles = Change.objects.filter(table=ledger.table).count()
        images = singles + sum(BulkChange.objects.filter(table=ledger.table).values_list("rows", flat=True))
        return ledger.model.objects.count(), images, entries


@pytest.mark.parametrize("point", ["1", "3", "late"])
def test_killed_while_confirming(fresh_db: str, clerk: Actor, tmp_path: Path, point: str) -> None:
    path = book(tmp_path / "a.xlsx", [record(number) for number in range(1, ROWS + 1)])
    batch = prepare_import(catalogue.get(LEDGER), path, by=clerk)
    die(fresh_db, "confirm", batch.pk, clerk, point)
    assert written() == (0, 0, 0)
    with using_scope(Scope.system()):
        assert ImportBatch.objects.get(pk=batch.pk).state == "pending"
    assert confirm_import(batch.pk, by=clerk).added == ROWS
    assert written() == (ROWS, ROWS, 1)


@pytest.mark.parametrize("point", ["1", "2"])
def test_killed_while_preparing(fresh_db: str, clerk: Actor, tmp_path: Path, point: str) -> None:
    path = book(tmp_path / "a.xlsx", [record(number) for number in range(1, ROWS + 1)])
    die(fresh_db, "prepare", path, clerk, point)
    with using_scope(Scope.system()):
        assert ImportBatch.objects.count() == 0
    batch = prepare_import(catalogue.get(LEDGER), path, by=clerk)
    assert confirm_import(batch.pk, by=clerk).added == ROWS


def at_once(*works: object) -> list[object]:
    outcomes: list[object] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(index: int) -> None:
        try:
            start.wait(timeout=30)
            outcomes[index] = works[index]()  # type: ignore[operator]
        except AnjuError as error:
            outcomes[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def test_two_confirm_one_batch_at_once(clerk: Actor, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [record(number) for number in range(1, ROWS + 1)])
    batch = prepare_import(catalogue.get(LEDGER), path, by=clerk)
    outcomes = at_once(*[lambda: confirm_import(batch.pk, by=clerk)] * 3)
    assert [outcome.added for outcome in outcomes] == [ROWS] * 3  # type: ignore[attr-defined]
    assert written() == (ROWS, ROWS, 1)


def test_two_batches_with_the_same_rows_at_once(clerk: Actor, tmp_path: Path) -> None:
    ledger = catalogue.get(LEDGER)
    rows = [record(number) for number in range(1, ROWS + 1)]
    batches = [prepare_import(ledger, book(tmp_path / name, rows), by=clerk) for name in ("a.xlsx", "b.csv")]
    outcomes = at_once(*[lambda batch=batch: confirm_import(batch.pk, by=clerk) for batch in batches])
    assert sorted(outcome.added for outcome in outcomes) == [0, ROWS]  # type: ignore[attr-defined]
    assert written()[:2] == (ROWS, ROWS)
