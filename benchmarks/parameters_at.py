"""Looking policy values up in a loaded book against a bare search in sorted lists, in the same run.

    .venv/bin/python -m benchmarks.parameters_at [--questions 500000] [--repeats 3]

Ours: `Book.at(name, region, day)` with inheritance from county to country. By hand: for every name and region the dates are already merged
into one sorted list, and a bisection finds the place.
"""

from __future__ import annotations

import argparse
import datetime
import random
import sys
from bisect import bisect_right

from benchmarks.harness import seconds

BOUND = 3.0
NAMES, COUNTIES = 300, 40
FIRST = datetime.date(2010, 1, 1)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=500_000)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    return run(options.questions, options.repeats)


def run(count: int, repeats: int) -> int:
    """Time both ways in turn, print and record; 1 when the bound is passed."""
    from anju.kernel.parameters.book import Book, region_chain
    from benchmarks.history import record

    values = made_up()
    book = Book(values, len(values))
    dice = random.Random(11)
    names = [f"bench.value_{number}" for number in range(NAMES)]
    regions = [f"9901{number:02d}" for number in range(1, COUNTIES + 1)]
    asked = [(dice.choice(names), dice.choice(regions), FIRST + datetime.timedelta(days=dice.randrange(5800))) for _ in range(count)]
    lines = {}
    for name in names:
        for region in regions:
            stretches = book.line(name, region)
            lines[name, region] = ([one.start for one in stretches], [one.value for one in stretches])

    def by_hand() -> list:
        found = []
        for name, region, day in asked:
            starts, held = lines[name, region]
            found.append(held[bisect_right(starts, day) - 1])
        return found

    def ours() -> list:
        return [book.at(name, region, day) for name, region, day in asked]

    assert ours() == by_hand()
    for name, region, day in asked[:300]:  # and both say what a plain look at all values says
        chain = region_chain(region)
        there = [value for value in values if value.name == name and value.region in chain and value.holds_on(day)]
        assert min(there, key=lambda value: chain.index(value.region)) == book.at(name, region, day)
    taken = {"ours": [seconds(ours) for _ in range(repeats)], "hand": [seconds(by_hand) for _ in range(repeats)]}
    ratio = min(taken["ours"]) / min(taken["hand"])
    per_second = count / min(taken["ours"])
    print(f"{count:,} questions: {per_second:,.0f} a second, by hand {count / min(taken['hand']):,.0f}, ratio {ratio:.2f} (bound {BOUND})")
    record("parameters_at", rows=count, ratios={"at": ratio}, per_second=round(per_second))
    return 0 if ratio <= BOUND else 1


def made_up() -> list:
    """Values for the country, a province, a city and every second county, each changing every two years."""
    from anju.kernel.parameters.book import Value

    values, number = [], 0
    for name in range(NAMES):
        places = ["", "99", "9901", *(f"9901{county:02d}" for county in range(1, COUNTIES + 1, 2))]
        for depth, place in enumerate(places):
            for step in range(0, 8):
                number += 1
                start = FIRST + datetime.timedelta(days=730 * step + depth)
                end = FIRST + datetime.timedelta(days=730 * (step + 1) + depth) if step < 7 else None
                values.append(Value(f"bench.value_{name}", number, number, "示例〔2010〕1号", place, start, end, True))
    return values


if __name__ == "__main__":
    sys.exit(main())
