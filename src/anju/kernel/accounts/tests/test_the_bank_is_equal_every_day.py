"""Statements come in, lines meet transfers, both balances are equal to the fen or somebody has work; nothing is adjusted."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from anju.kernel.access.scope import using_scope
from anju.kernel.accounts import actions, queries
from anju.kernel.accounts.reconciling import actions as reconciling
from anju.kernel.accounts.reconciling.lines import Statement, StatementLine
from anju.kernel.accounts.reconciling.models import BankLine, BankStatement, Difference, Match, MatchedLine, Reconciliation
from anju.kernel.accounts.tests.conftest import Money
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action

Refused = Callable[[str], Any]


def day(number: int) -> datetime.date:
    return datetime.date(2023, 6, number)


def statement(*lines: tuple[int, int], opening: int = 0, first: int = 1, last: int = 2, serial: str = "S") -> Statement:
    """Lines as (day, fen), serial numbers S1, S2 …"""
    running, made = opening, []
    for number, (on, fen) in enumerate(lines, start=1):
        running += fen
        made.append(StatementLine(f"{serial}{number}", day(on), fen, running, "示例购房人", "1234", "购房款"))
    return Statement(day(first), day(last), opening, tuple(made), "对账单.xlsx")


def take_in(money: Money, told: Statement) -> reconciling.TakenIn:
    with using_scope(money.by.scope):
        return reconciling.take_in_statement(money.bank, told, by=money.by)


def judged(money: Money) -> dict[int, tuple[str, int, int | None, int]]:
    with using_scope(money.by.scope):
        rows = Reconciliation.objects.order_by("on")
        return {one.on.day: (one.state, one.book_fen, one.bank_fen, one.unmatched) for one in rows}


def differing(money: Money) -> list[tuple[str, int, str]]:
    with using_scope(money.by.scope):
        return [(one.kind, one.amount_fen, one.state) for one in Difference.objects.order_by("pk")]


def test_equal_days(money: Money) -> None:
    money.receive(100_00, dated_on=day(1))
    money.receive(50_00, money.second, dated_on=day(2))
    money.pay(30_00, dated_on=day(2))
    took = take_in(money, statement((1, 100_00), (2, 50_00), (2, -30_00)))
    assert (took.added, took.matched) == (3, 3)
    assert judged(money) == {1: ("equal", 100_00, 100_00, 0), 2: ("equal", 120_00, 120_00, 0)}
    assert differing(money) == []


def test_a_line_the_books_do_not_have_is_work_until_it_is_booked(money: Money) -> None:
    take_in(money, statement((1, 100_00)))
    assert judged(money)[1] == ("different", 0, 100_00, 1)
    assert differing(money) == [("bank_only", 100_00, "open")]
    came = money.receive(100_00, dated_on=day(1))
    with using_scope(money.by.scope):
        line = BankLine.objects.get()
        reconciling.match_by_hand(money.bank, lines=[line.pk], transfers=[came], note="补记", by=money.by)
        reconciling.judge_day(money.bank, day(2), by=money.by)
    assert differing(money) == [("bank_only", 100_00, "settled")]
    assert judged(money) == {1: ("equal", 100_00, 100_00, 0), 2: ("equal", 100_00, 100_00, 0)}


def test_a_transfer_the_bank_does_not_have_is_work(money: Money) -> None:
    money.receive(100_00, dated_on=day(1))
    money.pay(40_00, dated_on=day(2))
    take_in(money, statement((1, 100_00)))
    assert judged(money)[2] == ("different", 60_00, 100_00, 1)
    assert differing(money) == [("book_only", -40_00, "open")]
    take_in(money, statement((3, -40_00), opening=100_00, first=3, last=3, serial="T"))
    assert judged(money)[3] == ("equal", 60_00, 60_00, 0)
    assert differing(money) == [("book_only", -40_00, "settled")]
    assert judged(money)[2] == ("different", 60_00, 100_00, 1), "the day itself was not equal and stays so"


def test_an_explanation_does_not_end_a_difference(money: Money, refused: Refused) -> None:
    take_in(money, statement((1, 100_00)))
    with using_scope(money.by.scope):
        found = Difference.objects.get()
        with refused("accounts.no_reason"):
            reconciling.explain(found, "", by=money.by)
        reconciling.explain(found, "银行错入，已要求退回", by=money.by)
        reconciling.judge_day(money.bank, day(1), by=money.by)
    assert differing(money) == [("bank_only", 100_00, "explained")]
    assert judged(money)[1][0] == "different"


def test_serial_numbers_decide_before_amounts(money: Money) -> None:
    money.receive(100_00, dated_on=day(1), memo="购房款 流水号S2")
    money.receive(100_00, money.second, dated_on=day(1), memo="购房款 流水号S1")
    took = take_in(money, statement((1, 100_00), (1, 100_00)))
    assert took.matched == 2
    with using_scope(money.by.scope):
        assert set(Match.objects.values_list("how", flat=True)) == {"serial"}


def test_two_alike_are_left_to_a_person(money: Money, refused: Refused) -> None:
    one, two = (money.receive(100_00, into, dated_on=day(1)) for into in (money.first, money.second))
    took = take_in(money, statement((1, 100_00), (1, 100_00)))
    assert took.matched == 0
    assert judged(money)[1] == ("different", 100_00 * 2, 100_00 * 2, 4)
    with using_scope(money.by.scope):
        lines = list(BankLine.objects.order_by("pk"))
        with refused("accounts.match_differs"):
            reconciling.match_by_hand(money.bank, lines=[lines[0].pk], transfers=[one, two], note="", by=money.by)
        reconciling.match_by_hand(money.bank, lines=[line.pk for line in lines], transfers=[one, two], note="同日同额两笔", by=money.by)
        with refused("accounts.matched_already"):
            reconciling.match_by_hand(money.bank, lines=[lines[0].pk], transfers=[one], note="", by=money.by)
    assert judged(money)[1][0] == "equal"


def test_the_database_refuses_a_match_that_does_not_add_up(money: Money) -> None:
    take_in(money, statement((1, 100_00)))
    with using_scope(money.by.scope), pytest.raises(DatabaseError, match="match_differs"):
        force_match(money)


def force_match(money: Money) -> None:
    """Half a match, as code with a fault would write it."""
    place = {"region_code": money.bank.region_code, "bureau_id": money.bank.bureau_id}
    with transaction.atomic(), action("testing.force", by=money.by):
        made = Match.objects.create(account=money.bank, how="person", **place)
        MatchedLine.objects.create(match=made, line=BankLine.objects.get(), **place)
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_same_statement_again_changes_nothing(money: Money) -> None:
    told = statement((1, 100_00))
    first = take_in(money, told)
    again = take_in(money, replace(told, source="又一份.csv"))
    assert (again.statement, again.added) == (first.statement, 0)
    with using_scope(money.by.scope):
        assert BankLine.objects.count() == BankStatement.objects.count() == 1


def test_an_overlapping_statement_adds_only_what_is_new(money: Money) -> None:
    take_in(money, statement((1, 100_00), last=1))
    took = take_in(money, statement((1, 100_00), (2, 7_00)))
    assert (took.added, took.known) == (1, 1)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (statement((1, 101_00)), "accounts.bank_line_changed"),
        (statement((2, 5_00)), "accounts.bank_line_missing"),
        (statement((3, 5_00), opening=1, first=3, last=3, serial="T"), "accounts.statement_gap"),
    ],
)
def test_a_statement_that_contradicts_an_earlier_one_is_refused(money: Money, refused: Refused, told: Statement, code: str) -> None:
    take_in(money, statement((1, 100_00)))
    if code == "accounts.bank_line_missing":
        told = replace(told, lines=(replace(told.lines[0], serial_no="other"),))
    with refused(code):
        take_in(money, told)


def test_a_statement_must_be_sound(money: Money) -> None:
    good = statement((1, 100_00), (1, 5_00), (2, 1_00))
    broken = (
        replace(good.lines[0], balance_fen=99_00),
        replace(good.lines[1], serial_no="S1"),
        replace(good.lines[2], on=day(9), amount_fen=0),
    )
    with pytest.raises(AnjuError) as caught:
        take_in(money, replace(good, lines=broken))
    found = [problem.code.removeprefix("accounts.statement_") for problem in caught.value.problems]
    assert found == ["chain", "serial", "chain", "day", "empty", "chain"]


def test_only_a_bank_account_has_statements(money: Money, refused: Refused) -> None:
    with using_scope(money.by.scope), refused("accounts.not_at_bank"):
        reconciling.take_in_statement(money.first, statement((1, 1)), by=money.by)


def test_a_day_without_a_statement_is_said_to_lack_it(money: Money) -> None:
    money.receive(100_00, dated_on=day(1))
    with using_scope(money.by.scope):
        reconciling.judge_day(money.bank, day(1), by=money.by)
        assert queries.balance_on(money.bank, day(1)) == 100_00
    assert judged(money) == {1: ("missing", 100_00, None, 0)}


def test_a_reversal_meets_its_own_line(money: Money) -> None:
    came = money.receive(100_00, dated_on=day(1))
    actions.reverse(came, dated_on=day(2), key="undo", by=money.by, reason="银行冲正")
    take_in(money, statement((1, 100_00), (2, -100_00)))
    assert judged(money)[2] == ("equal", 0, 0, 0)
