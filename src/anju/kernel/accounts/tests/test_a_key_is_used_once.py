"""The same key with the same content is done once and answered alike; with other content it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from anju.kernel.access.scope import using_scope
from anju.kernel.accounts import actions, queries
from anju.kernel.accounts.tests.conftest import Money
from anju.kernel.journal.models import Entry

Refused = Callable[[str], Any]


def test_a_repetition_is_answered_and_not_done_again(money: Money) -> None:
    move = money.plan(money.bank, money.first, 100_00)
    made = actions.transfer(move, by=money.by)
    again = actions.transfer(move, by=money.by)
    assert (again.ids, again.repeated) == (made.ids, True)
    assert not made.repeated
    with using_scope(money.by.scope):
        assert queries.balance(money.first.pk).posted_fen == 100_00
        assert Entry.objects.filter(verb="accounts.transfer").count() == 1


@pytest.mark.parametrize("change", [{"amount_fen": 100_01}, {"memo": "另一笔", "subject": "x:1"}, {"pending": True}])
def test_other_content_under_the_same_key_is_refused(money: Money, refused: Refused, change: dict[str, Any]) -> None:
    move = money.plan(money.bank, money.first, 100_00)
    actions.transfer(move, by=money.by)
    with refused("accounts.key_reused"):
        actions.transfer(replace(move, **change), by=money.by)
    with refused("accounts.key_reused"):
        actions.transfer(replace(move, credit=money.second.pk), by=money.by)


def test_a_chain_is_repeated_whole(money: Money, refused: Refused) -> None:
    moves = [money.plan(money.bank, money.first, 10_00), money.plan(money.bank, money.second, 20_00)]
    made = actions.transfer(moves, by=money.by)
    assert actions.transfer(moves, by=money.by).ids == made.ids
    with refused("accounts.key_reused"):
        actions.transfer([*moves, money.plan(money.bank, money.first, 1)], by=money.by)
    with refused("accounts.key_reused"):
        actions.transfer([money.plan(money.bank, money.first, 1), moves[1]], by=money.by)


def test_one_key_twice_in_a_chain_is_refused(money: Money, refused: Refused) -> None:
    move = money.plan(money.bank, money.first, 10_00)
    with refused("accounts.key_reused"):
        actions.transfer([move, replace(move, credit=money.second.pk)], by=money.by)


def test_an_empty_key_is_refused(money: Money, refused: Refused) -> None:
    with refused("accounts.bad_key"):
        money.receive(1, key="")
