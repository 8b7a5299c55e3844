"""Rural dwellings, housing security and property management of the city."""

from __future__ import annotations

from datetime import date

from anju.site.demo.bureaus import common, names
from anju.site.demo.bureaus.common import later
from anju.site.demo.bureaus.desk import Desk
from anju.site.demo.bureaus.shuoquan.span import H1


def fill(desk: Desk) -> None:
    """1,386 of 1,500 rural dwellings begun; homes let, subsidies, enterprises with a party organisation."""
    planned = date(2023, 2, 15)
    for kind, tasks, begun in (("dangerous", 320, 296), ("seismic", 1180, 1090)):
        desk.add(
            "dwelling_renovation",
            begun,
            on="started_on",
            span=(date(2023, 3, 20), H1[1]),
            kind=kind,
            grade="d" if kind == "dangerous" else None,
            village=lambda n, row: names.combined(n % 150) + "村",
            planned_on=planned,
        )
        desk.add(
            "dwelling_renovation",
            tasks - begun,
            kind=kind,
            grade="c" if kind == "dangerous" else None,
            village=lambda n, row: names.combined(n % 60) + "村",
            planned_on=planned,
        )
    desk.add(
        "dwelling_grade",
        7,
        on="graded_on",
        span=(date(2023, 1, 9), date(2023, 3, 31)),
        grade=("c", "d"),
        found="monitor",
        resolved_on=later(20, 70, "graded_on"),
    )
    common.rentals(desk, 312, H1)
    common.subsidies(desk, 846, 1_268_000, (date(2023, 6, 16),))
    desk.add(
        "property_enterprise",
        58,
        on="party_on",
        span=(date(2020, 6, 1), date(2023, 5, 31)),
        due="yes",
        members=(4, 9),
        entered_on=date(2018, 5, 2),
    )
    desk.add("property_enterprise", 13, due="no", entered_on=date(2019, 5, 6))
    desk.add(
        "residential_estate",
        211,
        registered_on=date(2019, 1, 8),
        managed_on=date(2020, 5, 11),
        committee_due="yes",
        committee_on=lambda n, row: date(2022, 6, 1) if n % 9 else None,
    )
    desk.add("residential_estate", 16, registered_on=date(2019, 1, 8), committee_due="no")
