"""封账: nothing dated on or before the closing day may be added, changed or voided, whatever road it takes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.models import Entry
from anju.kernel.ledgers import actions
from anju.kernel.ledgers.catalogue import get
from anju.kernel.ledgers.declaration import Ledger

pytestmark = pytest.mark.django_db

MARCH, JUNE = {"held_on": "2023-03-08", "topic": "三月"}, {"held_on": "2023-06-08", "topic": "六月"}
CLOSING = datetime.date(2023, 3, 31)


@pytest.fixture
def training() -> Ledger:
    return get("office_training")


@pytest.fixture(autouse=True)
def own_scope(county_clerk: Actor) -> Iterator[None]:
    with using_scope(county_clerk.scope):
        yield


@pytest.fixture
def march(training: Ledger, county_clerk: Actor) -> int:
    number = actions.add_record(training, MARCH, by=county_clerk)
    actions.close_period(training, CLOSING, by=county_clerk)
    return number


def test_nothing_moves_in_or_out(training: Ledger, county_clerk: Actor, march: int) -> None:
    june = actions.add_record(training, JUNE, by=county_clerk)
    for attempt in (
        lambda: actions.add_record(training, {**MARCH, "topic": "补登"}, by=county_clerk),
        lambda: actions.change_record(training, march, {"persons": 3}, by=county_clerk, version=1),
        lambda: actions.change_record(training, march, {"held_on": "2023-06-01"}, by=county_clerk, version=1),
        lambda: actions.change_record(training, june, {"held_on": "2023-03-31"}, by=county_clerk, version=1),
        lambda: actions.void_record(training, march, by=county_clerk, reason="试"),
    ):
        with pytest.raises(AnjuError, match=r"封账.*ledger.closed"):
            attempt()


def test_the_database_is_the_last_guard(training: Ledger, county_clerk: Actor, march: int) -> None:
    rows = training.model.objects
    for write in (
        lambda: rows.filter(pk=march).update(persons=1),
        lambda: rows.create(held_on=CLOSING, topic="直写", region_code="990121", bureau_id=county_clerk.bureau_id),
    ):
        with pytest.raises(IntegrityError, match="ledgers.closed"), transaction.atomic():
            write()


def test_the_neighbour_is_not_closed(training: Ledger, other_county_clerk: Actor, march: int) -> None:
    actions.add_record(training, MARCH, by=other_county_clerk)


def test_reopening_needs_a_reason_and_leaves_a_trace(training: Ledger, county_clerk: Actor, march: int) -> None:
    with pytest.raises(AnjuError, match="ledger.no_reason"):
        actions.reopen_period(training, None, by=county_clerk, reason="")
    actions.reopen_period(training, datetime.date(2023, 1, 31), by=county_clerk, reason="补登三月培训")
    actions.add_record(training, {**MARCH, "topic": "补登"}, by=county_clerk)
    with pytest.raises(AnjuError, match="ledger.closed"):
        actions.add_record(training, {**MARCH, "held_on": "2023-01-31"}, by=county_clerk)
    entry = Entry.objects.get(verb="ledgers.reopen_period")
    assert (entry.reason, entry.data["before"], entry.data["until"]) == ("补登三月培训", "2023-03-31", "2023-01-31")


@pytest.mark.parametrize(("until", "code"), [(CLOSING, "ledger.closed_already"), (datetime.date(2099, 1, 1), "ledger.future")])
def test_closing_goes_forward_and_not_beyond_today(
    training: Ledger, county_clerk: Actor, march: int, until: datetime.date, code: str
) -> None:
    with pytest.raises(AnjuError, match=code):
        actions.close_period(training, until, by=county_clerk)
