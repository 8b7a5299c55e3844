"""Matters that exist only in tests: a demonstration that uses everything, and whatever a test writes as a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anju.kernel.cases.matters import publishing
from anju.kernel.cases.matters.catalogue import declared_also
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.cases.matters.reading import read_matters

DEMONSTRATION = Path(__file__).with_name("demonstration.yaml")


def demonstration() -> Matter:
    """The made-up matter `sample_grant`: acceptance, parallel checks, publicity, signing in order, a meeting by forwarding."""
    return read_matters(DEMONSTRATION.read_text(encoding="utf-8"), file="demonstration.yaml", slice="test")[0]


@contextmanager
def matters_for_test(*pages: str) -> Iterator[tuple[Matter, ...]]:
    """Declare the matters of these pages (the demonstration by default) and publish them in the database the connections point at.

    Publishing is for good: within one run of tests a matter of one name and version must always read the same.
    """
    found = tuple(matter for page in pages for matter in read_matters(page, file="test.yaml", slice="test")) or (demonstration(),)
    with declared_also(found):
        publishing.publish(matters=found)
        yield found
