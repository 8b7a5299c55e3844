"""A process that is killed in the middle of a refresh: `python -m anju.kernel.figures.tests.dying N` dies after N facts were written."""

from __future__ import annotations

import os
import signal
import sys

import django


def main(facts_before: int) -> None:
    django.setup()
    from anju.kernel.figures import snapshots
    from anju.kernel.figures.tests import samples

    left = facts_before

    def count_down(line: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    facts = {name: samples.sample_fact(name) for name in ("another_sale", "sample_sale")}
    snapshots.refresh(count_down, facts=facts)


if __name__ == "__main__":
    main(int(sys.argv[1]))
