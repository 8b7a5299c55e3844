"""朔泉市住房和城乡建设局: a city bureau in the first half of 2023, with the bureaus of its district and two counties."""

from __future__ import annotations

from anju.site.demo.bureaus.desk import Desk
from anju.site.demo.bureaus.places import CANGYUAN, CHANGTAN, SHUOQUAN, YINLIU
from anju.site.demo.bureaus.shuoquan import homes, market, office, projects, safety, targets, utilities
from anju.site.demo.bureaus.shuoquan.span import H1


def fill(seed: int) -> list[Desk]:
    """The city's desk, and those of the district and the counties, which keep their own contracts."""
    city = Desk(SHUOQUAN, H1, seed)
    for part in (office, projects, utilities, homes, safety, targets):
        part.fill(city)
    below = [Desk(office_below, H1, seed) for office_below in (YINLIU, CHANGTAN, CANGYUAN)]
    market.fill(city, below)
    return [city, *below]
