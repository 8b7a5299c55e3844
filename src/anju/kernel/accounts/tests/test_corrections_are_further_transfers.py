"""A wrong transfer stays; a reversal stands against it, once. A closed period takes nothing. An account closes when it is empty."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from anju.kernel.access.scope import using_scope
from anju.kernel.accounts import actions, queries
from anju.kernel.accounts.tests.conftest import DAY, Money
from anju.kernel.accounts.transfers import Transfer

Refused = Callable[[str], Any]


def test_a_reversal_undoes_once(money: Money, refused: Refused) -> None:
    wrong = money.receive(100_00)
    undone = actions.reverse(wrong, dated_on=DAY, key="undo-1", by=money.by, reason="金额串户")
    with using_scope(money.by.scope):
        assert queries.balance(money.first.pk).posted_fen == 0
        assert Transfer.objects.get(pk=undone.id).reverses_id == wrong
        assert Transfer.objects.get(pk=wrong).amount_fen == 100_00
    with refused("accounts.ended_already"):
        actions.reverse(wrong, dated_on=DAY, key="undo-2", by=money.by, reason="再来一次")
    assert actions.reverse(wrong, dated_on=DAY, key="undo-1", by=money.by, reason="金额串户").repeated


def test_a_reversal_needs_a_reason(money: Money, refused: Refused) -> None:
    with refused("accounts.no_reason"):
        actions.reverse(money.receive(1), dated_on=DAY, key="undo", by=money.by, reason=" ")


def test_a_reversal_mirrors_its_original(money: Money, refused: Refused) -> None:
    wrong = money.receive(100_00)
    with refused("accounts.not_a_reversal"):
        money.pay(99_00, reverses=wrong)


def test_spent_money_cannot_be_reversed_away(money: Money, refused: Refused) -> None:
    came = money.receive(100_00)
    money.pay(60_00)
    with refused("accounts.overdrawn"):
        actions.reverse(came, dated_on=DAY, key="undo", by=money.by, reason="银行红冲")


def test_a_closed_period_takes_no_transfer(money: Money, refused: Refused) -> None:
    money.receive(100_00, dated_on=datetime.date(2023, 5, 31))
    with using_scope(money.by.scope):
        actions.close_book_period(money.book, datetime.date(2023, 5, 31), by=money.by)
    with refused("accounts.period_closed"):
        money.receive(1, dated_on=datetime.date(2023, 5, 31))
    money.receive(1, dated_on=datetime.date(2023, 6, 1))
    with using_scope(money.by.scope), refused("accounts.closed_already"):
        actions.close_book_period(money.book, datetime.date(2023, 5, 1), by=money.by)
    with using_scope(money.by.scope), refused("accounts.future"):
        actions.close_book_period(money.book, timezone.localdate() + datetime.timedelta(days=1), by=money.by)


def test_an_account_closes_when_it_is_empty_and_takes_nothing_afterwards(money: Money, refused: Refused) -> None:
    money.receive(100_00)
    with using_scope(money.by.scope), refused("accounts.not_empty"):
        actions.close_account(money.first, by=money.by, reason="楼栋解除监管")
    money.first.closed_at = None
    money.pay(100_00)
    with using_scope(money.by.scope):
        actions.close_account(money.first, by=money.by, reason="楼栋解除监管")
    with refused("accounts.account_closed"):
        money.receive(1)


def test_opening_twice_is_once(money: Money, refused: Refused) -> None:
    with using_scope(money.by.scope):
        assert actions.open_book("escrow:1", "另一个名字", by=money.by) == money.book
        same = actions.open_account(money.book, code="bank", name="示例", kind="testing.bank", by=money.by)
        assert same == money.bank
        with refused("accounts.code_taken"):
            actions.open_account(money.book, code="bank", name="示例", kind="testing.held", by=money.by)
        with refused("accounts.unknown_kind"):
            actions.open_account(money.book, code="x", name="示例", kind="testing.nothing", by=money.by)
