"""岭川市住房和城乡建设局: a city bureau in the year 2022, over nine counties."""

from __future__ import annotations

from anju.site.demo.bureaus.desk import Desk
from anju.site.demo.bureaus.lingchuan import building, homes, office, projects, rural, sanitation
from anju.site.demo.bureaus.lingchuan.span import YEAR
from anju.site.demo.bureaus.places import LINGCHUAN


def fill(seed: int) -> list[Desk]:
    """One desk with the books of the whole city."""
    desk = Desk(LINGCHUAN, YEAR, seed)
    for part in (office, rural, homes, projects, building, sanitation):
        part.fill(desk)
    return [desk]
