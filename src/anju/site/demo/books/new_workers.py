"""新就业无房职工租房补贴申请台账."""

from __future__ import annotations

from anju.site.demo import days, targets
from anju.site.demo.books.shelf import CENTER, Book, Shelf
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Row, Sheet, day, money, text
from anju.site.demo.people import People

LEDGER = "new_worker_application"
_EMPLOYERS = ("东原示例机械有限公司", "东原示例食品有限公司", "东原示例纺织有限公司", "东原县示例医院", "东原县示例中学")
_APPROVED = {"2022H1": 11, "2022H2": 16, "2023H1": targets.NEW_WORKER_PERSONS, "2023-07": 3}


def make(shelf: Shelf) -> list[Book]:
    """One workbook, one sheet a year."""
    dice, people = shelf.dice(LEDGER), shelf.people(LEDGER)
    rows = [row for half, approved in _APPROVED.items() for row in _half(dice, people, half, approved)]
    rows.sort(key=lambda row: (row["applied_on"], row["resident_id"]))
    for index, row in enumerate(rows, start=1):
        row["application_no"] = f"XJY{row['applied_on'].year}{index:04d}"
    sheets = [_sheet(year, [row for row in rows if row["applied_on"].year == year]) for year in (2021, 2022, 2023)]
    return [shelf.xlsx(LEDGER, "新就业无房职工租房补贴申请台账", [sheet for sheet in sheets if sheet.rows])]


def _half(dice: Dice, people: People, half: str, approved: int) -> list[Row]:
    first, last = days.HALVES[half]
    rows = []
    for reviewed in days.spread(dice, approved, first, last):
        rows.append(_application(dice, people) | {"reviewed_on": reviewed, "result": "通过"})
    if half != "2023-07":
        # One person changed jobs and was approved a second time: two lines, one person.
        rows.append(rows[0] | {"employer": _EMPLOYERS[0], "reviewed_on": days.working_days(first, last)[-1]})
        rows += [_application(dice, people) | {"reviewed_on": on, "result": "不通过"} for on in days.spread(dice, 3, first, last)]
    for row in rows:
        row["applied_on"] = days.before(dice, row["reviewed_on"], least=3, most=18)
    if half in ("2023H1", "2023-07"):
        for on in days.spread(dice, 2, first, last):
            rows.append(_application(dice, people) | {"applied_on": on, "reviewed_on": None, "result": "审核中"})
    return rows


def _application(dice: Dice, people: People) -> Row:
    person = people.somebody(born=(1993, 2001))
    return {
        "applicant": person.name,
        "resident_id": person.resident_id,
        "employer": dice.pick(_EMPLOYERS),
        "degree": dice.pick(("专科", "本科", "硕士"), (3, 6, 1)),
        "month_rent": dice.between(9, 22) * 5_000,
    }


def _sheet(year: int, rows: list[Row]) -> Sheet:
    return Sheet(
        name=f"{year}年",
        title=f"{year}年新就业无房职工租房补贴申请审核台账",
        columns=(
            text("申请编号", "application_no"),
            text("姓名", "applicant", width=10),
            text("身份证号码", "resident_id", width=22),
            text("工作单位", "employer", width=26),
            text("学历", "degree", width=8),
            money("月租金（元）", "month_rent", add=False),
            day("申请时间", "applied_on", style="slashes"),
            day("审核时间", "reviewed_on", style="slashes"),
            text("审核结果", "result"),
        ),
        rows=rows,
        filled_by=CENTER,
        total=False,
    )
