"""Domain notes on construction, 10.4: the worked examples K1 to K13, on the shipped notices."""

from __future__ import annotations

import datetime

import pytest

from anju.kernel.calendar.clock import Clock, Limit
from anju.kernel.calendar.counting import Roll, Suspension, due, ending
from anju.kernel.calendar.reading import read
from anju.kernel.calendar.shipped import shipped_calendar
from anju.kernel.calendar.spans import Span

DAYS = shipped_calendar()


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("example", "length", "start", "last"),
    [
        ("K1 with make-up Sunday and national holiday", "7wd", "2025-09-26", "2025-10-13"),
        ("K2", "15wd", "2025-06-06", "2025-06-27"),
        ("K4 from a make-up Sunday", "5wd", "2025-09-28", "2025-10-11"),
        ("K5 hearing request", "5wd", "2025-04-30", "2025-05-12"),
        ("K6 over spring festival", "20wd", "2025-01-22", "2025-02-25"),
        ("K7 penalty, moved off the holiday", "90cd", "2025-07-07", "2025-10-09"),
        ("K8 completion filing", "15cd", "2025-09-20", "2025-10-09"),
        ("K9 publication ends on a make-up Saturday", "7wd", "2026-02-12", "2026-02-28"),
        ("K10 bid", "20cd", "2025-09-12", "2025-10-09"),
        ("K11 one-time notice", "5wd", "2025-06-03", "2025-06-10"),
        ("K12 permit start limit, no day 30", "3mo", "2025-11-30", "2026-02-28"),
    ],
)
def test_last_day(example: str, length: str, start: str, last: str) -> None:
    assert due(DAYS, day(start), Span.parse(length)) == day(last)


def test_k3_suspended_days_are_out() -> None:
    suspended = (Suspension(day("2025-06-12"), day("2025-06-25")),)
    assert due(DAYS, day("2025-06-06"), Span.parse("15wd"), suspended) == day("2025-07-11")
    clock = Clock(Limit(Span.parse("15wd"))).start(day("2025-06-06")).suspend(day("2025-06-12"), "expert_review").resume(day("2025-06-25"))
    assert read(clock, DAYS).due_on == day("2025-07-11")


def test_k7_and_k10_know_the_day_before_it_moved() -> None:
    penalty = ending(DAYS, day("2025-07-07"), (Span.parse("90cd"),))
    assert penalty is not None
    assert penalty.nominal == day("2025-10-05")
    assert DAYS.previous_working(penalty.nominal) == day("2025-09-30")  # where an agency is alarmed
    bid = ending(DAYS, day("2025-09-12"), (Span.parse("20cd"),))
    assert bid is not None
    assert bid.nominal == day("2025-10-02")


def test_k13_a_wage_date_moves_to_the_working_day_before() -> None:
    assert DAYS.previous_working(day("2025-10-05")) == day("2025-09-30")
    assert due(DAYS, day("2025-09-05"), Span.parse("1mo"), roll=Roll.PREVIOUS) == day("2025-09-30")


def test_months_end_on_the_same_number_day_or_the_last() -> None:
    unmoved = {"roll": Roll.NONE}
    assert due(DAYS, day("2025-01-31"), Span.parse("1mo"), **unmoved) == day("2025-02-28")
    assert due(DAYS, day("2024-01-31"), Span.parse("1mo"), **unmoved) == day("2024-02-29")
    assert due(DAYS, day("2025-08-15"), Span.parse("5mo"), **unmoved) == day("2026-01-15")
    assert due(DAYS, day("2024-02-29"), Span.parse("1yr"), **unmoved) == day("2025-02-28")
