"""What is pending is reserved; it ends once: posted, posted in part, given back, or expired."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.accounts import actions, comparing, expiring, queries
from anju.kernel.accounts.books import Balance
from anju.kernel.accounts.tests.conftest import DAY, Money

Refused = Callable[[str], Any]


def held(money: Money) -> Balance:
    with using_scope(money.by.scope):
        return queries.balance(money.first.pk)


@pytest.fixture
def reserved(money: Money) -> int:
    """100元 there, 60元 reserved."""
    money.receive(100_00)
    return money.pay(60_00, pending=True)


def test_it_reserves(money: Money, reserved: int, refused: Refused) -> None:
    balance = held(money)
    assert (balance.posted_fen, balance.held_fen, balance.available_fen) == (100_00, 60_00, 40_00)
    with refused("accounts.overdrawn"):
        money.pay(40_01)
    money.pay(40_00)


def test_posting_moves_it(money: Money, reserved: int) -> None:
    actions.post_pending(reserved, dated_on=DAY, key="receipt-1", by=money.by)
    balance = held(money)
    assert (balance.posted_fen, balance.held_fen) == (40_00, 0)


def test_posting_a_part_releases_the_rest(money: Money, reserved: int) -> None:
    actions.post_pending(reserved, dated_on=DAY, key="receipt-1", by=money.by, amount_fen=25_00)
    balance = held(money)
    assert (balance.posted_fen, balance.held_fen, balance.available_fen) == (75_00, 0, 75_00)


def test_more_than_reserved_is_refused(money: Money, reserved: int, refused: Refused) -> None:
    with refused("accounts.more_than_pending"):
        actions.post_pending(reserved, dated_on=DAY, key="receipt-1", by=money.by, amount_fen=60_01)


def test_voiding_gives_back(money: Money, reserved: int) -> None:
    actions.void_pending(reserved, dated_on=DAY, key="void-1", by=money.by)
    assert held(money).available_fen == 100_00


@pytest.mark.parametrize("first", ["post", "void"])
@pytest.mark.parametrize("second", ["post", "void"])
def test_it_ends_once(money: Money, reserved: int, refused: Refused, first: str, second: str) -> None:
    verbs = {"post": actions.post_pending, "void": actions.void_pending}
    verbs[first](reserved, dated_on=DAY, key="end-1", by=money.by)
    with refused("accounts.ended_already"):
        verbs[second](reserved, dated_on=DAY, key="end-2", by=money.by)
    again = verbs[first](reserved, dated_on=DAY, key="end-1", by=money.by)
    assert again.repeated


def test_what_is_not_pending_cannot_be_ended(money: Money, refused: Refused) -> None:
    posted = money.receive(1)
    with refused("accounts.unknown_pending"):
        actions.post_pending(posted, dated_on=DAY, key="end", by=money.by)


def test_the_floor_is_checked_again_when_it_is_posted(money: Money, reserved: int, refused: Refused) -> None:
    with using_scope(money.by.scope):
        actions.set_floor(money.first, 50_00, on=DAY, document="节点调整", by=money.by)
    with refused("accounts.below_floor"):
        actions.post_pending(reserved, dated_on=DAY, key="receipt-1", by=money.by)
    money.receive(10_00)
    actions.post_pending(reserved, dated_on=DAY, key="receipt-1", by=money.by)
    assert held(money).posted_fen == 50_00


def test_it_expires_and_twice_is_once(money: Money, system: Actor, refused: Refused) -> None:
    money.receive(100_00)
    over = timezone.now() - datetime.timedelta(seconds=1)
    late = money.pay(60_00, pending=True, expires_at=over)
    kept = money.pay(30_00, pending=True, expires_at=timezone.now() + datetime.timedelta(days=1))
    with refused("accounts.expired"):
        actions.post_pending(late, dated_on=DAY, key="receipt-1", by=money.by)
    with using_scope(system.scope):
        assert expiring.expire(by=system) == 1
        assert expiring.expire(by=system) == 0
        assert [one.pk for one in queries.pendings([money.first.pk])] == [kept]
        assert comparing.compare() == []
    assert held(money).available_fen == 70_00


def test_one_that_has_time_left_cannot_be_expired(money: Money, reserved: int, refused: Refused) -> None:
    from anju.kernel.accounts.posting import Ending, post
    from anju.kernel.journal.actions import action

    with refused("accounts.not_expired"), action("testing.expire", by=money.by):
        post([Ending(reserved, "expire", DAY, key="too-early")])
