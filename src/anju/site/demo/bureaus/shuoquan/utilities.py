"""Roads, pipes, lights, gas, heating, pumps and villages of the city."""

from __future__ import annotations

from datetime import date
from typing import Any

from anju.site.demo.bureaus import names
from anju.site.demo.bureaus.desk import Desk, months
from anju.site.demo.bureaus.shuoquan.span import H1

LISTED, BEGUN = date(2022, 8, 1), date(2022, 9, 12)
DONE: dict[str, Any] = {
    "on": "finished_on",
    "span": (date(2023, 3, 1), H1[1]),
    "listed_on": LISTED,
    "started_on": BEGUN,
    "stage": "finished",
}


def fill(desk: Desk) -> None:
    """What the public utilities of the city did."""
    desk.add("municipal_work", 6, kind="road", length=(900, 1400), opened_on=lambda n, row: row["finished_on"], **DONE)
    desk.add("municipal_work", 2, kind="bridge", length=120, **DONE)
    desk.add("municipal_work", 14, sums={"length": 9_700}, kind="street", **DONE)
    desk.add("municipal_work", 5, sums={"length": 7_300}, kind="sewer", **DONE)
    desk.add("municipal_work", 3, kind="road", length=1500, listed_on=LISTED, started_on=BEGUN, stage="building")
    desk.add("streetlight_order", 214, on="finished_on", sums={"lamps": 3268}, work=("repair", "replace"), before=True)
    desk.add("streetlight_order", 18, on="finished_on", work="cable", lamps=0)
    _lights(desk)
    desk.add(
        "gas_renewal", 46, on="finished_on", sums={"households": 12_480}, kind="network", estate=lambda n, row: names.combined(n) + "小区"
    )
    desk.add(
        "gas_renewal",
        12,
        on="finished_on",
        sums={"households": 3_260},
        kind="device",
        estate=lambda n, row: names.combined(100 + n) + "家园",
    )
    desk.add(
        "clean_heating",
        118,
        on="finished_on",
        span=(date(2022, 8, 1), H1[1]),
        sums={"task": 23_100},
        way=("electric", "gas", "biomass"),
        done=lambda n, row: row["task"],
        planned_on=date(2022, 4, 15),
    )
    desk.add("clean_heating", 38, sums={"task": 7_400}, way="electric", planned_on=date(2022, 4, 15))
    desk.add(
        "flood_maintenance",
        21,
        on="serviced_on",
        span=(date(2023, 4, 1), date(2023, 6, 15)),
        sums={"pumps": 64},
        result=("good", "repaired"),
    )
    for kind, count, there in (("town", 11, 8), ("village", 24, 19)):
        desk.add(
            "town_village",
            there,
            on="listed_on",
            span=(date(2018, 4, 1), date(2022, 10, 31)),
            kind=kind,
            name=lambda n, row: names.combined(n) + "镇村",
        )
        desk.add("town_village", count - there, on="listed_on", kind=kind, name=lambda n, row: names.combined(60 + n) + "镇村")


def _lights(desk: Desk) -> None:
    """98 of a hundred lamps burn: 9,820 lamps on six roads, each seen once a month."""
    for month in months(*H1):
        for number in range(6):
            lamps = 260 + 5 * number
            desk.put(
                "streetlight_patrol",
                road=names.combined(number) + "路",
                lamps=lamps,
                lit=lamps - 5 - (number + month.month) % 2,
                patrolled_on=month.replace(day=12),
            )
