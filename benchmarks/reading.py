"""Reading and checking text: ten thousand characters, a text of three hundred pages, and texts built to be slow.

    .venv/bin/python -m benchmarks.reading [--repeats 5]

The yardstick is one pass of a regular expression over the same text that looks at every character (`re.finditer(r"\\d+|[^\\d]")`).
Peak memory of the long text is measured against the short one's, per character.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

PAGE = 660
"""Characters of a page by GB/T 9704: 22 lines of 28, mostly full."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    from anju.kernel.errors import AnjuError
    from anju.kernel.reading.checking.checking import check
    from anju.kernel.reading.gold.texts import texts
    from anju.kernel.reading.reader import read
    from benchmarks.history import record

    everything = "\n".join(text.text for text in texts("own"))
    short, long = _of_length(everything, 10_000), _of_length(everything, 300 * PAGE)
    read(short)  # word lists are read once a process

    def whole(text: str) -> float:
        return statistics.median(seconds(lambda: check(read(text))) for _ in range(options.repeats))

    one_pass = statistics.median(seconds(lambda: sum(1 for _ in re.finditer(r"\d+|[^\d]", short))) for _ in range(options.repeats))
    taken, taken_long = whole(short), seconds(lambda: check(read(long)))
    memory, memory_long = _peak(short), _peak(long)

    def refused_or_read(text: str) -> None:
        with suppress(AnjuError):
            check(read(text))

    hostile = {name: seconds(lambda text=text: refused_or_read(text)) for name, text in _hostile().items()}
    slowest = max(hostile, key=hostile.__getitem__)
    print(f"10,000 characters read and checked: {taken:.3f} s, {taken / one_pass:.0f} × one pass ({one_pass:.4f} s)")
    per_character = taken_long / taken / (len(long) / len(short))
    print(f"300 pages ({len(long):,} characters): {taken_long:.2f} s, {per_character:.2f} × the short per character")
    print(f"peak memory per character: {memory / len(short):.0f} and {memory_long / len(long):.0f} bytes")
    print(f"slowest of {len(hostile)} hostile texts of 1,000,000 characters: {slowest} {hostile[slowest]:.2f} s")
    record(
        "reading",
        rows=len(long),
        seconds={"short": round(taken, 3), "long": round(taken_long, 2), "hostile": round(hostile[slowest], 2), "pass": round(one_pass, 5)},
        ratios={"short_over_pass": taken / one_pass, "long_per_character": per_character},
    )
    return 0 if taken < 0.5 and taken_long < 15 else 1


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call: other people's work on the machine does not count."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _of_length(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def _peak(text: str) -> int:
    from anju.kernel.reading.reader import read

    tracemalloc.start()
    read(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _hostile() -> dict[str, str]:
    size = 1_000_000
    return {
        "digits": "9" * size,
        "brackets": "（" * size,
        "open quotations": "“" * size,
        "numerals": "一" * size,
        "masks": "*" * size,
        "listed digits": "3、" * (size // 2),
        "ordinals": "第" * size,
        "其中": "其中3个，" * (size // 5),
    }


if __name__ == "__main__":
    sys.exit(main())
