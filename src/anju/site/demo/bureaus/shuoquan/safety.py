"""Safety, credit and awards of the city."""

from __future__ import annotations

from datetime import date

from anju.site.demo.bureaus import common, names
from anju.site.demo.bureaus.common import later
from anju.site.demo.bureaus.desk import Desk
from anju.site.demo.bureaus.shuoquan.span import H1


def fill(desk: Desk) -> None:
    """Hazards, campaigns, deductions, cases handed over, titles won."""
    desk.add(
        "special_campaign",
        1,
        name="重大事故隐患专项排查整治行动",
        field="major_hazard",
        year=2023,
        months=8,
        from_on=date(2023, 5, 4),
        to_on=date(2023, 12, 31),
    )
    desk.add(
        "special_campaign",
        1,
        name="燃气安全专项整治“回头看”",
        field="gas",
        year=2023,
        months=3,
        from_on=date(2023, 6, 26),
        to_on=date(2023, 9, 26),
    )
    desk.put("accident_lesson", name="银川燃气爆炸事故", field="gas", happened_on=date(2023, 6, 21), learned_on=date(2023, 6, 25))
    _hazards(desk)
    desk.add("credit_deduction", 62, on="deducted_on", sums={"points": 186}, enterprise=lambda n, row: names.company(n % 37), before=True)
    desk.add(
        "penalty_case",
        41,
        on="filed_on",
        field=("quality_safety", "market"),
        case_source="inspection",
        party=lambda n, row: names.company(n),
        before=True,
    )
    desk.add(
        "penalty_case",
        3,
        on="transferred_on",
        span=(date(2023, 3, 1), H1[1]),
        field="market",
        case_source="complaint",
        party=lambda n, row: names.company(90 + n),
        filed_on=date(2023, 1, 16),
    )
    for kind, name, count in (("quality_site", "质量标准化工地", 9), ("quality_award", "示例杯优质工程", 3)):
        desk.add("model_site", count, on="awarded_on", kind=kind, name=name, level="province", before=True)
    common.zero_reports(desk, "accident_report", H1)


def _hazards(desk: Desk) -> None:
    desk.add(
        "hazard",
        4862,
        on="cleared_on",
        span=(date(2023, 1, 20), H1[1]),
        field=("site", "site", "gas", "property", "self_built"),
        grade=("general", "general", "general", "major"),
        place=lambda n, row: f"{names.combined(n % 700)}片区",
        found_on=lambda n, row: max(H1[0], row["cleared_on"].replace(day=1)),
    )
    desk.add(
        "hazard", 46, on="found_on", span=(date(2023, 5, 8), H1[1]), field="self_built", grade="general", due_on=later(60, 90, "found_on")
    )
    desk.add("hazard", 31, on="found_on", span=(date(2023, 6, 1), H1[1]), field="site", grade="general", due_on=later(10, 30, "found_on"))
