"""临汐区住房和城乡建设局: a district bureau in the first half of 2023."""

from __future__ import annotations

from datetime import date

from anju.site.demo.bureaus import common, names, trade
from anju.site.demo.bureaus.common import later
from anju.site.demo.bureaus.desk import Desk, months, square, yuan
from anju.site.demo.bureaus.places import LINXI

H1 = (date(2023, 1, 1), date(2023, 6, 30))
JULY = date(2023, 7, 14)


def fill(seed: int) -> list[Desk]:
    """One desk with every book of the district."""
    desk = Desk(LINXI, H1, seed)
    _party_and_office(desk)
    _homes_and_parking(desk)
    _approvals(desk)
    _inspections(desk)
    _plans(desk)
    return [desk]


def _party_and_office(desk: Desk) -> None:
    desk.add("party_study", 6, on="held_on", kind="committee", attended=(18, 21, 23), state="held", before=True)
    desk.add("party_study", 1, kind="committee", held_on=date(2023, 6, 28), state="planned")
    desk.add("party_meeting", 9, on="held_on", kind="bureau_work", attended=(46, 52, 58), state="held", before=True)
    common.routine(desk, "project_daily", common.workdays(H1), missed=3)
    common.routine(desk, "project_weekly", common.weeks(H1))
    common.routine(desk, "concrete_quarterly", common.quarters(H1))
    desk.add("office_meeting", 11, on="held_on", kind="dispatch", field="approvals", topic="审批服务工作调度会", before=True)
    desk.add("office_meeting", 6, on="held_on", kind="bureau", topic="局务会", before=True)
    desk.add(
        "office_training",
        5,
        on="held_on",
        kind="approvals",
        topic=lambda n, row: f"审批业务专题培训第{n + 1}期（{row['held_on'].year}）",
        persons=(38, 46),
        before=True,
    )


def _homes_and_parking(desk: Desk) -> None:
    desk.add(
        "municipal_work",
        4,
        on="finished_on",
        sums={"spaces": 386},
        kind="parking",
        form="ground",
        stage="finished",
        listed_on=date(2023, 1, 10),
        started_on=date(2023, 1, 16),
        before=False,
    )
    desk.add(
        "municipal_work",
        2,
        kind="parking",
        form="ground",
        stage="building",
        spaces=90,
        listed_on=date(2023, 1, 10),
        started_on=date(2023, 3, 20),
    )
    desk.add(
        "eligibility_review",
        1214,
        on="reviewed_on",
        kind=("first", "yearly", "yearly", "change"),
        result=("qualified", "qualified", "qualified", "unqualified"),
        household_no=lambda n, row: f"LXJT{n % 960:05d}",
        before=True,
    )
    common.rentals(desk, 86, H1)
    desk.add("affordable_rental_project", 3, on="recognised_on", sums={"units": 642}, way=("built", "converted"), before=False)
    desk.put("affordable_rental_project", way="existing", units=120, recognised_on=JULY)


def _approvals(desk: Desk) -> None:
    def cases(item: str, count: int) -> None:
        desk.add(
            "approval_case",
            count,
            on="decided_on",
            item=item,
            way="online",
            result="granted",
            accepted_on=lambda n, row: row["decided_on"].replace(day=1),
            before=True,
        )

    cases("joint_acceptance", 14)
    cases("single_acceptance", 24)
    cases("construction", 33)
    for number, item in enumerate(("geology", "mineral", "relics", "water", "climate", "seismic", "energy")):
        done = date(2023, 2 + number, 15) if number < 4 else None
        desk.put("area_assessment", area_name="临汐示例产业园", item=item, listed_on=date(2022, 10, 8), finished_on=done)


def _inspections(desk: Desk) -> None:
    sites = desk.add(
        "site_inspection",
        412,
        on="inspected_on",
        sums={"inspectors": 1286},
        campaign="建筑施工领域专项检查",
        level="county",
        subject="site",
        hazards=(0, 1, 2, 3, 4),
        project=lambda n, row: f"{names.combined(n % 137)}工程",
        before=False,
    )
    plants = desk.add(
        "site_inspection",
        24,
        on="inspected_on",
        campaign="预拌混凝土企业季度检查",
        level="county",
        subject="concrete",
        inspectors=3,
        hazards=(1, 2),
        project=lambda n, row: names.company(n % 12, "混凝土"),
    )

    def papers(kind: str, count: int, parents: list[dict[str, object]], subject: str) -> None:
        desk.add(
            "inspection_paper",
            count,
            kind=kind,
            subject=subject,
            level="county",
            receiver=lambda n, row: parents[n * 2 % len(parents)]["project"],
            inspection_no=lambda n, row: parents[n * 2 % len(parents)]["inspection_no"],
            issued_on=lambda n, row: parents[n * 2 % len(parents)]["inspected_on"],
        )

    papers("rectify", 168, sites, "quality_safety")
    papers("stop", 23, sites, "quality_safety")
    papers("conduct", 31, sites, "quality_safety")
    papers("order", 12, plants, "concrete")
    desk.add("bad_conduct", 27, on="recognised_on", before=True)
    desk.add(
        "penalty_case",
        19,
        on="filed_on",
        field="quality_safety",
        case_source="inspection",
        party=lambda n, row: names.company(n),
        before=True,
    )
    desk.add(
        "penalty_case",
        3,
        on="decided_on",
        span=(date(2023, 3, 1), date(2023, 6, 20)),
        field="market",
        case_source="complaint",
        party=lambda n, row: names.company(60 + n),
        filed_on=date(2022, 12, 12),
        fine=(2_000_000, 3_500_000),
        closed_on=later(3, 9, "decided_on"),
        published_on=later(2, 6, "decided_on"),
    )
    common.zero_reports(desk, "accident_report", H1)


def _plans(desk: Desk) -> None:
    trade.output(desk, months(*H1), yuan("27.46亿"), enterprises=18)
    common.target(desk, "renewal_investment", 2023, money=yuan("8.5亿"))
    common.target(desk, "shanty_started", 2023, quantity=2)
    common.target(desk, "old_communities", 2023, quantity=15)
    common.target(desk, "old_community_acceptance", 2023, percent=100)
    common.target(desk, "accidents", 2023, quantity=0)
    desk.add(
        "old_community",
        15,
        planned_on=date(2023, 2, 20),
        started_on=date(2023, 4, 10),
        buildings=(6, 9, 12),
        households=(186, 240, 312),
        area=(square("1.62万"), square("2.14万")),
        investment=(yuan("620万"), yuan("845万")),
        built_year=(1994, 1998),
    )
    common.deliveries(desk, {1: (412, 380), 2: (266,)})
