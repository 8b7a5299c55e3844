"""Roads, parks, pipes, water and money of the county."""

from __future__ import annotations

from datetime import date
from typing import Any

from anju.site.demo.bureaus import names
from anju.site.demo.bureaus.desk import Desk, months, square, yuan
from anju.site.demo.bureaus.yunting.span import YEAR

LISTED, BEGUN = date(2022, 1, 17), date(2022, 2, 21)
ROADS = ("长丰北路拓改", "北湖路新建", "金坳路新建", "新墙河路污水厂段路面硬化", "团结南路改造", "青山北路改造", "福路西延", "站前路改造")
ROADS_UNDER_WAY = ("城北路新建", "青山北路武装部段", "公园路付家岭段")


def fill(desk: Desk) -> None:
    """Municipal works, sewage, water supply, money won and invested."""
    for name in ROADS:
        desk.add(
            "municipal_work",
            1,
            on="finished_on",
            span=(date(2022, 6, 1), YEAR[1]),
            kind="road",
            name=name,
            length=(820, 1240, 1960),
            listed_on=LISTED,
            started_on=BEGUN,
            stage="finished",
        )
    for name in ROADS_UNDER_WAY:
        desk.put("municipal_work", kind="road", name=name, length=1100, listed_on=LISTED, started_on=date(2022, 9, 5), stage="building")
    _parks(desk)
    _pipes(desk)
    desk.add(
        "sewage_facility",
        8,
        on="unattended_on",
        key_town="no",
        listed_on=date(2019, 5, 6),
        started_on=date(2019, 9, 2),
        finished_on=date(2020, 11, 20),
    )
    desk.add("sewage_facility", 3, key_town="no", listed_on=date(2020, 5, 6), started_on=date(2020, 9, 2), finished_on=date(2021, 11, 20))
    desk.add("outfall", 14, on="treated_on", found_on=date(2021, 11, 8))
    desk.add("outfall", 5, found_on=date(2022, 10, 8))
    desk.monthly("water_test", months(*YEAR), [{"plant": "一水厂"}, {"plant": "二水厂"}], {"samples": 5230}, passed=0)
    _passed(desk, 5210)
    desk.add("secondary_supply", 11, on="taken_on", operator="company", listed_on=date(2021, 3, 1))
    desk.add("secondary_supply", 7, operator="property", listed_on=date(2021, 3, 1))
    _money(desk)


def _parks(desk: Desk) -> None:
    desk.add(
        "municipal_work",
        5,
        on="finished_on",
        span=(date(2022, 5, 1), date(2022, 11, 30)),
        sums={"green": square("23600")},
        kind="garden",
        listed_on=LISTED,
        started_on=BEGUN,
        opened_on=lambda n, row: row["finished_on"],
        stage="finished",
    )
    desk.put("municipal_work", kind="garden", green=square("3100"), listed_on=LISTED, started_on=BEGUN, stage="building")
    desk.add(
        "municipal_work",
        6,
        on="finished_on",
        span=(date(2022, 5, 1), YEAR[1]),
        sums={"spaces": 1120},
        kind="parking",
        form="ground",
        listed_on=LISTED,
        started_on=BEGUN,
        stage="finished",
    )
    desk.add("municipal_work", 2, kind="parking", form="stereo", spaces=(160, 210), listed_on=LISTED, started_on=BEGUN, stage="finishing")
    desk.put("municipal_work", kind="parking", form="ground", spaces=140, listed_on=LISTED, started_on=date(2022, 11, 8), stage="building")


def _pipes(desk: Desk) -> None:
    done: dict[str, Any] = {
        "on": "finished_on",
        "span": (date(2022, 5, 1), YEAR[1]),
        "listed_on": LISTED,
        "started_on": BEGUN,
        "stage": "finished",
    }
    desk.add("municipal_work", 23, sums={"length": 21_000}, kind="sewer", **done)
    desk.add("municipal_work", 1, sums={"length": 680}, kind="culvert", name="岳雅南侧雨污箱涵", **done)
    desk.add("municipal_work", 9, kind="water_main", length=(260, 410), **done)
    desk.add("municipal_work", 4, kind="sewer", length=300, listed_on=LISTED, started_on=BEGUN, stage="building")


def _passed(desk: Desk, total: int) -> None:
    """The tests that failed are spread over the first rows."""
    rows = desk.rows_of["water_test"]
    failed = sum(row["samples"] for row in rows) - total
    for position, row in enumerate(rows):
        row["passed"] = row["samples"] - (failed // len(rows) + (position < failed % len(rows)))


def _money(desk: Desk) -> None:
    desk.add(
        "funding",
        14,
        on="issued_on",
        sums={"amount": yuan("18650万")},
        steps={"amount": yuan("1万")},
        programme=lambda n, row: PROGRAMMES[n],
        source=("centre", "province", "special_bond"),
        state="allotted",
    )
    desk.add("funding", 2, on="issued_on", programme="other", source="centre", amount=yuan("900万"), state="expected")
    projects = [
        desk.put(
            "key_project",
            name=name,
            programme=programme,
            level="county",
            investment=yuan(total),
            year_plan=yuan(plan),
            planned_start=date(2022, 2, 15),
            started_on=date(2022, 2, 15),
            start_kind="on_time",
            stage="building",
        )
        for name, programme, total, plan in PROJECTS
    ]
    works = [{"project_no": row["project_no"], "programme": row["programme"], "level": "county"} for row in projects[:-1]]
    water = [{"project_no": projects[-1]["project_no"], "programme": "water", "level": "county"}]
    desk.monthly("project_investment", months(date(2022, 2, 1), YEAR[1]), works, {"amount": yuan("2.84亿")}, step=yuan("1万"))
    desk.monthly("project_investment", months(date(2022, 3, 1), YEAR[1]), water, {"amount": yuan("3600万")}, step=yuan("1万"))


PROGRAMMES = (
    "old_community",
    "old_community",
    "shanty",
    "municipal",
    "municipal",
    "municipal",
    "gas",
    "rural",
    "rural",
    "housing",
    "housing",
    "leakage",
    "other",
    "other",
)
PROJECTS = (
    ("城市道路五年行动", "municipal", "3.6亿", "1.6亿"),
    ("城区停车设施建设", "municipal", "9200万", "5800万"),
    ("沿湖公园和游园建设", "municipal", "7400万", "4600万"),
    ("污水管网改造", "municipal", "8800万", "4200万"),
    (names.combined(8) + "二水厂二期扩建", "water", "1.2亿", "4000万"),
)
