"""公租房: the applications accepted and the homes let; in the first half of 2023 every accepted household got one."""

from __future__ import annotations

from datetime import timedelta

from anju.site.demo import days, targets
from anju.site.demo.books.shelf import CENTER, SIGNED, Book, Shelf
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Row, Sheet, area, day, money, number, text
from anju.site.demo.people import People

APPLICATIONS, ALLOCATIONS = "public_rental_application", "public_rental_allocation"
_ACCEPTED = {"2022H1": 31, "2022H2": 27, "2023H1": targets.PUBLIC_RENTAL_HOUSEHOLDS}
_LET = {"2022H1": 28, "2022H2": 27, "2023H1": targets.PUBLIC_RENTAL_HOUSEHOLDS}
_ESTATES = ("示例安居小区", "示例惠民家园")


def make(shelf: Shelf) -> list[Book]:
    """Two workbooks: applications, and homes let."""
    dice, people = shelf.dice(APPLICATIONS), shelf.people(APPLICATIONS)
    applications: list[Row] = []
    allocations: list[Row] = []
    for half, accepted in _ACCEPTED.items():
        first, last = days.HALVES[half]
        # Acceptance ends a month before the period does, so that allocation can follow inside it.
        taken = [_application(dice, people, on) for on in days.spread(dice, accepted, first, last - timedelta(days=35))]
        applications += [*taken, *_not_accepted(dice, people, half)]
        for row in taken[: _LET[half]]:
            row["state"] = "已配租"
            allocations += _let(dice, row)
    applications += [_application(dice, people, on) for on in days.spread(dice, 3, *days.JULY)]
    _number(applications, allocations)
    return [
        shelf.xlsx(APPLICATIONS, "公共租赁住房申请受理台账", [_application_sheet(applications)]),
        shelf.xlsx(ALLOCATIONS, "公共租赁住房配租台账", [_allocation_sheet(allocations)]),
    ]


def _application(dice: Dice, people: People, accepted_on: object) -> Row:
    head = people.somebody(born=(1950, 1995))
    row: Row = {
        "head": head.name,
        "resident_id": head.resident_id,
        "phone": head.phone,
        "persons": dice.pick((1, 2, 3, 4), (3, 4, 3, 1)),
        "tier": dice.pick(("特困", "低保", "低收入", "中等偏下收入"), (1, 3, 4, 3)),
        "accepted_on": accepted_on,
        "state": "已受理",
        "remark": None,
    }
    if accepted_on is not None:
        row["applied_on"] = days.before(dice, row["accepted_on"], least=0, most=5)
    return row


def _not_accepted(dice: Dice, people: People, half: str) -> list[Row]:
    first, last = days.HALVES[half]
    rows = []
    for state in ("不予受理", "不予受理", "撤回", "待受理" if half == "2023H1" else "撤回"):
        row = _application(dice, people, None) | {"applied_on": days.spread(dice, 1, first, last)[0], "state": state}
        rows.append(row)
    return rows


def _let(dice: Dice, application: Row) -> list[Row]:
    """The home a household got; some turned a first one down."""
    accepted = application["accepted_on"]
    on = next(day_ for day_ in days.working_days(accepted + timedelta(days=dice.between(8, 26)), accepted + timedelta(days=35)))
    home = {"application": application, "head": application["head"], "allocated_on": on, "state": "已分配"}
    rows = [home | _room(dice)]
    if dice.between(1, 9) == 1:
        rows.append(home | _room(dice) | {"state": "放弃", "allocated_on": days.before(dice, on, least=1, most=4)})
    return rows


def _room(dice: Dice) -> Row:
    centi = dice.pick((3862, 4275, 4918, 5544, 5960))
    return {
        "estate": dice.pick(_ESTATES),
        "room": f"{dice.between(1, 9)}幢{dice.between(1, 4)}单元{dice.between(1, 11)}0{dice.between(1, 3)}",
        "area": centi,
        "month_rent": centi * 3,
    }


def _number(applications: list[Row], allocations: list[Row]) -> None:
    applications.sort(key=lambda row: (row["applied_on"], row["resident_id"]))
    for index, row in enumerate(applications, start=1):
        row |= {"application_no": f"GZ{row['applied_on'].year}{index:04d}", "household_no": f"GZH{index:04d}"}
    allocations.sort(key=lambda row: (row["allocated_on"], row["application"]["application_no"]))
    for index, row in enumerate(allocations, start=1):
        application = row["application"]
        row |= {"application_no": application["application_no"], "household_no": application["household_no"]}
        row["allocation_no"] = f"PZ{row['allocated_on'].year}{index:04d}"


def _application_sheet(rows: list[Row]) -> Sheet:
    return Sheet(
        name="申请受理",
        title="东原县公共租赁住房申请受理台账",
        columns=(
            text("受理编号", "application_no"),
            text("户号", "household_no"),
            text("姓名", "head", group="申请人", width=10),
            text("身份证号", "resident_id", group="申请人", width=22),
            text("手机号码", "phone", group="申请人"),
            number("家庭人口", "persons"),
            text("家庭类别", "tier"),
            day("申请日期", "applied_on"),
            day("受理日期", "accepted_on"),
            text("办理状态", "state"),
            text("备注", "remark"),
        ),
        rows=rows,
        filled_by=CENTER,
        total=False,
        signed_by=SIGNED,
    )


def _allocation_sheet(rows: list[Row]) -> Sheet:
    return Sheet(
        name="配租",
        title="东原县公共租赁住房配租台账",
        columns=(
            text("配租编号", "allocation_no"),
            text("申请编号", "application_no"),
            text("家庭编号", "household_no"),
            text("承租人", "head", width=10),
            text("小区名称", "estate", group="房源", width=18),
            text("房号", "room", group="房源", width=18),
            area("建筑面积（㎡）", "area", group="房源"),
            money("月租金（元）", "month_rent", group="房源"),
            day("选房日期", "allocated_on"),
            text("配租状态", "state"),
        ),
        rows=rows,
        filled_by=CENTER,
        units="㎡、元",
    )
