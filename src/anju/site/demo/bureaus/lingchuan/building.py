"""The market, the construction industry and inspections of the city."""

from __future__ import annotations

from datetime import date
from typing import Any

from anju.site.demo.bureaus import common, names, trade
from anju.site.demo.bureaus.common import later
from anju.site.demo.bureaus.desk import Desk, months, square, yuan
from anju.site.demo.bureaus.lingchuan.span import COUNTIES, LAST_YEAR, YEAR


def fill(desk: Desk) -> None:
    """Two years of the market, tenders of one."""
    _market(desk)
    _industry(desk)
    _inspections(desk)


def _market(desk: Desk) -> None:
    # 486万㎡ under construction in 2022, 454.2万㎡ the year before: what stood over, began and was finished.
    trade.buildings(desk, (date(2020, 3, 1), date(2020, 11, 30)), count=190, centi=square("332.2万"), batch="A")
    trade.buildings(desk, (date(2021, 3, 1), date(2021, 11, 30)), count=62, centi=square("110.0万"), batch="B")
    trade.buildings(
        desk,
        (date(2019, 3, 1), date(2019, 11, 30)),
        count=8,
        centi=square("12.0万"),
        finished=(date(2021, 5, 1), date(2021, 12, 20)),
        batch="C",
    )
    trade.buildings(desk, (date(2022, 3, 1), date(2022, 11, 30)), count=27, centi=square("43.8万"), batch="D")
    for position, place in enumerate(COUNTIES):
        now, before = ("8.60亿", "7.95亿") if position == 0 else ("6.25亿", "5.75亿")
        trade.investment(desk, months(*YEAR), yuan(now), projects=6, place=place)
        trade.investment(desk, months(*LAST_YEAR), yuan(before), projects=6, place=place)
    desk.add("presale_permit", 58, on="issued_on", sums={"units": 7420, "area": square("96万")}, state="issued", before=True)
    trade.sales(desk, YEAR, units=5204, centi=square("62.0万"), yuan=3_286_000_000)
    trade.sales(desk, LAST_YEAR, units=4930, centi=square("58.5万"), yuan=3_042_000_000)


def _industry(desk: Desk) -> None:
    desk.add("construction_enterprise", 96, on="entered_on", span=(date(2014, 1, 6), YEAR[1]), kind=("general", "professional", "labour"))
    desk.add("construction_enterprise", 7, on="left_on", kind="labour", entered_on=date(2016, 5, 4))
    desk.put(
        "statistics_value",
        subject="construction_added",
        amount=yuan("64.5亿"),
        growth=8,
        estimated="forecast",
        covered_to=YEAR[1],
        issuer="岭川市统计局（示例）",
        document="岭统函〔2022〕31号",
    )
    desk.add(
        "tender",
        412,
        on="opened_on",
        span=(date(2022, 1, 10), date(2022, 12, 9)),
        sums={"price": yuan("38亿")},
        steps={"price": yuan("1万")},
        kind=("building", "municipal"),
        way="electronic",
        supervised="yes",
        ceiling_filed="yes",
        ceiling=lambda n, row: row["price"] + yuan("12万"),
        awarded_on=later(4, 15, "opened_on"),
    )
    desk.add("ceiling_review", 365, on="reviewed_on", submitted=(yuan("860万"), yuan("1240万")), approved=(yuan("812万"), yuan("860万")))


def _inspections(desk: Desk) -> None:
    desk.add(
        "site_inspection",
        530,
        on="inspected_on",
        campaign=lambda n, row: f"第{n % 126 + 1}次质量安全大检查",
        level="city",
        subject="site",
        inspectors=(3, 4, 5),
        hazards=(1, 2, 3),
        project=lambda n, row: f"{names.combined(n % 318)}工程",
    )
    county = desk.add(
        "site_inspection",
        1210,
        on="inspected_on",
        campaign=("春季检查", "汛期检查", "冬季检查"),
        level="county",
        subject="site",
        inspectors=(2, 3),
        hazards=(0, 1, 2),
        project=lambda n, row: f"{names.combined(n % 946 + 320)}工程",
    )

    def papers(kind: str, count: int) -> None:
        def parent(position: int) -> dict[str, Any]:
            return county[position]

        desk.add(
            "inspection_paper",
            count,
            kind=kind,
            subject="quality_safety",
            level="county",
            receiver=lambda n, row: parent(n)["project"],
            inspection_no=lambda n, row: parent(n)["inspection_no"],
            issued_on=lambda n, row: parent(n)["inspected_on"],
        )

    common.zero_reports(desk, "accident_report", YEAR)
    papers("rectify", 824)
    papers("stop", 9)
    desk.add(
        "hazard",
        1386,
        on="found_on",
        span=(YEAR[0], date(2022, 11, 25)),
        field="site",
        grade=("general", "general", "major"),
        cleared_on=later(3, 30, "found_on"),
    )
