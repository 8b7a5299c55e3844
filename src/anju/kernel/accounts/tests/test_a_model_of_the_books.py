"""Whatever order people do things in, the books do exactly what a page of Python says they must."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.accounts import actions, comparing, queries
from anju.kernel.accounts.books import Account
from anju.kernel.accounts.posting import Move
from anju.kernel.accounts.tests.conftest import DAY, open_money
from anju.kernel.errors import AnjuError

_RUNS = count()
FEN = st.integers(1, 400)


@dataclass
class Kept:
    """An account in the model."""

    side: str
    posted: int = 0
    held: int = 0
    floor: int | None = None
    frozen: int = 0

    def refusal(self, taken: int, held: int, authority: bool) -> str:
        """Why taking is refused, or nothing."""
        left = self.posted - taken - self.held - held
        if left < 0:
            return "accounts.overdrawn"
        if not authority and (self.floor is not None or self.frozen) and left < (self.floor or 0) + self.frozen:
            return "accounts.below_floor"
        return ""


class Books(RuleBasedStateMachine):
    """The machine; `by` is set by the test that runs it."""

    by: Actor
    pendings = Bundle("pendings")
    keys = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.money = open_money(self.by, f"escrow:model:{next(_RUNS)}")
        self.accounts: dict[int, Account] = {one.pk: one for one in (self.money.bank, self.money.first, self.money.second)}
        self.kept = {pk: Kept(one.side) for pk, one in self.accounts.items()}
        self.open: dict[int, tuple[int, int, int, bool]] = {}
        self.number = count()

    def account(self, index: int) -> int:
        return list(self.accounts)[index]

    def attempt(self, work: object) -> object:
        """The outcome, or the code of the refusal; a refused step leaves nothing behind."""
        try:
            with transaction.atomic():
                return work()  # type: ignore[operator]
        except AnjuError as error:
            return error.problems[0].code

    def expected(self, debit: int, credit: int, fen: int, *, pending: bool, authority: bool) -> str:
        moved, held = (0, fen) if pending else (fen, 0)
        for number, taking in ((debit, "credit"), (credit, "debit")):
            if self.kept[number].side == taking and (refusal := self.kept[number].refusal(moved, held, authority)):
                return refusal
        return ""

    def apply(self, debit: int, credit: int, moved: int, held: int) -> None:
        for number, own in ((debit, "debit"), (credit, "credit")):
            kept = self.kept[number]
            if kept.side == own:
                kept.posted += moved
            else:
                kept.posted -= moved
                kept.held += held

    @rule(target=keys, debit=st.integers(0, 2), credit=st.integers(0, 2), fen=FEN, authority=st.booleans())
    def transfer(self, debit: int, credit: int, fen: int, authority: bool) -> object:
        return self.make(debit, credit, fen, pending=False, authority=authority) or multiple()

    @rule(target=pendings, debit=st.integers(0, 2), credit=st.integers(0, 2), fen=FEN, authority=st.booleans())
    def reserve(self, debit: int, credit: int, fen: int, authority: bool) -> object:
        made = self.make(debit, credit, fen, pending=True, authority=authority)
        return multiple() if made is None else made[1]

    def make(self, debit_at: int, credit_at: int, fen: int, *, pending: bool, authority: bool) -> tuple[Move, int] | None:
        if debit_at == credit_at:
            return None
        debit, credit = self.account(debit_at), self.account(credit_at)
        move = Move(
            debit, credit, fen, "testing.any", DAY, f"{self.money.book.pk}:{next(self.number)}",
            pending=pending, authority="文件" if authority else "",
        )  # fmt: skip
        refusal = self.expected(debit, credit, fen, pending=pending, authority=authority)
        outcome = self.attempt(lambda: actions.transfer(move, by=self.by).id)
        if refusal:
            assert outcome == refusal
            return None
        assert isinstance(outcome, int), outcome
        self.apply(debit, credit, 0 if pending else fen, fen if pending else 0)
        if pending:
            self.open[outcome] = (debit, credit, fen, authority)
        return move, outcome

    @rule(made=keys)
    def repeat(self, made: tuple[Move, int]) -> None:
        again = actions.transfer(made[0], by=self.by)
        assert (again.id, again.repeated) == (made[1], True)

    @rule(number=pendings, part=st.integers(1, 400))
    def settle(self, number: int, part: int) -> None:
        key = f"end:{number}:{next(self.number)}"
        outcome = self.attempt(lambda: actions.post_pending(number, dated_on=DAY, key=key, by=self.by, amount_fen=part).id)
        if number not in self.open:
            assert outcome == "accounts.ended_already"
            return
        debit, credit, fen, authority = self.open[number]
        if part > fen:
            assert outcome == "accounts.more_than_pending"
            return
        self.apply(debit, credit, 0, -fen)
        refusal = self.expected(debit, credit, part, pending=False, authority=authority)
        if refusal:
            assert outcome == refusal
            self.apply(debit, credit, 0, fen)
            return
        assert isinstance(outcome, int), outcome
        self.apply(debit, credit, part, 0)
        del self.open[number]

    @rule(number=pendings)
    def give_back(self, number: int) -> None:
        key = f"void:{number}:{next(self.number)}"
        outcome = self.attempt(lambda: actions.void_pending(number, dated_on=DAY, key=key, by=self.by).id)
        if number in self.open:
            assert isinstance(outcome, int), outcome
            debit, credit, fen, _ = self.open.pop(number)
            self.apply(debit, credit, 0, -fen)
        else:
            assert outcome == "accounts.ended_already"

    @rule(which=st.integers(1, 2), floor=st.none() | st.integers(0, 500), frozen=st.integers(0, 100))
    def require(self, which: int, floor: int | None, frozen: int) -> None:
        number = self.account(which)
        actions.set_floor(self.accounts[number], floor, on=DAY, document="示例", by=self.by, frozen_fen=frozen)
        self.kept[number].floor, self.kept[number].frozen = floor, frozen

    @invariant()
    def the_books_are_as_the_model(self) -> None:
        for number, kept in self.kept.items():
            balance = queries.balance(number)
            assert (balance.posted_fen, balance.held_fen) == (kept.posted, kept.held)
        assert sum(kept.posted * (1 if kept.side == "debit" else -1) for kept in self.kept.values()) == 0

    def teardown(self) -> None:
        with using_scope(Scope.system()):
            assert comparing.compare() == []


@pytest.mark.django_db
def test_the_books_follow_the_model(cashier: Actor) -> None:
    class Machine(Books):
        by = cashier

    with using_scope(cashier.scope):
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            Machine,
            settings=settings(
                max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
            ),
        )
