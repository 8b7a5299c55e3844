"""Many sessions at once: no deadlock, nothing doubled, nothing taken twice; closing waits for what is being written."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.accounts import actions, comparing, queries
from anju.kernel.accounts.posting import Posted
from anju.kernel.accounts.tests.conftest import DAY, Money, allowed, open_money
from anju.kernel.accounts.transfers import Transfer
from anju.kernel.errors import AnjuError
from anju.kernel.journal.models import Entry
from anju.testing.factories import make_actor, make_bureau, make_city
from anju.testing.sessions import at_once, process

MOVES = 60


@pytest.fixture
def money(fresh_db: str) -> Money:
    with using_scope(Scope.system()):
        make_city()
        clerk = allowed(make_actor(make_bureau("dongyuan", "990121"), "clerk"))
    with using_scope(clerk.scope):
        made = open_money(clerk)
        for number in range(3, 7):
            actions.open_account(made.book, code=f"building:{number}", name=f"{number}号楼", kind="testing.held", by=clerk)
    return made


def sound(by: Actor) -> None:
    """Balances are their transfers, books balance, every transfer stands in the journal."""
    from anju.kernel.journal.verifying import verify

    with using_scope(Scope.system()):
        assert comparing.compare() == []
        assert verify() == []


def test_processes_that_name_accounts_in_every_order(fresh_db: str, money: Money) -> None:
    script = Path(__file__).with_name("mover.py")
    running = [process(script, money.by.staff_id, money.book.pk, seed, MOVES, database=fresh_db) for seed in range(4)]
    told = [one.communicate(timeout=300) for one in running]
    assert [one.returncode for one in running] == [0] * 4, [error.decode()[-2000:] for _, error in told]
    lines = [line for out, _ in told for line in out.decode().splitlines()]
    assert len(lines) == 4 * MOVES
    assert not [line for line in lines if line.startswith(("deadlock", "refused"))], lines
    with using_scope(money.by.scope):
        assert Transfer.objects.count() == 3 * 4 * MOVES
        assert queries.balance(money.bank.pk).posted_fen == sum(int(line.split()[1]) for line in lines)
        assert Entry.objects.filter(verb="accounts.transfer").count() == 4 * MOVES
    sound(money.by)


def test_two_that_together_want_too_much(money: Money) -> None:
    money.receive(100_00)
    moves = [money.plan(money.first, money.bank, 60_00) for _ in range(6)]
    outcomes = at_once(*[lambda move=move: actions.transfer(move, by=money.by) for move in moves])
    assert sum(isinstance(one, Posted) for one in outcomes) == 1
    assert {one.problems[0].code for one in outcomes if isinstance(one, AnjuError)} == {"accounts.overdrawn"}
    sound(money.by)


def test_one_key_sent_many_times_at_once(money: Money) -> None:
    move = money.plan(money.bank, money.first, 100_00)
    outcomes = at_once(*[lambda: actions.transfer(move, by=money.by)] * 6)
    assert len({one.id for one in outcomes if isinstance(one, Posted)}) == 1, outcomes
    with using_scope(money.by.scope):
        assert queries.balance(money.first.pk).posted_fen == 100_00
    sound(money.by)


def test_a_pending_is_ended_by_one_of_many(money: Money) -> None:
    money.receive(100_00)
    reserved = money.pay(60_00, pending=True)
    ends = [
        lambda n=n: (actions.post_pending if n % 2 else actions.void_pending)(reserved, dated_on=DAY, key=f"end-{n}", by=money.by)
        for n in range(6)
    ]
    outcomes = at_once(*ends)
    assert sum(isinstance(one, Posted) for one in outcomes) == 1, outcomes
    assert {one.problems[0].code for one in outcomes if isinstance(one, AnjuError)} == {"accounts.ended_already"}
    sound(money.by)


def test_a_closing_and_late_transfers_never_pass_each_other(money: Money) -> None:
    until = datetime.date(2023, 6, 30)
    late = [lambda n=n: money.receive(1, dated_on=until, key=f"late-{n}") for n in range(5)]
    outcomes = at_once(lambda: actions.close_book_period(money.book, until, by=money.by), *late)
    assert not isinstance(outcomes[0], Exception), outcomes
    refused = [one for one in outcomes if isinstance(one, AnjuError)]
    assert all(error.problems[0].code == "accounts.period_closed" for error in refused), outcomes
    with using_scope(money.by.scope):
        assert Transfer.objects.count() == 5 - len(refused)
