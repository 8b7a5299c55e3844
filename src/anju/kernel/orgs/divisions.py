"""Load the administrative divisions that come with the package into the region table."""

from __future__ import annotations

import csv
import datetime
import gzip
from collections.abc import Iterator
from importlib.resources import files

from anju.kernel.access.actor import Actor
from anju.kernel.journal.actions import action
from anju.kernel.orgs.models import Region

EDITION = datetime.date(2024, 11, 28)
"""The day of the source edition (see data/NOTICE.md); `valid_from` of every row loaded here."""

_PARENT_LENGTH = {2: 0, 4: 2, 6: 4, 9: 6}
_FILES = (
    ("provinces", Region.Level.PROVINCE),
    ("cities", Region.Level.CITY),
    ("counties", Region.Level.COUNTY),
    ("towns", Region.Level.TOWN),
)


def edition_regions() -> Iterator[Region]:
    """The 44,703 divisions of the edition, parents before children, not saved."""
    for name, level in _FILES:
        packed = files("anju.kernel.orgs").joinpath("data", f"{name}.csv.gz").read_bytes()
        for line in csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines()):
            code = line["code"]
            parent = code[: _PARENT_LENGTH[len(code)]] or None
            yield Region(code=code, name=line["name"], level=level, parent_id=parent, valid_from=EDITION)


def load_divisions(by: Actor) -> int:
    """Add the divisions that are missing, in one action; returns how many were added (0 when the edition is already there).

    Rows that exist are left alone: a name or date put right by the installation stays.
    """
    there = set(Region.objects.values_list("code", flat=True))
    missing = [region for region in edition_regions() if region.code not in there]
    if not missing:
        return 0
    with action("orgs.load_divisions", by=by, subject=f"divisions:{EDITION}", data={"edition": str(EDITION), "added": len(missing)}):
        Region.objects.bulk_create(missing, batch_size=5000)
    return len(missing)
