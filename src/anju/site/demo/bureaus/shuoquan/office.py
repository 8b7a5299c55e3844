"""Party, honours, rules, training and petitions of the city."""

from __future__ import annotations

from datetime import date

from anju.site.demo.bureaus import common, names
from anju.site.demo.bureaus.desk import Desk
from anju.site.demo.bureaus.shuoquan.span import H1


def fill(desk: Desk) -> None:
    """What the city's office and party committee keep."""
    for kind, count in (("central_group", 12), ("special", 5), ("theory", 18)):
        desk.add("party_study", count, on="held_on", kind=kind, attended=(28, 36, 44), state="held", before=True)
    desk.add(
        "party_branch",
        17,
        on="brand_on",
        span=(date(2021, 3, 1), date(2023, 5, 31)),
        founded_on=date(2019, 7, 1),
        brand=lambda n, row: f"{names.combined(n)}先锋",
        members=(9, 14, 22),
    )
    _honours(desk)
    desk.add("institution", 23, on="issued_on", field=("deliberation", "works", "finance"), change=("new", "revised"), before=True)
    desk.add("institution", 4, on="issued_on", field="other", change="repealed")
    for number, (topic, start, end, issued) in enumerate(
        (
            ("城市绿道系统规划", date(2023, 1, 1), date(2030, 12, 31), date(2023, 3, 17)),
            ("市区供热专项规划", date(2023, 1, 1), date(2035, 12, 31), date(2023, 5, 29)),
        ),
        start=6,
    ):
        desk.put(
            "policy_document",
            document_no=f"朔住建规〔2023〕{number}号",
            title=f"朔泉市{topic}",
            issuer="朔泉市住房和城乡建设局（示例）",
            issued_on=issued,
            effective_from=start,
            effective_to=end,
            kind="plan",
            level="city",
            topic=topic,
        )
    desk.add(
        "office_training",
        9,
        on="held_on",
        sums={"persons": 1260},
        kind=("skills", "statistics"),
        topic=lambda n, row: f"建筑业{'技能' if n % 2 else '统计'}培训第{n + 1}期（{row['held_on'].year}）",
        before=True,
    )
    for routine, spans in (
        ("project_weekly", common.weeks(H1)),
        ("project_monthly", common.month_spans(H1)),
        ("project_quarterly", common.quarters(H1)),
        ("key_daily", common.workdays(H1)),
        ("key_weekly", common.weeks(H1)),
        ("permit_monthly", common.month_spans(H1)),
        ("town_quarterly", common.quarters(H1)),
        ("safety_quarterly", common.quarters(H1)),
    ):
        common.routine(desk, routine, spans, missed=1 if routine == "project_monthly" else 0)
    desk.add("work_point", 6, planned_on=date(2023, 1, 16), theme="self_revolution")
    desk.add("work_point", 21, planned_on=date(2023, 1, 16), theme=("political", "business", "service"))
    backlog = desk.add(
        "title_backlog", 64, on="opened_on", span=(date(2021, 4, 1), date(2023, 6, 20)), sums={"units": 8420, "certificates": 6315}
    )
    for row in backlog:
        row["certificates"] = min(row["certificates"], row["units"])
    backlog[0]["certificates"] += 6315 - sum(row["certificates"] for row in backlog)


def _honours(desk: Desk) -> None:
    def honour(name: str, subject: str, level: str, year: int, **more: object) -> None:
        desk.put("honour", name=name, subject=subject, level=level, year=year, holder="局系统", **more)

    for year, streak in ((2020, 1), (2021, 2), (2022, 3)):
        honour("住房保障绩效管理考核", "housing_security", "province", year, grade=1, streak=streak, granted_on=date(year + 1, 3, 22))
        honour("重点镇美丽村庄奖补资金争取", "award_funds", "province", year, grade=1, streak=streak, granted_on=date(year + 1, 2, 24))
    honour("效能目标管理考核", "performance", "city", 2022, grade=1, streak=1, granted_on=date(2023, 2, 10))
    honour("效能目标管理考核", "performance", "city", 2021, grade=2, streak=1, granted_on=date(2022, 2, 11))
    for unit in ("示例供水服务中心", "示例住房保障中心"):
        desk.put(
            "honour",
            name="全国住房和城乡建设系统先进单位",
            subject="unit",
            level="national",
            year=2022,
            holder=unit,
            granted_on=date(2023, 1, 13),
        )
