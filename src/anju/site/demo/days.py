"""Days on which an office works: no weekends, no long holidays, quieter before the Spring Festival."""

from __future__ import annotations

from datetime import date, timedelta

from anju.site.demo.dice import Dice

JULY = (date(2023, 7, 3), date(2023, 7, 14))  # the books are closed for the report in the middle of July
HALVES = {
    "2022H1": (date(2022, 1, 1), date(2022, 6, 30)),
    "2022H2": (date(2022, 7, 1), date(2022, 12, 31)),
    "2023H1": (date(2023, 1, 1), date(2023, 6, 30)),
    "2023-07": JULY,
}
_LONG_HOLIDAYS = (
    (date(2022, 1, 1), date(2022, 1, 3)),
    (date(2022, 1, 31), date(2022, 2, 6)),
    (date(2022, 4, 30), date(2022, 5, 4)),
    (date(2022, 10, 1), date(2022, 10, 7)),
    (date(2022, 12, 31), date(2023, 1, 2)),
    (date(2023, 1, 21), date(2023, 1, 27)),
    (date(2023, 4, 29), date(2023, 5, 3)),
)
_BUSY = {1: 70, 2: 60, 3: 110, 4: 105, 5: 110, 6: 130, 7: 90, 8: 90, 9: 110, 10: 95, 11: 105, 12: 125}


def working(day: date) -> bool:
    """True on a weekday outside the long holidays of 2022 and 2023."""
    return day.weekday() < 5 and not any(first <= day <= last for first, last in _LONG_HOLIDAYS)


def working_days(first: date, last: date) -> list[date]:
    """The working days from first to last, both included."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if working(day)]


def spread(dice: Dice, count: int, first: date, last: date) -> list[date]:
    """`count` working days in order, more of them in busy months."""
    days = working_days(first, last)
    return sorted(dice.picks(days, count, [_BUSY[day.month] for day in days]))


def before(dice: Dice, day: date, *, least: int, most: int) -> date:
    """A working day between `least` and `most` calendar days before `day`."""
    earlier = day - timedelta(days=dice.between(least, most))
    while not working(earlier):
        earlier -= timedelta(days=1)
    return earlier
