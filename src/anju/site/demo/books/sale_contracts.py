"""商品房网签合同台账: one workbook a year; 2022 by quarter in 万元, 2023 by month in 元 with dates as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from anju.site.demo import days, solving
from anju.site.demo.apportioning import apportion
from anju.site.demo.books.shelf import CENTER, SIGNED, Book, Shelf
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Column, Row, Sheet, area, day, money, price, text
from anju.site.demo.people import People
from anju.site.demo.places import Estate, rooms

LEDGER = "sale_contract"
_HOMES = ("住宅",)
_OTHERS = ("商业", "办公", "车位", "储藏室")
_OTHER_WEIGHTS = (62, 21, 10, 7)
_HOME_AREAS = (8942, 9871, 10790, 11536, 12088, 12865, 13390, 13977, 14346, 15214, 16588, 17835, 19862, 22674)
_HOME_AREA_WEIGHTS = (5, 5, 7, 9, 9, 11, 11, 11, 10, 9, 8, 7, 5, 3)
_OTHER_AREAS = {
    "商业": (7200, 9800, 13600, 18800, 26400),
    "办公": (5600, 8400, 11800),
    "车位": (1272, 1325, 1410),
    "储藏室": (640, 815, 1050),
}
_PRICE_OF_USE = {"住宅": 100, "商业": 100, "办公": 62, "车位": 55, "储藏室": 30}


def make(shelf: Shelf) -> list[Book]:
    """Two workbooks: 2022, and 2023 up to the middle of July."""
    dice, people = shelf.dice(LEDGER), shelf.people(LEDGER)
    room = rooms(dice, buildings=14)
    now, before = solving.sales(dice)
    second = replace(
        before,
        units=before.units + 38,
        area=before.area * 102 // 100,
        amount=before.amount * 101 // 100,
        other_units=before.other_units + 5,
    )
    july = solving.Sales(61, 889_213, 42_105_630, 9, 98_714, 8_031_450)
    rows = {
        half: [*_half(dice, people, room, half, sales), *_not_counted(dice, people, room, half)]
        for half, sales in (("2022H1", before), ("2022H2", second), ("2023H1", now), ("2023-07", july))
    }
    _number(rows)
    return [
        shelf.xlsx(LEDGER, "商品房网签合同备案台账（2022年）", _by_quarter([*rows["2022H1"], *rows["2022H2"]])),
        shelf.xlsx(LEDGER, "商品房网签合同备案台账（2023年1-7月）", _by_month([*rows["2023H1"], *rows["2023-07"]])),
    ]


def _half(dice: Dice, people: People, room: Iterator[tuple[Estate, str, int, str]], half: str, sales: solving.Sales) -> list[Row]:
    """The filed contracts of a period: exactly `sales`."""
    homes = [_sold(dice, people, next(room), "住宅") for _ in range(sales.units)]
    others = [_sold(dice, people, next(room), use) for use in dice.picks(_OTHERS, sales.other_units, _OTHER_WEIGHTS)]
    for rows, area_total, amount_total in ((homes, sales.area, sales.amount), (others, sales.other_area, sales.other_amount)):
        for row, centi in zip(rows, apportion(area_total, [row["area"] for row in rows]), strict=True):
            row["area"] = centi
        weights = [row["area"] * row["price_weight"] for row in rows]
        for row, yuan in zip(rows, apportion(amount_total, weights), strict=True):
            row["amount"] = yuan * 100
    rows = dice.shuffled([*homes, *others])
    for row, filed in zip(rows, days.spread(dice, len(rows), *days.HALVES[half]), strict=True):
        row["filed_on"] = filed
        row["signed_on"] = days.before(dice, filed, least=0, most=12)
        # A title follows years after the filing: only some of last year's contracts have come to it.
        row["state"] = "已办证" if filed.year == 2022 and dice.between(1, 9) == 1 else "已备案"
    return rows


def _not_counted(dice: Dice, people: People, room: Iterator[tuple[Estate, str, int, str]], half: str) -> list[Row]:
    """Contracts that no figure of sales may contain: signed and not yet filed, and filed but cancelled since."""
    first, last = days.HALVES[half]
    rows: list[Row] = []
    for signed in days.spread(dice, 6 if half == "2023-07" else 31, first, last):
        row = _sold(dice, people, next(room), "住宅")
        row |= {"amount": row["area"] * row["price_weight"] // 100 * 100, "signed_on": signed, "filed_on": None, "state": "已签约"}
        if half != "2023-07" and dice.between(1, 10) <= 7:
            row["filed_on"] = min(signed + timedelta(days=dice.between(0, 6)), last)
            row["cancelled_on"] = min(row["filed_on"] + timedelta(days=dice.between(5, 90)), days.JULY[1])
            row["state"] = "已注销"
        rows.append(row)
    return rows


def _sold(dice: Dice, people: People, room: tuple[Estate, str, int, str], use: str) -> Row:
    estate, building, _floor, number = room
    buyer = people.somebody()
    areas, weights = (_HOME_AREAS, _HOME_AREA_WEIGHTS) if use in _HOMES else (_OTHER_AREAS[use], None)
    return {
        "project": estate.name,
        "building": building,
        "room": number if use in _HOMES else f"{use[0]}{number}",
        "use": use,
        "sale_kind": dice.pick(("预售", "现售"), (8, 2)),
        "buyer": buyer.name,
        "resident_id": buyer.resident_id,
        "phone": buyer.phone,
        "area": dice.pick(areas, weights) + dice.between(-180, 180),
        "price_weight": estate.price * _PRICE_OF_USE[use] * dice.between(955, 1045) // 100_000,
        "cancelled_on": None,
    }


def _number(halves: dict[str, list[Row]]) -> None:
    """Number the contracts of each year in the order they were signed, and add the unit price."""
    rows = sorted((row for half in halves.values() for row in half), key=lambda row: (row["signed_on"], row["project"], row["room"]))
    counters: dict[int, int] = {}
    for row in rows:
        year = row["signed_on"].year
        counters[year] = counters.get(year, 0) + 1
        row["contract_no"] = f"示东网{year}{counters[year]:06d}"
        row["unit_price"] = (Decimal(row["amount"]) / row["area"]).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _columns(unit: str, date_style: str) -> tuple[Column, ...]:
    thousands = "thousands" if unit == "元" else "number"
    dates = "dots" if date_style == "dots" else "number"
    return (
        text("合同编号", "contract_no", width=20),
        text("项目名称", "project", group="房屋情况"),
        text("楼栋", "building", group="房屋情况", width=8),
        text("房号", "room", group="房屋情况", width=9),
        text("用途", "use", group="房屋情况", width=8),
        area("建筑面积（㎡）", "area", group="房屋情况"),
        text("姓名", "buyer", group="买受人", width=10),
        text("证件号码", "resident_id", group="买受人", width=22),
        text("联系电话", "phone", group="买受人"),
        text("销售方式", "sale_kind", group="合同情况", width=9),
        price("单价（元/㎡）", "unit_price", group="合同情况"),
        money(f"合同金额（{unit}）", "amount", unit=unit, group="合同情况", style=thousands),  # type: ignore[arg-type]
        day("签约日期", "signed_on", group="合同情况", style=dates),  # type: ignore[arg-type]
        day("备案日期", "filed_on", group="合同情况", style=dates),  # type: ignore[arg-type]
        text("合同状态", "state", group="合同情况", width=10),
        day("注销日期", "cancelled_on", group="合同情况", style=dates),  # type: ignore[arg-type]
    )


def _shown_on(row: Row) -> date:
    """Where the office keeps the line: by filing, or by signing while it is not filed."""
    day: date = row["filed_on"] or row["signed_on"]
    return day


def _by_quarter(rows: list[Row]) -> list[Sheet]:
    ordered = sorted(rows, key=lambda row: (_shown_on(row), row["contract_no"]))
    return [
        Sheet(
            name=f"{'一二三四'[quarter]}季度",
            title=f"2022年第{'一二三四'[quarter]}季度商品房网签合同备案台账",
            columns=_columns("万元", "number"),
            rows=[row for row in ordered if (_shown_on(row).month - 1) // 3 == quarter],
            filled_by=CENTER,
            units="㎡、万元",
            subtotal_by=lambda row: _shown_on(row).month,
            signed_by=SIGNED,
        )
        for quarter in range(4)
    ]


def _by_month(rows: list[Row]) -> list[Sheet]:
    ordered = sorted(rows, key=lambda row: (_shown_on(row), row["contract_no"]))
    return [
        Sheet(
            name=f"{month}月",
            title=f"2023年{month}月商品房网签合同备案台账",
            columns=_columns("元", "dots"),
            rows=[row for row in ordered if _shown_on(row).month == month],
            filled_by=CENTER,
            units="㎡、元",
            signed_by=SIGNED,
        )
        for month in range(1, 8)
    ]
