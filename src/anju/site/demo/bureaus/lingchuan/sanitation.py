"""Refuse, sweeping and vehicles: three years of work by the end of 2022."""

from __future__ import annotations

from datetime import date

from anju.site.demo.bureaus import names
from anju.site.demo.bureaus.desk import Desk, months, square, yuan
from anju.site.demo.bureaus.lingchuan.span import COUNTIES, YEAR, county

THREE_YEARS = (date(2020, 1, 2), date(2022, 12, 30))


def fill(desk: Desk) -> None:
    """What was paid, built, staffed and bought."""
    desk.add(
        "sanitation_fund",
        216,
        on="paid_on",
        span=THREE_YEARS,
        sums={"amount": yuan("12亿")},
        steps={"amount": yuan("1万")},
        county=lambda n, row: county(n),
        use=("facility", "vehicle", "operation", "cleanup"),
    )
    desk.add("sanitation_site", 14, on="built_on", span=THREE_YEARS, kind="disposal", county=lambda n, row: county(n))
    desk.add("sanitation_site", 3, kind="disposal", built_on=date(2009, 5, 4), closed_on=date(2021, 10, 8), county=lambda n, row: county(n))
    desk.add("sanitation_site", 22, on="built_on", span=THREE_YEARS, kind=("transfer", "deposit"), county=lambda n, row: county(n))
    desk.add(
        "sanitation_team",
        180,
        sums={"persons": 14_030},
        team=lambda n, row: names.combined(n) + "镇保洁队",
        county=lambda n, row: county(n),
        from_on=date(2020, 3, 2),
    )
    desk.add(
        "sanitation_vehicle",
        74,
        on="bought_on",
        span=THREE_YEARS,
        sums={"vehicles": 2136},
        kind="collect",
        user="town",
        county=lambda n, row: county(n),
    )
    desk.add("sanitation_vehicle", 3, on="bought_on", span=YEAR, sums={"vehicles": 26}, kind="sorted", user="public", county="990402")
    entities = [{"county": code} for code in COUNTIES]
    desk.monthly("dump_site_month", months(date(2020, 1, 1), YEAR[1]), entities, {"sites": 12_000})
    for month in months(*YEAR):
        desk.put("sweeping_month", place="市区", scope="city", month=month, area=square("820万"), mechanised=square("674万"))
        for number in range(8):
            desk.put(
                "sweeping_month",
                place=f"{names.combined(number)}县城",
                scope="county",
                month=month,
                area=square("210万"),
                mechanised=square("160万"),
            )
