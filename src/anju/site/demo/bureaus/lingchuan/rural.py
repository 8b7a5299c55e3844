"""Rural dwellings of the city's nine counties, and what the flood of the sample year did."""

from __future__ import annotations

from datetime import date
from typing import Any

from anju.site.demo.bureaus import names
from anju.site.demo.bureaus.desk import Desk, months, yuan
from anju.site.demo.bureaus.lingchuan.span import FLOOD, YEAR, county

DISASTER = "7·15暴洪灾害（示例）"


def fill(desk: Desk) -> None:
    """Checks by village, lists of villages, facilities of key towns, reconstruction."""
    desk.add(
        "village_check",
        846,
        on="checked_on",
        sums={"households": 310_000},
        village=lambda n, row: names.combined(n) + "村",
        county=lambda n, row: county(n),
        unsafe=0,
    )
    desk.add(
        "security_verification",
        620,
        on="verified_on",
        sums={"households": 84_000},
        village=lambda n, row: names.combined(n) + "村",
        county=lambda n, row: county(n),
        group="lifted",
        passed=lambda n, row: row["households"],
    )
    towns = [{"township": names.combined(number) + "镇", "county": county(number)} for number in range(24)]
    desk.monthly("dark_dwelling", months(date(2022, 4, 1), date(2022, 11, 30)), towns, {"households": 26_000})
    desk.add(
        "sewage_facility",
        9,
        on="started_on",
        span=(date(2022, 4, 1), date(2022, 6, 30)),
        key_town="yes",
        listed_on=date(2022, 1, 20),
        planned_finish=lambda n, row: date(2023, 9, 30) if n % 2 else date(2023, 8, 31),
        capacity=(500, 800),
    )
    desk.add("traditional_village", 18, on="plaque_on", span=(date(2021, 3, 1), date(2022, 10, 31)), batch=5, listed_on=date(2019, 6, 6))
    desk.add("traditional_village", 2, batch=6, listed_on=date(2022, 10, 26))
    desk.add(
        "village_toilet",
        1268,
        on="built_on",
        span=(date(2019, 3, 1), date(2022, 11, 30)),
        registered_on=date(2019, 1, 4),
        village=lambda n, row: names.combined(n) + "村",
        county=lambda n, row: county(n),
    )
    _disaster(desk)


def _disaster(desk: Desk) -> None:
    losses = [("municipal", "道路"), ("municipal", "污水管网"), ("village", "供水管线"), ("village", "村道")]
    desk.add(
        "disaster_loss",
        64,
        on="assessed_on",
        span=(date(2022, 8, 1), date(2022, 10, 31)),
        sums={"amount": yuan("8.7亿")},
        steps={"amount": yuan("1万")},
        disaster=DISASTER,
        county=lambda n, row: county(n),
        kind=lambda n, row: losses[n % 4][0],
        facility=lambda n, row: f"{names.combined(n)}{losses[n % 4][1]}",
    )
    # Rebuilt and repaired: of 1,462 and 3,756 dwellings so many finished, so many more begun, the rest not yet.
    for measure, finished, begun, tasks in (("rebuild", 896, 1420, 1462), ("repair", 3381, 3700, 3756)):
        common: dict[str, Any] = {
            "disaster": DISASTER,
            "measure": measure,
            "damaged_on": FLOOD,
            "county": lambda n, row: county(n),
            "village": lambda n, row: names.combined(n % 400) + "村",
        }
        done = (date(2022, 10, 10), YEAR[1])
        desk.add("disaster_dwelling", finished, on="finished_on", span=done, started_on=date(2022, 8, 29), **common)
        desk.add("disaster_dwelling", begun - finished, on="started_on", span=(date(2022, 9, 5), date(2022, 12, 20)), **common)
        desk.add("disaster_dwelling", tasks - begun, **common)
