"""云汀县住房和城乡建设局: a county bureau in the year 2022."""

from __future__ import annotations

from anju.site.demo.bureaus.desk import Desk
from anju.site.demo.bureaus.places import YUNTING
from anju.site.demo.bureaus.yunting import building, city, homes, office, party
from anju.site.demo.bureaus.yunting.span import YEAR


def fill(seed: int) -> list[Desk]:
    """One desk with every book of the county."""
    desk = Desk(YUNTING, YEAR, seed)
    for part in (party, city, building, homes, office):
        part.fill(desk)
    return [desk]
