"""The last days of 100,000 clocks against counting day by day, in the same run.

    .venv/bin/python -m benchmarks.calendar_due [--clocks 100000] [--repeats 3]

Ours: clocks with a history (started, half of them stopped and resumed, some extended) are read: last day, reminder, state. By hand: the
same last days found by walking from day to day over a set of working days.
"""

from __future__ import annotations

import argparse
import datetime
import random
import sys

from benchmarks.harness import seconds

BOUND = 0.8
ONE = datetime.timedelta(days=1)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clocks", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    return run(options.clocks, options.repeats)


def run(count: int, repeats: int) -> int:
    """Time both ways in turn, print and record; 1 when the bound is passed."""
    from anju.kernel.calendar.reading import read_many
    from anju.kernel.calendar.shipped import shipped_calendar
    from benchmarks.history import record

    days = shipped_calendar()
    clocks = made_up(count)
    first, last = datetime.date(2015, 1, 1), datetime.date(2026, 12, 31)
    every = (first + ONE * step for step in range((last - first).days + 1))
    working = {day for day in every if days.is_working(day)}
    assert [reading.due_on for reading in read_many(clocks[:2000], days)] == walked(clocks[:2000], working)
    ours, hand = [], []
    for _ in range(repeats):
        ours.append(seconds(lambda: read_many(clocks, days)))
        hand.append(seconds(lambda: walked(clocks, working)))
    ratio = min(ours) / min(hand)
    print(f"{count:,} clocks: read {min(ours):.2f} s, walked {min(hand):.2f} s, ratio {ratio:.2f} (bound {BOUND})")
    record("calendar_due", rows=count, ratios={"read": ratio}, seconds=round(min(ours), 3))
    return 0 if ratio <= BOUND else 1


def made_up(count: int) -> list:
    """Clocks of 5 to 60 working days between 2016 and 2025."""
    from anju.kernel.calendar.clock import Clock, Extension, Limit
    from anju.kernel.calendar.spans import Span, Unit

    dice = random.Random(7)
    longer = Extension(Span(10, Unit.WORKING_DAY))
    limits = [Limit(Span(length, Unit.WORKING_DAY), extension=longer) for length in (5, 7, 15, 20, 45, 60)]
    clocks = []
    for _ in range(count):
        start = datetime.date(2016, 1, 1) + ONE * dice.randrange(3400)
        clock = Clock(dice.choice(limits)).start(start)
        if dice.random() < 0.5:
            stop = start + ONE * dice.randrange(1, 20)
            clock = clock.suspend(stop, "publicity").resume(stop + ONE * dice.randrange(1, 30))
        if dice.random() < 0.1:
            clock = clock.extend(clock.events[-1].on, Span(10, Unit.WORKING_DAY), document="示例〔2020〕1号", approved_by="局长")
        clocks.append(clock)
    return clocks


def walked(clocks: list, working: set[datetime.date]) -> list[datetime.date]:
    """The last days, day by day."""
    found = []
    for clock in clocks:
        left = sum(span.count for span in clock.spans)
        out = [(one.first, one.last) for one in clock.suspensions]
        day = clock.started_on
        while left:
            day += ONE
            if day in working and not any(first <= day <= last for first, last in out):
                left -= 1
        found.append(day)
    return found


if __name__ == "__main__":
    sys.exit(main())
