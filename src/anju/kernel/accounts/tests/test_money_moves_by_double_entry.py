"""A transfer debits one account and credits another; balances follow; nothing is taken that is not there."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.accounts import actions, comparing, queries
from anju.kernel.accounts.posting import MOST_AT_ONCE, post
from anju.kernel.accounts.tests.conftest import DAY, Money
from anju.kernel.accounts.transfers import Transfer
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.models import Change, Entry

Refused = Callable[[str], Any]


def test_both_sides_move(money: Money) -> None:
    money.receive(5_000_00)
    money.receive(300_00, money.second)
    money.pay(1_200_50)
    with using_scope(money.by.scope):
        assert queries.balance(money.first.pk).posted_fen == 3_799_50
        assert queries.balance(money.second.pk).posted_fen == 300_00
        assert queries.balance(money.bank.pk).posted_fen == 4_099_50
        bank = queries.balance(money.bank.pk)
        assert (bank.debits_posted, bank.credits_posted) == (5_300_00, 1_200_50)


def test_an_account_is_never_overdrawn(money: Money, refused: Refused) -> None:
    money.receive(100_00)
    money.receive(900_00, money.second)
    with refused("accounts.overdrawn"):
        money.pay(100_01)
    money.pay(100_00)
    with using_scope(money.by.scope):
        assert queries.balance(money.first.pk).posted_fen == 0


def test_the_bank_account_cannot_pay_what_it_has_not(money: Money, refused: Refused) -> None:
    with using_scope(money.by.scope):
        loose = actions.open_account(money.book, code="loose", name="往来", kind="testing.loose", by=money.by)
    with refused("accounts.overdrawn"):
        money.move(loose, money.bank, 1)


def test_a_refusal_says_how_much_is_there(money: Money) -> None:
    money.receive(5_000_00)
    with using_scope(money.by.scope):
        actions.set_floor(money.first, 4_500_00, on=DAY, document="示房监〔2023〕1号", by=money.by)
    with pytest.raises(AnjuError, match=r"须留存4,500\.00元，可用500\.00元，本次500\.01元") as caught:
        money.pay(500_01)
    assert caught.value.problems[0].code == "accounts.below_floor"


def test_linked_transfers_are_made_together_or_not_at_all(money: Money, refused: Refused) -> None:
    money.receive(100_00)
    with refused("accounts.overdrawn"):
        actions.transfer(
            [money.plan(money.bank, money.second, 50_00), money.plan(money.first, money.bank, 100_01)],
            by=money.by,
        )
    with using_scope(money.by.scope):
        assert queries.balance(money.second.pk).posted_fen == 0
    made = actions.transfer([money.plan(money.bank, money.second, 50_00), money.plan(money.first, money.bank, 100_00)], by=money.by)
    with using_scope(money.by.scope):
        assert {one.chain_id for one in Transfer.objects.filter(pk__in=made.ids)} == {made.id}


def test_one_transfer_may_feed_the_next_of_its_chain(money: Money) -> None:
    actions.transfer([money.plan(money.bank, money.first, 70_00), money.plan(money.first, money.second, 70_00)], by=money.by)
    with using_scope(money.by.scope):
        assert queries.balance(money.second.pk).posted_fen == 70_00


def test_accounts_of_two_books_cannot_pay_one_another(money: Money, refused: Refused) -> None:
    with using_scope(money.by.scope):
        other = actions.open_book("escrow:2", "另一账簿", by=money.by)
        there = actions.open_account(other, code="building:9", name="9号楼", kind="testing.held", by=money.by)
    with refused("accounts.two_books"):
        money.move(money.bank, there, 1)


@pytest.mark.parametrize("fen", [0, -1, 2**53])
def test_an_amount_is_positive_and_bounded(money: Money, refused: Refused, fen: int) -> None:
    with refused("accounts.bad_amount"):
        money.receive(fen)


def test_nothing_is_dated_in_the_future(money: Money, refused: Refused) -> None:
    with refused("accounts.future"):
        money.receive(1, dated_on=timezone.localdate() + datetime.timedelta(days=2))


def test_a_chain_has_a_limit(money: Money, refused: Refused) -> None:
    with refused("accounts.too_many"):
        actions.transfer([money.plan(money.bank, money.first, 1) for _ in range(MOST_AT_ONCE + 1)], by=money.by)


def test_money_moves_inside_an_action_only(money: Money, refused: Refused) -> None:
    with using_scope(money.by.scope), refused("accounts.outside_action"), transaction.atomic():
        post([money.plan(money.bank, money.first, 1)])


def test_moving_needs_the_permission(money: Money, county_clerk: Actor) -> None:
    with pytest.raises(Forbidden):
        actions.transfer(money.plan(money.bank, money.first, 1), by=county_clerk)


def test_a_transfer_is_one_entry_with_its_row(money: Money) -> None:
    number = money.receive(12_34)
    with using_scope(money.by.scope):
        entry = Entry.objects.get(verb="accounts.transfer")
        image = Change.objects.get(entry_id=entry.pk)
    assert entry.subject == f"accounts_transfer:{number}"
    assert (image.table, image.row, image.operation) == ("accounts_transfer", str(number), "I")
    assert image.after is not None
    assert image.after["amount_fen"] == 12_34


def test_a_long_chain_is_journaled_whole(money: Money) -> None:
    from django.db.models import Sum

    from anju.kernel.journal.models import BulkChange

    actions.transfer([money.plan(money.bank, money.first, 1) for _ in range(500)], by=money.by)
    with using_scope(money.by.scope):
        assert BulkChange.objects.filter(table="accounts_transfer").aggregate(rows=Sum("rows"))["rows"] == 500
        assert queries.balance(money.first.pk).posted_fen == 500


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_transfer SET amount_fen = 1",
        "DELETE FROM accounts_transfer",
        "INSERT INTO accounts_transfer SELECT * FROM accounts_transfer",
        "UPDATE accounts_balance SET credits_posted = 0",
        "UPDATE accounts_daytotal SET debits = 0",
        "UPDATE accounts_floor SET floor_fen = 0",
        "DELETE FROM accounts_account",
        "UPDATE accounts_account SET never_negative = false",
    ],
)
def test_the_application_cannot_write_money_any_other_way(money: Money, statement: str) -> None:
    money.receive(1)
    with using_scope(money.by.scope), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_neighbour_cannot_reach_the_accounts(money: Money, other_county_clerk: Actor, refused: Refused) -> None:
    stranger = replace(other_county_clerk, permissions=money.by.permissions)
    money.receive(100_00)
    with refused("accounts.unknown_account"):
        actions.transfer(money.plan(money.first, money.bank, 1), by=stranger)
    with using_scope(stranger.scope), refused("accounts.unknown_account"):
        queries.balance(money.first.pk)


def test_balances_agree_with_their_transfers(money: Money, system: Actor) -> None:
    for fen in (1, 20, 300):
        money.receive(fen)
    with using_scope(system.scope):
        assert comparing.compare() == []
