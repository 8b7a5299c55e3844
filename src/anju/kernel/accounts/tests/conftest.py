"""A book with a bank account and accounts of two buildings, as a slice would open them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.accounts import actions, kinds
from anju.kernel.accounts.books import Account, Book
from anju.kernel.accounts.kinds import Kind, Purpose
from anju.kernel.accounts.posting import Move

DAY = datetime.date(2023, 6, 30)


@dataclass
class Money:
    """The accounts of a made-up escrow, and how to move money between them."""

    book: Book
    bank: Account
    first: Account
    second: Account
    by: Actor
    keys: Iterator[int] = field(default_factory=count)

    def receive(self, fen: int, into: Account | None = None, **more: object) -> int:
        """Money comes in for one of the buildings; the transfer's number."""
        return self.move(self.bank, into or self.first, fen, **more)

    def pay(self, fen: int, out_of: Account | None = None, **more: object) -> int:
        """Money goes out; the transfer's number."""
        return self.move(out_of or self.first, self.bank, fen, **more)

    def move(self, debit: Account, credit: Account, fen: int, **more: object) -> int:
        """Any transfer; its number."""
        return actions.transfer(self.plan(debit, credit, fen, **more), by=self.by).id

    def plan(self, debit: Account, credit: Account, fen: int, **more: object) -> Move:
        """A move that is not yet made."""
        told = {"dated_on": DAY, "key": f"test-{next(self.keys)}", "purpose": "testing.any", **more}
        return Move(debit.pk, credit.pk, fen, **told)  # type: ignore[arg-type]


def declare() -> None:
    """What a slice would declare."""
    kinds.declare(
        kinds=[
            Kind("testing.bank", "监管账户", "debit", at_bank=True),
            Kind("testing.held", "楼栋监管资金", "credit"),
            Kind("testing.loose", "往来", "credit", never_negative=False),
        ],
        purposes=[Purpose("testing.any", "测试")],
    )


@pytest.fixture(scope="session", autouse=True)
def declared() -> None:
    """The kinds and purposes of these tests."""
    declare()


@pytest.fixture
def cashier(county_clerk: Actor) -> Actor:
    """A clerk who may move money."""
    return allowed(county_clerk)


def allowed(actor: Actor) -> Actor:
    """The same person with every permission of this room."""
    from dataclasses import replace

    more = {"accounts.move", "accounts.manage", "accounts.close", "accounts.reconcile"}
    return replace(actor, permissions=actor.permissions | more)


def open_money(by: Actor, code: str = "escrow:1") -> Money:
    """A book with one bank account and two buildings."""
    book = actions.open_book(code, "示例监管账簿", by=by)
    bank = actions.open_account(book, code="bank", name="示例银行监管账户", kind="testing.bank", by=by)
    first = actions.open_account(book, code="building:1", name="1号楼监管资金", kind="testing.held", by=by, subject="building:1")
    second = actions.open_account(book, code="building:2", name="2号楼监管资金", kind="testing.held", by=by, subject="building:2")
    return Money(book, bank, first, second, by)


@pytest.fixture
def money(cashier: Actor) -> Money:
    """The accounts of a made-up escrow."""
    return open_money(cashier)


@pytest.fixture
def refused() -> Callable[..., object]:
    """`with refused("accounts.overdrawn"):` the block must be refused with exactly this code."""
    from contextlib import contextmanager

    from anju.kernel.errors import AnjuError

    @contextmanager
    def expecting(code: str) -> Iterator[None]:
        with pytest.raises(AnjuError) as caught:
            yield
        assert [problem.code for problem in caught.value.problems] == [code], caught.value

    return expecting
