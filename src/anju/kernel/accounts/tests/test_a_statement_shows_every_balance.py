"""An account's statement stands in order of business date with the exact balance after each line, also for late entries."""

from __future__ import annotations

import datetime

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.accounts import comparing, queries
from anju.kernel.accounts.tasks import write_day_totals
from anju.kernel.accounts.tests.conftest import Money


def day(number: int) -> datetime.date:
    return datetime.date(2023, 6, number)


def test_balances_follow_the_business_date(money: Money) -> None:
    money.receive(100, dated_on=day(1))
    money.receive(50, dated_on=day(3))
    money.pay(30, dated_on=day(3))
    money.receive(7, dated_on=day(2))
    money.pay(20, dated_on=day(4), pending=True)
    with using_scope(money.by.scope):
        lines = queries.statement(money.first).lines
        assert [(line.transfer.dated_on.day, line.amount_fen, line.balance_fen) for line in lines] == [
            (3, -30, 127), (3, 50, 157), (2, 7, 107), (1, 100, 100),
        ]  # fmt: skip
        assert {line.other_id for line in lines} == {money.bank.pk}
        bank = queries.statement(money.bank).lines
        assert [line.balance_fen for line in bank] == [127, 157, 107, 100]


def test_pages_join_without_gap_or_overlap(money: Money) -> None:
    for number in range(23):
        money.receive(number + 1, dated_on=day(1 + number % 5))
    with using_scope(money.by.scope):
        whole = queries.statement(money.first, size=500).lines
        paged, before = [], None
        while True:
            page = queries.statement(money.first, before=before, size=4)
            paged += page.lines
            before = page.next
            if before is None:
                break
    assert [(line.transfer.pk, line.balance_fen) for line in paged] == [(line.transfer.pk, line.balance_fen) for line in whole]
    assert len(paged) == 23
    assert paged[0].balance_fen == sum(range(1, 24))


def test_a_span_of_days(money: Money) -> None:
    for number in range(1, 8):
        money.receive(10, dated_on=day(number))
    with using_scope(money.by.scope):
        page = queries.statement(money.first, first=day(3), last=day(5))
    assert [(line.transfer.dated_on.day, line.balance_fen) for line in page.lines] == [(5, 50), (4, 40), (3, 30)]


def test_the_balance_of_any_day(money: Money, system: Actor) -> None:
    money.receive(100, dated_on=day(1))
    money.pay(40, dated_on=day(10))
    expected = [(day(1), 100), (day(5), 100), (day(10), 60), (day(20), 60), (datetime.date(2023, 5, 31), 0)]
    with using_scope(money.by.scope):
        assert [(on, queries.balance_on(money.first, on)) for on, _ in expected] == expected
    assert write_day_totals(day(15)) > 0
    assert write_day_totals(day(15)) == 0
    with using_scope(money.by.scope):
        assert [(on, queries.balance_on(money.first, on)) for on, _ in expected] == expected
        assert queries.daily_balances(money.first, day(1), day(30)) == [(day(1), 100), (day(10), 60)]


def test_a_late_entry_moves_the_totals_of_the_days_after_it(money: Money, system: Actor) -> None:
    money.receive(100, dated_on=day(2))
    money.receive(100, dated_on=day(8))
    write_day_totals(day(15))
    money.receive(5, dated_on=day(5))
    money.receive(1, dated_on=day(12))
    with using_scope(money.by.scope):
        found = [queries.balance_on(money.first, day(number)) for number in (1, 2, 4, 5, 8, 11, 12)]
    assert found == [0, 100, 100, 105, 205, 205, 206]
    write_day_totals(day(20))
    with using_scope(system.scope):
        assert comparing.compare() == []
