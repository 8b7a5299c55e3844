"""Sessions that run at the same time: one key, one record; a closing waits for the writers and the writers for it."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.ledgers import actions
from anju.kernel.ledgers.catalogue import get
from anju.testing.factories import make_actor, make_bureau, make_city

SESSION = {"held_on": "2023-03-08", "topic": "统计业务"}


@pytest.fixture
def clerk(fresh_db: str) -> Actor:
    with using_scope(Scope.system()):
        make_city()
        return make_actor(make_bureau("dongyuan", "990121"), "clerk", "reviewer")


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run each in its own thread and session; the outcomes, exceptions among them, in order."""
    outcomes: list[object] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(index: int, work: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            outcomes[index] = work()
        except Exception as error:
            outcomes[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index, work)) for index, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def test_one_of_many_adds_the_same_key(clerk: Actor) -> None:
    training = get("office_training")
    outcomes = at_once(*[lambda n=n: actions.add_record(training, {**SESSION, "persons": n + 1}, by=clerk) for n in range(6)])
    refused = [outcome for outcome in outcomes if isinstance(outcome, AnjuError)]
    assert len(refused) == 5, outcomes
    assert all(error.problems[0].code == "ledger.exists" for error in refused)
    with using_scope(Scope.system()):
        assert training.model.objects.count() == 1


def test_one_client_key_adds_one_record_however_often_it_is_sent(clerk: Actor) -> None:
    training = get("office_training")
    outcomes = at_once(*[lambda: actions.add_record(training, SESSION, by=clerk, key="retry") for _ in range(4)])
    assert len(set(outcomes)) == 1
    assert isinstance(outcomes[0], int)


def test_one_of_two_changes_wins(clerk: Actor) -> None:
    training = get("office_training")
    number = actions.add_record(training, SESSION, by=clerk)
    outcomes = at_once(*[lambda n=n: actions.change_record(training, number, {"persons": n + 1}, by=clerk, version=1) for n in range(4)])
    assert outcomes.count(2) == 1
    assert sum(isinstance(outcome, AnjuError) for outcome in outcomes) == 3


def test_a_closing_waits_for_a_row_being_written(clerk: Actor) -> None:
    training = get("office_training")
    written, closing_began = threading.Event(), threading.Event()

    def write() -> str:
        with action("ledgers.probe", by=clerk):
            training.model.objects.create(held_on=datetime.date(2023, 3, 8), topic="写着", region_code="990121", bureau_id=clerk.bureau_id)
            written.set()
            closing_began.wait(timeout=30)
            _wait_for_a_waiting_session()
            return "written"

    def close() -> str:
        written.wait(timeout=30)
        closing_began.set()
        actions.close_period(training, datetime.date(2023, 3, 31), by=clerk)
        with using_scope(Scope.system()):
            return f"closed over {training.model.objects.count()}"

    assert at_once(write, close) == ["written", "closed over 1"]


def _wait_for_a_waiting_session() -> None:
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute("SELECT count(*), pg_sleep(0.01) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("the closing did not wait")
