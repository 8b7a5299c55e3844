"""Projects, money and schedules of the city."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anju.site.demo.bureaus import names
from anju.site.demo.bureaus.desk import Desk, months, yuan
from anju.site.demo.bureaus.shuoquan.span import H1
from anju.site.demo.paper import Row

SET = date(2023, 1, 30)
MILESTONES = (
    ("南片区雨污分流改造", date(2023, 11, 30)),
    ("热电厂机组改造和市区供热设施改造", date(2023, 10, 31)),
    ("燃气等四类管网更新改造和清洁取暖", date(2023, 12, 31)),
    ("不动产“办证难”遗留问题化解", date(2023, 12, 31)),
)


def fill(desk: Desk) -> None:
    """The lists, the monthly investment, the money won and expected, the schedule and the pilots."""
    _investment(desk, _projects(desk))
    _money(desk)
    for item, planned in MILESTONES:
        desk.put("milestone", item=item, node="完成", baseline_on=planned, planned_on=planned, set_on=SET)
    for number in range(4):
        desk.put(
            "pilot_selection", kind="complete_community", name=f"{names.combined(number)}社区", level="city", selected_on=date(2023, 3, 8)
        )
    desk.put("pilot_selection", kind="leakage", name="朔泉市", level="national", selected_on=date(2023, 4, 21))
    desk.put("pilot_selection", kind="sponge", name="朔泉市", level="national", selected_on=date(2023, 5, 26))
    desk.add("legacy_estate", 5, on="delivered_on", span=(date(2023, 2, 1), H1[1]), problem="停工多年", listed_on=date(2022, 3, 1))
    desk.add("legacy_estate", 9, problem="竣工验收资料不全", listed_on=date(2022, 3, 1))


def _projects(desk: Desk) -> dict[str, list[Row]]:
    def several(programme: str, count: int, total: str, plan: str, start_kind: str, **more: Any) -> list[Row]:
        shift = {"early": -20, "on_time": 0}[start_kind]
        rows = desk.add(
            "key_project",
            count,
            on="planned_start",
            span=(date(2023, 2, 1), date(2023, 6, 25)),
            programme=programme,
            level="city",
            sums={"investment": yuan(total)},
            steps={"investment": yuan("1万")},
            started_on=lambda n, row: row["planned_start"] + timedelta(days=shift),
            start_kind=start_kind,
            stage="building",
            name=lambda n, row: names.combined(n) + {"city_key": "管网改造工程", "bureau": "基础设施工程"}.get(programme, "建设项目"),
            **more,
        )
        desk.share(rows, "year_plan", yuan(plan), of="investment", step=yuan("1万"))
        return rows

    made = {
        "city_key": several("city_key", 7, "3.6亿", "2.1亿", "early"),
        "bureau": several("bureau", 26, "18.4亿", "9.8亿", "on_time"),
    }
    made["clean_heating"] = desk.add(
        "key_project",
        9,
        on="planned_start",
        span=(date(2022, 4, 1), date(2022, 9, 30)),
        programme="clean_heating",
        level="city",
        sums={"investment": yuan("7.9亿")},
        steps={"investment": yuan("1万")},
        started_on=lambda n, row: row["planned_start"],
        start_kind="on_time",
        stage="building",
    )
    made["town_village"] = desk.add(
        "key_project",
        16,
        on="planned_start",
        span=(date(2022, 3, 1), date(2023, 5, 31)),
        programme="town_village",
        level="county",
        investment=(yuan("1200万"), yuan("2600万")),
        started_on=lambda n, row: row["planned_start"],
        start_kind="on_time",
        stage="building",
    )
    desk.add(
        "key_project",
        12,
        on="planned_start",
        span=(date(2023, 3, 1), H1[1]),
        programme="sponge",
        level="city",
        investment=(yuan("3800万"), yuan("6200万")),
        stage=("survey", "feasibility"),
    )
    return made


def _investment(desk: Desk, made: dict[str, list[Row]]) -> None:
    this_half = months(date(2023, 2, 1), H1[1])
    heating = months(date(2022, 5, 1), H1[1])
    for programme, total, span in (
        ("city_key", "1.864亿", this_half),
        ("bureau", "5.40亿", this_half),
        ("clean_heating", "4.60亿", heating),
        ("town_village", "2.40亿", heating),
    ):
        entities = [{"project_no": row["project_no"], "programme": programme, "level": row["level"]} for row in made[programme]]
        desk.monthly("project_investment", span, entities, {"amount": yuan(total)}, step=yuan("1万"))


def _money(desk: Desk) -> None:
    def won(programme: str, source: str, total: str, count: int, span: tuple[date, date] = H1) -> None:
        desk.add(
            "funding",
            count,
            on="issued_on",
            span=span,
            sums={"amount": yuan(total)},
            steps={"amount": yuan("1万")},
            programme=programme,
            source=source,
            state="allotted",
        )

    won("heating", "centre", "2.60亿", 3)
    won("gas", "centre", "1.55亿", 4)
    won("old_community", "province", "0.95亿", 5)
    won("municipal", "special_bond", "1.10亿", 2)
    won("town_village", "award", "0.60亿", 6)
    won("town_village", "award", "2.40亿", 14, (date(2020, 3, 1), date(2022, 11, 30)))
    desk.put(
        "funding",
        document_no="拟建〔2023〕海绵",
        programme="sponge",
        source="award",
        amount=yuan("9亿"),
        issued_on=date(2023, 6, 15),
        state="expected",
    )
