"""住房租赁补贴发放明细: one sheet a quarter; a household may be paid twice in one, and stays one household."""

from __future__ import annotations

from datetime import date, timedelta

from anju.site.demo import targets
from anju.site.demo.apportioning import apportion
from anju.site.demo.books.shelf import CENTER, SIGNED, Book, Shelf
from anju.site.demo.days import working
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Column, Row, Sheet, day, money, number, text
from anju.site.demo.people import People

LEDGER = "rent_subsidy_payment"
_TIERS = ("特困", "低保", "低收入", "中等偏下收入")
_BOTH = targets.RENT_SUBSIDY_HOUSEHOLDS_OF_BOTH_QUARTERS


def make(shelf: Shelf) -> list[Book]:
    """One workbook with six quarters."""
    dice, people = shelf.dice(LEDGER), shelf.people(LEDGER)
    first, second = targets.RENT_SUBSIDY[1], targets.RENT_SUBSIDY[2]
    families = [_family(dice, people, index) for index in range(1, 23)]
    stayed = families[8 : 8 + first[0]]
    quarters = {
        (2022, 1): (families[0:8], 3960),
        (2022, 2): (families[1:10], 4410),
        (2022, 3): (families[2:11], 4500),
        (2022, 4): (families[6:15], 4620),
        (2023, 1): (stayed, first[1]),
        (2023, 2): (stayed[-_BOTH:] + families[8 + first[0] : 8 + first[0] + second[0] - _BOTH], second[1]),
    }
    sheets, number_ = [], 0
    for (year, quarter), (members, yuan) in quarters.items():
        rows = _quarter(dice, members, yuan, year, quarter)
        for row in rows:
            number_ += 1
            row["payment_no"] = f"ZB{year}{quarter}{number_:04d}"
        sheets.append(_sheet(f"{year}年{'一二三四'[quarter - 1]}季度", rows))
    return [shelf.xlsx(LEDGER, "住房租赁补贴发放明细台账（2022-2023年）", sheets)]


def _family(dice: Dice, people: People, index: int) -> Row:
    head = people.somebody(born=(1950, 1990))
    return {
        "household_no": f"ZLBT{index:04d}",
        "head": head.name,
        "resident_id": head.resident_id,
        "persons": dice.pick((1, 2, 3, 4), (3, 4, 4, 2)),
        "tier": dice.pick(_TIERS),
    }


def _quarter(dice: Dice, families: list[Row], yuan: int, year: int, quarter: int) -> list[Row]:
    """Three months for each; one household gets its third month by a second payment, one payment fails and is made again."""
    monthly = apportion(yuan // 3, [40 + 30 * family["persons"] for family in families], step=10)
    paid_on = _pay_day(date(year, quarter * 3, 20))
    rows = [
        family | {"months": 3, "month_amount": month * 100, "amount": month * 300, "paid_on": paid_on, "state": "已发放", "remark": None}
        for family, month in zip(families, monthly, strict=True)
    ]
    late = rows[1]
    late |= {"months": 2, "amount": late["month_amount"] * 2}
    rows.append(
        late | {"months": 1, "amount": late["month_amount"], "paid_on": _pay_day(paid_on + timedelta(days=4)), "remark": "补发一个月"}
    )
    failed = rows[3]
    rows.append(failed | {"paid_on": _pay_day(paid_on - timedelta(days=3)), "state": "发放失败", "remark": "账号有误，已重新发放"})
    return rows


def _pay_day(day_: date) -> date:
    while not working(day_):
        day_ += timedelta(days=1)
    return day_


def _columns() -> tuple[Column, ...]:
    return (
        text("发放单号", "payment_no"),
        text("家庭编号", "household_no"),
        text("户主姓名", "head", width=10),
        text("身份证号", "resident_id", width=22),
        number("人口数", "persons"),
        text("保障类别", "tier"),
        number("补贴月数", "months", group="补贴情况"),
        money("每月补贴（元）", "month_amount", group="补贴情况", add=False),
        money("实发金额（元）", "amount", group="补贴情况"),
        day("发放时间", "paid_on", style="dots"),
        text("发放状态", "state"),
        text("备注", "remark", width=24),
    )


def _sheet(name: str, rows: list[Row]) -> Sheet:
    return Sheet(
        name=name,
        title=f"{name}城镇住房租赁补贴发放明细表",
        columns=_columns(),
        rows=rows,
        filled_by=CENTER,
        units="元",
        signed_by=SIGNED,
    )
