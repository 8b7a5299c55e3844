"""人才购房补贴台账: 6万元 for a doctor, 2万元 for a master."""

from __future__ import annotations

from datetime import date

from anju.site.demo import days, targets
from anju.site.demo.books.shelf import CENTER, Book, Shelf
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Row, Sheet, day, money, text
from anju.site.demo.people import People

LEDGER = "talent_purchase_subsidy"
_YUAN = {"博士": 60_000, "硕士": 20_000}


def make(shelf: Shelf) -> list[Book]:
    """One workbook, one sheet."""
    dice, people = shelf.dice(LEDGER), shelf.people(LEDGER)
    rows: list[Row] = []
    for degree in _waiting():
        row = _application(dice, people, degree) | {"state": "待发放", "approved_on": days.spread(dice, 1, *days.HALVES["2023H1"])[0]}
        rows.append(row)
    for degree in ("博士", "硕士", "硕士", "硕士", "硕士"):
        approved = days.spread(dice, 1, *days.HALVES["2022H1"])[0]
        rows.append(_application(dice, people, degree) | {"state": "已发放", "approved_on": approved, "paid_on": date(2022, 11, 18)})
    rows.append(_application(dice, people, "硕士") | {"state": "待发放", "approved_on": date(2023, 7, 6)})
    for row in rows:
        row["applied_on"] = days.before(dice, row["approved_on"], least=12, most=40)
    for state in ("审核中", "审核中", "不符合", "不符合", "不符合"):
        applied = days.spread(dice, 1, *days.HALVES["2023H1"])[0]
        rows.append(_application(dice, people, "硕士") | {"state": state, "applied_on": applied})
    rows.sort(key=lambda row: (row["applied_on"], row["resident_id"]))
    for index, row in enumerate(rows, start=1):
        row["application_no"] = f"RC{row['applied_on'].year}{index:03d}"
    return [shelf.xlsx(LEDGER, "博士硕士人才购房补贴台账", [_sheet(rows)])]


def _waiting() -> list[str]:
    """The degrees of those who wait: as many doctors as make the total come out."""
    doctors = (targets.TALENT_YUAN - targets.TALENT_PERSONS * _YUAN["硕士"]) // (_YUAN["博士"] - _YUAN["硕士"])
    return ["博士"] * doctors + ["硕士"] * (targets.TALENT_PERSONS - doctors)


def _application(dice: Dice, people: People, degree: str) -> Row:
    person = people.somebody(born=(1985, 1997))
    return {
        "applicant": person.name,
        "resident_id": person.resident_id,
        "employer": dice.pick(("东原县示例医院", "东原县示例中学", "东原示例机械有限公司")),
        "degree": degree,
        "contract_no": f"示东网2021{dice.between(1, 3000):06d}",
        "amount": _YUAN[degree] * 100,
        "approved_on": None,
        "paid_on": None,
    }


def _sheet(rows: list[Row]) -> Sheet:
    return Sheet(
        name="人才购房补贴",
        title="东原县博士、硕士人才购房补贴台账",
        columns=(
            text("编号", "application_no"),
            text("人才姓名", "applicant", width=10),
            text("证件号码", "resident_id", width=22),
            text("工作单位", "employer", width=26),
            text("学历学位", "degree", width=10),
            text("网签合同号", "contract_no", width=20),
            money("补贴额（万元）", "amount", unit="万元"),
            day("申请日期", "applied_on"),
            day("审定日期", "approved_on"),
            day("拨付日期", "paid_on"),
            text("状态", "state"),
        ),
        rows=rows,
        filled_by=CENTER,
        units="万元",
    )
