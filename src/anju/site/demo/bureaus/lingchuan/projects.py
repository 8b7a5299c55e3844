"""Municipal projects and pipes of the city."""

from __future__ import annotations

from datetime import date

from anju.site.demo.bureaus import common
from anju.site.demo.bureaus.desk import Desk, months, yuan
from anju.site.demo.bureaus.lingchuan.span import YEAR


def fill(desk: Desk) -> None:
    """42 projects of the city and 144 of the counties; 86公里 of sewers; what the plants treated."""
    for level, count, total, done in (("city", 42, "21.3亿", "13.4亿"), ("county", 144, "25.5亿", "15.5亿")):
        rows = desk.add(
            "key_project",
            count,
            on="planned_start",
            span=(date(2022, 2, 7), date(2022, 8, 31)),
            programme="municipal",
            level=level,
            sums={"investment": yuan(total)},
            steps={"investment": yuan("1万")},
            started_on=lambda n, row: row["planned_start"],
            start_kind="on_time",
            stage="building",
        )
        works = [{"project_no": row["project_no"], "programme": "municipal", "level": level} for row in rows]
        desk.monthly("project_investment", months(date(2022, 9, 1), YEAR[1]), works, {"amount": yuan(done)}, step=yuan("1万"))
    desk.add(
        "municipal_work",
        64,
        on="finished_on",
        span=(date(2022, 4, 1), YEAR[1]),
        sums={"length": 86_000},
        kind="sewer",
        listed_on=date(2022, 1, 10),
        started_on=date(2022, 3, 1),
        stage="finished",
    )
    desk.add("municipal_work", 9, kind="sewer", length=400, listed_on=date(2022, 1, 10), started_on=date(2022, 10, 8), stage="building")
    common.target(desk, "sewer_length", 2022, length=89_600)
    # So many hundredths of 万立方米 a month, and what of it was treated.
    for month in months(*YEAR):
        desk.put("sewage_month", plant="市污水处理厂", scope="city", month=month, discharged=240, treated=231)
        for number in range(8):
            desk.put("sewage_month", plant=f"县城第{number + 1}污水处理厂", scope="county", month=month, discharged=50, treated=47)
