"""保交楼: the lists, tasks and hand-overs of all nine counties of the sample city, and our county's loan payments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from anju.site.demo import days, solving, targets
from anju.site.demo.apportioning import apportion
from anju.site.demo.books.shelf import COUNTY, Book, Shelf
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Row, Sheet, day, money, number, text
from anju.site.demo.people import name_of
from anju.site.demo.regions import COUNTIES, County

PROJECT, TASK, RECORD, PAYMENT = "delivery_project", "delivery_task", "delivery_record", "special_loan_payment"
MID_YEAR, YEAR_END = date(2023, 6, 30), date(2023, 12, 31)
LISTED = {1: date(2022, 9, 20), 2: date(2022, 12, 16)}
NAMED = (text("项目编号", "project_no"), text("项目名称", "project", width=24))


@dataclass(frozen=True, slots=True)
class Programme:
    """A county's part: homes of each project by batch, homes due and homes handed over by the middle of 2023."""

    projects: Mapping[int, tuple[int, ...]]
    due: int
    delivered: int


# Completion by the middle of the year: 152.29% leads, our county's 143.94% follows, the others stay behind.
PROGRAMMES = {
    COUNTY: Programme(targets.DELIVERY_PROJECTS, targets.HOMES_TO_DELIVER_BY_JUNE, targets.HOMES_DELIVERED),
    "xiping": Programme({1: (520, 438), 2: (246,)}, 480, 731),
    "nanze": Programme({1: (610,), 2: (352, 280)}, 516, 642),
    "beiyuan": Programme({1: (388,), 2: (415,)}, 330, 401),
    "qinghe": Programme({1: (702, 266)}, 420, 466),
    "songgang": Programme({1: (314,), 2: (298, 176)}, 360, 385),
    "pingye": Programme({1: (845,), 2: (390,)}, 540, 540),
    "chenghu": Programme({1: (296, 244), 2: (318,)}, 402, 371),
    "wangyun": Programme({1: (430,), 2: (205,)}, 288, 236),
}


def make(shelf: Shelf) -> list[Book]:
    """Three books a county, and the loan payments of ours."""
    books: list[Book] = []
    for county in COUNTIES:
        programme, dice = PROGRAMMES[county.bureau], shelf.dice(f"delivery/{county.bureau}")
        projects = _projects(dice, county, programme)
        books.append(shelf.xlsx(PROJECT, f"{county.name}保交楼专项借款项目清单", [_project_sheet(county, projects)], county.bureau))
        books.append(
            shelf.xlsx(TASK, f"{county.name}保交楼交付任务分解台账", [_task_sheet(county, _tasks(projects, programme))], county.bureau)
        )
        books.append(
            shelf.xlsx(
                RECORD,
                f"{county.name}保交楼交付登记台账",
                [_record_sheet(county, _records(dice, county, projects, programme))],
                county.bureau,
            )
        )
        if county.bureau == COUNTY:
            books.append(shelf.xlsx(PAYMENT, f"{county.name}保交楼专项借款拨付台账", [_payment_sheet(county, _payments(dice, projects))]))
    return books


def _projects(dice: Dice, county: County, programme: Programme) -> list[Row]:
    rows: list[Row] = []
    for batch, homes in programme.projects.items():
        for units in homes:
            index = len(rows) + 1
            rows.append(
                {
                    "project_no": f"BJL{county.region[-2:]}{batch}{index:02d}",
                    "project": f"{county.short}示例{'一二三四五六'[index - 1]}期工程",
                    "developer": f"{county.short}示例{'甲乙丙丁戊己'[index - 1]}房地产有限公司",
                    "batch": batch,
                    "units": units,
                    "loan_applied": units * targets.LOAN_YUAN_PER_HOME * 100,
                    "listed_on": LISTED[batch],
                    "leader": name_of(dice),
                }
            )
    return rows


def _tasks(projects: list[Row], programme: Programme) -> list[Row]:
    """The half-year's task spread over the projects; the other homes are due by the year's end."""
    by_june = apportion(programme.due, [project["units"] for project in projects])
    return [
        project | {"due_on": due_on, "units": units, "document": "云保交办〔2023〕2号"}
        for due_on, part in ((MID_YEAR, by_june), (YEAR_END, [row["units"] - june for row, june in zip(projects, by_june, strict=True)]))
        for project, units in zip(projects, part, strict=True)
    ]


def _records(dice: Dice, county: County, projects: list[Row], programme: Programme) -> list[Row]:
    rows: list[Row] = []
    shares = apportion(programme.delivered, [project["units"] for project in projects])
    for project, share in zip(projects, shares, strict=True):
        parts = apportion(share, [dice.between(6, 12) for _ in range(max(share // 36, 1))])
        for index, (units, on) in enumerate(zip(parts, days.spread(dice, len(parts), date(2023, 2, 6), MID_YEAR), strict=True), start=1):
            acceptance = f"示竣备〔2023〕{project['project_no'][3:]}{index:02d}号"
            row = {"building": f"{index}#", "units": units, "delivered_on": on, "state": "已交付", "acceptance_no": acceptance}
            rows.append(_of(project) | row)
    first, last = projects[0], projects[-1]
    # Handed over in July, after the period; and keys given without acceptance, which is no delivery.
    rows.append(
        _of(first)
        | {"building": "30#", "units": 24, "delivered_on": days.JULY[0], "state": "已交付", "acceptance_no": "示竣备〔2023〕7001号"}
    )
    rows.append(_of(last) | {"building": "31#", "units": 18, "delivered_on": date(2023, 6, 20), "state": "待验收", "acceptance_no": None})
    rows.sort(key=lambda row: (row["delivered_on"], row["project_no"], row["building"]))
    for index, row in enumerate(rows, start=1):
        row["record_no"] = f"JF{county.region[-2:]}{index:04d}"
    return rows


def _of(project: Row) -> Row:
    return {"project_no": project["project_no"], "project": project["project"]}


def _payments(dice: Dice, projects: list[Row]) -> list[Row]:
    total = solving.amount(dice, targets.LOAN_PAID)
    owners = [project for project in projects for _ in range(6)]
    parts = apportion(total, [project["units"] * dice.between(70, 130) for project in owners], step=1000)
    rows = []
    for project, yuan in zip(owners, parts, strict=True):
        on = days.spread(dice, 1, project["listed_on"], MID_YEAR)[0]
        rows.append(
            _of(project) | {"payee": f"{project['developer'][:-4]}施工总包单位", "amount": yuan * 100, "paid_on": on, "state": "已拨付"}
        )
    rows.append(rows[0] | {"amount": 86_000_000, "state": "退回"})
    rows.append(rows[-1] | {"amount": 120_000_000, "paid_on": days.JULY[1]})
    rows.sort(key=lambda row: (row["paid_on"], row["project_no"], row["amount"]))
    for index, row in enumerate(rows, start=1):
        row["voucher_no"] = f"ZXJK{row['paid_on']:%Y%m}{index:03d}"
    return rows


def _project_sheet(county: County, rows: list[Row]) -> Sheet:
    columns = (
        *NAMED,
        text("开发企业", "developer", width=30),
        number("列入批次", "batch"),
        number("住宅套数", "units", add=True),
        money("申请金额（万元）", "loan_applied", unit="万元"),
        day("列入日期", "listed_on", style="chinese"),
        text("专班负责人", "leader"),
    )
    return Sheet("项目清单", f"{county.name}保交楼专项借款项目清单", columns, rows, county.bureau_name, "套、万元")


def _task_sheet(county: County, rows: list[Row]) -> Sheet:
    columns = (
        *NAMED,
        number("任务套数", "units", add=True),
        day("完成时限", "due_on", style="chinese"),
        text("下达文件", "document", width=22),
    )
    return Sheet("任务分解", f"{county.name}2023年保交楼交付任务分解表", columns, rows, county.bureau_name, "套", lambda row: row["due_on"])


def _record_sheet(county: County, rows: list[Row]) -> Sheet:
    columns = (
        text("登记编号", "record_no"),
        *NAMED,
        text("楼栋", "building", width=8),
        text("竣工验收备案号", "acceptance_no", width=26),
        number("交付套数", "units", add=True),
        day("交付日期", "delivered_on", style="slashes"),
        text("状态", "state"),
    )
    return Sheet("交付登记", f"{county.name}保交楼交付登记台账", columns, rows, county.bureau_name, "套")


def _payment_sheet(county: County, rows: list[Row]) -> Sheet:
    columns = (
        text("凭证号", "voucher_no"),
        *NAMED,
        text("收款单位", "payee", width=36),
        money("拨付金额（万元）", "amount", unit="万元"),
        day("拨付日期", "paid_on"),
        text("状态", "state"),
    )
    return Sheet("拨付", f"{county.name}保交楼专项借款拨付台账", columns, rows, county.bureau_name, "万元")
