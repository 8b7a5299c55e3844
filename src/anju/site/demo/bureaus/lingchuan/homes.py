"""Shanty areas, old communities and public rental homes of the city."""

from __future__ import annotations

from datetime import date

from anju.site.demo.apportioning import apportion
from anju.site.demo.bureaus import names
from anju.site.demo.bureaus.desk import Desk, square, yuan

PLANNED = date(2022, 1, 28)


def fill(desk: Desk) -> None:
    """31 communities with 225 buildings and 8,325 households; 3,260 homes of shanty areas; 7,104 public rental homes."""
    rows = desk.add(
        "old_community",
        31,
        on="started_on",
        span=(date(2022, 4, 1), date(2022, 6, 28)),
        planned_on=PLANNED,
        community=lambda n, row: names.combined(n) + "小区",
        sums={"households": 8325, "area": square("74.6万"), "investment": yuan("4.97亿")},
        steps={"investment": yuan("1万")},
        built_year=(1993, 1996, 1999),
    )
    for row, buildings in zip(rows, apportion(225, [row["households"] for row in rows]), strict=True):
        row["buildings"] = buildings
    shanty = desk.add(
        "shanty_project",
        11,
        sums={"units": 3260, "invest_plan": yuan("9.4亿")},
        steps={"invest_plan": yuan("1万")},
        planned_on=PLANNED,
        started_on=date(2022, 5, 18),
        households=0,
    )
    desk.share(shanty, "invested", yuan("9.964亿"), of="invest_plan", step=yuan("1万"))
    for row in shanty:
        row["started_units"] = row["households"] = row["units"]
    desk.add(
        "public_rental_project",
        23,
        on="finished_on",
        span=(date(2013, 6, 1), date(2021, 12, 20)),
        sums={"units": 7104},
        planned_on=date(2012, 3, 1),
        started_on=date(2012, 9, 3),
    )
    desk.add(
        "public_rental_occupancy",
        23,
        sums={"units": 7104, "persons": 26_020},
        occupied=lambda n, row: row["units"],
        counted_on=date(2022, 12, 30),
    )
    _money(desk)


def _money(desk: Desk) -> None:
    for programme, source, total, count in (
        ("shanty", "centre", "1.5亿", 3),
        ("shanty", "province", "0.9亿", 2),
        ("shanty", "special_bond", "5.8亿", 4),
        ("old_community", "centre", "1.1亿", 4),
        ("old_community", "special_bond", "1.1亿", 3),
        ("municipal", "centre", "2.2亿", 5),
    ):
        desk.add(
            "funding",
            count,
            on="issued_on",
            span=(date(2022, 2, 1), date(2022, 11, 30)),
            sums={"amount": yuan(total)},
            steps={"amount": yuan("1万")},
            programme=programme,
            source=source,
            state="allotted",
        )
    # The bonds of 2020, the only year in which they were issued: what the original report dates 2022.
    desk.add(
        "funding",
        6,
        on="issued_on",
        span=(date(2020, 7, 6), date(2020, 11, 20)),
        sums={"amount": yuan("3.26亿")},
        steps={"amount": yuan("1万")},
        programme="municipal",
        source="treasury_bond",
        state="allotted",
    )
