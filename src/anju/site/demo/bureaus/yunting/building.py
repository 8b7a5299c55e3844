"""Inspections, the market, civil air defence and approvals of the county."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anju.site.demo.bureaus import common, names, trade
from anju.site.demo.bureaus.common import later
from anju.site.demo.bureaus.desk import Desk, months, square, yuan
from anju.site.demo.bureaus.yunting.span import YEAR


def fill(desk: Desk) -> None:
    """Quality and safety, trade, civil air defence, approvals, credit."""
    _inspections(desk)
    _sites(desk)
    _market(desk)
    _civil_defence(desk)
    _approvals(desk)
    _credit(desk)


def _inspections(desk: Desk) -> None:
    visits = desk.add(
        "site_inspection",
        296,
        on="inspected_on",
        sums={"hazards": 1247},
        campaign=("专项整治三年行动", "打非治违", "百日大会战"),
        level="county",
        subject="site",
        inspectors=(2, 3, 4),
        project=lambda n, row: f"{names.combined(n % 64)}工程",
        before=False,
    )

    def papers(kind: str, count: int, subject: str) -> None:
        def parent(position: int) -> dict[str, Any]:
            return visits[position * 3 % len(visits)]

        desk.add(
            "inspection_paper",
            count,
            kind=kind,
            subject=subject,
            level="county",
            receiver=lambda n, row: parent(n)["project"],
            inspection_no=lambda n, row: parent(n)["inspection_no"],
            issued_on=lambda n, row: parent(n)["inspected_on"],
        )

    papers("rectify", 186, "quality_safety")
    papers("rectify", 43, "dust")
    papers("stop", 6, "dust")
    papers("stop", 11, "quality_safety")
    desk.add(
        "lifting_machine", 9, on="sealed_on", span=(date(2022, 3, 1), YEAR[1]), kind=("tower", "hoist"), registered_on=date(2021, 8, 2)
    )
    desk.add("lifting_machine", 48, kind=("tower", "hoist", "material"), registered_on=date(2021, 8, 2))
    desk.add("enterprise_interview", 17, on="held_on", enterprise=lambda n, row: names.company(n % 14))
    desk.add(
        "penalty_case",
        19,
        on="decided_on",
        span=(date(2022, 2, 14), date(2022, 11, 30)),
        sums={"fine": yuan("86万")},
        steps={"fine": 100_000},
        field="quality_safety",
        case_source="inspection",
        party=lambda n, row: names.company(n),
        closed_on=later(3, 12, "decided_on"),
        published_on=later(2, 7, "decided_on"),
        filed_on=lambda n, row: row["decided_on"] - timedelta(days=25 + n % 12),
    )
    desk.add(
        "penalty_case",
        2,
        on="filed_on",
        span=(date(2022, 11, 1), YEAR[1]),
        field="quality_safety",
        case_source="inspection",
        party=lambda n, row: names.company(40 + n),
    )
    common.zero_reports(desk, "accident_report", YEAR)


def _sites(desk: Desk) -> None:
    desk.add("supervised_project", 64, on="registered_on", span=(date(2020, 5, 1), date(2022, 11, 30)), sums={"area": square("148.62万")})
    desk.add(
        "supervised_project",
        27,
        on="registered_on",
        span=(date(2019, 3, 1), date(2020, 12, 31)),
        area=(square("1.2万"), square("3.1万")),
        ended_on=date(2022, 5, 20),
    )
    filed: dict[str, Any] = {"on": "accepted_on", "span": (YEAR[0], date(2022, 11, 30))}
    desk.add("completion_filing", 58, filing_no=lambda n, row: f"云竣备〔2022〕{n + 1}号", filed_on=later(5, 14, "accepted_on"), **filed)
    desk.add("completion_filing", 1, **filed)
    desk.add("prefabricated_project", 4, on="finished_on", sums={"area": square("12.36万")}, rate=(51, 53))
    for level, count in (("province", 2), ("city", 5)):
        desk.add("model_site", count, on="awarded_on", kind="standard_site", level=level, name="标准化示范工地", before=True)


def _market(desk: Desk) -> None:
    trade.buildings(desk, YEAR, count=27, centi=square("28.45万"))
    trade.buildings(desk, (date(2021, 1, 4), date(2021, 12, 30)), count=24, centi=square("25.12万"), batch="B")
    trade.investment(desk, months(*YEAR), yuan("15.62亿"), projects=14, place="990221")
    desk.add("presale_permit", 12, on="issued_on", sums={"units": 1486, "area": square("17.94万")}, state="issued", before=True)
    desk.add("presale_permit", 1, on="issued_on", units=60, area=square("0.7万"), state="revoked")
    trade.sales(desk, YEAR, units=1368, centi=square("16.05万"), yuan=842_000_000, unfiled=23)
    trade.existing_homes(desk, YEAR, contracts=612, centi=square("6.42万"), yuan=198_000_000)
    desk.add("survey_result", 73, on="filed_on", sums={"area": square("86.40万")}, kind=("forecast", "actual"), before=True)
    desk.add(
        "termite_contract",
        38,
        on="finished_on",
        sums={"area": square("41.27万")},
        signed_on=lambda n, row: row["finished_on"] - timedelta(days=60),
    )
    desk.add("project_capital", 11, on="received_on", sums={"amount": yuan("4280万")}, steps={"amount": yuan("1万")}, before=True)
    trade.withdrawals(desk, YEAR, count=146, yuan=694_000_000)
    desk.add(
        "maintenance_deposit",
        1184,
        on="paid_on",
        sums={"amount": yuan("1326.58万")},
        steps={"amount": 100},
        state="paid",
        room=lambda n, row: f"{1 + n % 18}幢{n:04d}",
    )
    desk.add("maintenance_deposit", 9, on="paid_on", amount=800_000, state="refunded", room=lambda n, row: f"R{n:04d}")
    trade.output(desk, months(*YEAR), yuan("46.83亿"), enterprises=31)


def _civil_defence(desk: Desk) -> None:
    desk.add("civil_defence_approval", 6, on="approved_on", sums={"area": square("18640")}, kind="built", joint="yes")
    away = desk.add(
        "civil_defence_approval",
        3,
        on="approved_on",
        span=(YEAR[0], date(2022, 10, 31)),
        sums={"fee": yuan("512.40万")},
        steps={"fee": 10_000},
        kind="relocated",
        joint="yes",
    )
    for row in away:
        desk.put("civil_defence_fee", approval_no=row["approval_no"], amount=row["fee"], paid_on=row["approved_on"] + timedelta(days=12))
    desk.add("civil_defence_filing", 6, on="filed_on", sums={"area": square("11320")}, joint="yes")
    desk.put("civil_defence_activity", kind="siren", place="县城区", held_on=date(2022, 9, 18))
    desk.add("civil_defence_activity", 4, on="held_on", span=(date(2022, 5, 5), date(2022, 5, 31)), kind="disaster", persons=(180, 260))
    desk.add(
        "civil_defence_activity",
        14,
        on="held_on",
        sums={"persons": 8642},
        kind="drill",
        place=lambda n, row: f"示例中小学{n + 1}",
        before=True,
    )
    desk.put("siren", place="集英小学", installed_on=date(2022, 8, 16))
    desk.add("siren", 11, installed_on=date(2017, 5, 10), place=lambda n, row: names.combined(n) + "楼顶")


def _approvals(desk: Desk) -> None:
    counts = {"setup": 86, "land": 34, "planning": 61, "construction": 58, "joint_acceptance": 39, "drawing": 52, "fire": 41}
    for item, count in counts.items():
        desk.add(
            "approval_case",
            count,
            on="decided_on",
            item=item,
            way="online",
            result="granted",
            accepted_on=lambda n, row: row["decided_on"] - timedelta(days=3 + n % 9),
            before=True,
        )
    desk.add("approval_case", 5, item=("setup", "planning"), way="online", result="handling", accepted_on=date(2022, 12, 27))
    desk.add("approval_case", 3, on="accepted_on", item="construction", way="online", result="withdrawn")


def _credit(desk: Desk) -> None:
    for kind, count, industry in (
        ("qualification", 96, "construction"),
        ("personnel", 118, "real_estate"),
        ("permit", 153, "construction"),
        ("penalty", 19, "construction"),
    ):
        desk.add(
            "credit_publication",
            count,
            on="published_on",
            kind=kind,
            industry=industry,
            subject=lambda n, row: names.company(n % 80),
            before=True,
        )
