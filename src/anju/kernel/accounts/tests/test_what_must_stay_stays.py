"""A floor, set by a document, holds for everything taken afterwards; an authority passes it, zero nobody passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anju.kernel.access.scope import using_scope
from anju.kernel.accounts import actions, queries
from anju.kernel.accounts.tests.conftest import DAY, Money

Refused = Callable[[str], Any]


def require(money: Money, fen: int | None, **more: Any) -> None:
    with using_scope(money.by.scope):
        actions.set_floor(money.first, fen, on=DAY, document="示房监〔2023〕1号", by=money.by, **more)


def test_money_comes_in_below_the_floor_and_none_goes_out(money: Money, refused: Refused) -> None:
    require(money, 100_00)
    money.receive(99_00)
    with refused("accounts.below_floor"):
        money.pay(1)
    money.receive(1_01)
    money.pay(1)


def test_the_newest_floor_holds_and_the_older_ones_are_kept(money: Money, refused: Refused) -> None:
    require(money, 100_00)
    require(money, 40_00)
    money.receive(100_00)
    money.pay(60_00)
    with refused("accounts.below_floor"):
        money.pay(1)
    with using_scope(money.by.scope):
        assert [floor.floor_fen for floor in queries.floors(money.first.pk)] == [100_00, 40_00]


def test_an_authority_passes_the_floor_and_not_zero(money: Money, refused: Refused) -> None:
    require(money, 100_00)
    money.receive(100_00)
    money.pay(30_00, authority="应急支付 示房监急〔2023〕2号")
    with refused("accounts.overdrawn"):
        money.pay(70_01, authority="应急支付 示房监急〔2023〕2号")


def test_what_is_frozen_is_not_available(money: Money, refused: Refused) -> None:
    require(money, 20_00)
    money.receive(100_00)
    with using_scope(money.by.scope):
        actions.freeze(money.first, 50_00, on=DAY, document="(2023)示执1号", by=money.by)
        assert queries.balance(money.first.pk).available_fen == 30_00
    with refused("accounts.below_floor"):
        money.pay(30_01)
    money.pay(30_00)
    with using_scope(money.by.scope):
        actions.freeze(money.first, 0, on=DAY, document="(2023)示执1号之一", by=money.by)
        assert queries.balance(money.first.pk).floor_fen == 20_00
    money.pay(50_00)


def test_a_floor_needs_a_document_and_an_amount(money: Money, refused: Refused) -> None:
    with using_scope(money.by.scope), refused("accounts.no_document"):
        actions.set_floor(money.first, 1, on=DAY, document=" ", by=money.by)
    with refused("accounts.bad_amount"):
        require(money, -1)


def test_without_a_floor_only_zero_holds(money: Money) -> None:
    require(money, 100_00)
    require(money, None)
    money.receive(10_00)
    money.pay(10_00)
