"""Somebody with the power to write the tables changes a balance: the comparison names the account and makes it somebody's work."""

from __future__ import annotations

import os
from dataclasses import replace

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.accounts import comparing
from anju.kernel.accounts.reconciling.models import Difference
from anju.kernel.accounts.tasks import write_day_totals
from anju.kernel.accounts.tests.conftest import DAY, Money, allowed, open_money
from anju.testing.factories import make_actor, make_bureau, make_city


@pytest.fixture
def money(fresh_db: str) -> Money:
    with using_scope(Scope.system()):
        make_city()
        clerk = allowed(make_actor(make_bureau("dongyuan", "990121"), "clerk"))
    with using_scope(clerk.scope):
        return open_money(clerk)


def falsify(database: str, statement: str) -> None:
    with psycopg.connect(make_conninfo(os.environ["ANJU_TEST_ADMIN_URL"], dbname=database), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(statement)  # type: ignore[call-overload]


def codes() -> list[str]:
    with using_scope(Scope.system()):
        return [problem.code for problem in comparing.compare()]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE accounts_balance SET credits_posted = credits_posted + 1 WHERE account_id = {first}", "accounts.derived_differs"),
        ("UPDATE accounts_balance SET credits_pending = 5 WHERE account_id = {first}", "accounts.derived_differs"),
        ("UPDATE accounts_transfer SET amount_fen = amount_fen - 1", "accounts.derived_differs"),
        ("DELETE FROM accounts_transfer", "accounts.derived_differs"),
        ("UPDATE accounts_daytotal SET debits = debits + 1", "accounts.day_differs"),
        ("DELETE FROM accounts_balance WHERE account_id = {second}", "accounts.no_balance"),
    ],
)
def test_it_is_named(fresh_db: str, money: Money, statement: str, code: str) -> None:
    money.receive(100_00)
    write_day_totals(DAY)
    assert codes() == []
    falsify(fresh_db, statement.format(first=money.first.pk, second=money.second.pk))
    assert code in codes()


def test_it_becomes_work_once_and_ends_when_it_is_right_again(fresh_db: str, money: Money) -> None:
    money.receive(100_00)
    system = Actor.system("测试")
    falsify(fresh_db, f"UPDATE accounts_balance SET credits_posted = credits_posted + 1 WHERE account_id = {money.first.pk}")
    with using_scope(Scope.system()):
        assert [comparing.note_unequal(by=system) for _ in range(2)] == [1, 1]
        found = Difference.objects.get()
        assert (found.kind, found.account_id, found.amount_fen, found.state) == ("derived", money.first.pk, 1, "open")
    falsify(fresh_db, f"UPDATE accounts_balance SET credits_posted = credits_posted - 1 WHERE account_id = {money.first.pk}")
    with using_scope(Scope.system()):
        assert comparing.note_unequal(by=system) == 0
        assert Difference.objects.get().state == "settled"


def test_a_change_outside_the_house_is_a_finding_of_the_journal_too(fresh_db: str, money: Money) -> None:
    from anju.kernel.journal.sealing import seal
    from anju.kernel.journal.verifying import verify

    money.receive(100_00)
    seal()
    assert verify() == []
    falsify(fresh_db, "UPDATE accounts_transfer SET amount_fen = 1")
    assert "journal.row_differs" in {problem.code for problem in verify()}
    assert replace(money.by).name
