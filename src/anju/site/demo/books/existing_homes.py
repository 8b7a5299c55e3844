"""存量房网签台账: one sheet a year in 万元, with a subtotal each half year."""

from __future__ import annotations

from anju.site.demo import days, solving, targets
from anju.site.demo.apportioning import apportion
from anju.site.demo.books.shelf import CENTER, Book, Shelf
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Row, Sheet, area, day, money, text
from anju.site.demo.people import People, name_of

LEDGER = "existing_home_contract"
_STREETS = ("示例东街", "示例南路", "示例北巷", "示例滨河路", "示例学府路", "示例站前街")


def make(shelf: Shelf) -> list[Book]:
    """One workbook with a sheet for each year."""
    dice, people = shelf.dice(LEDGER), shelf.people(LEDGER)
    existing, _ = solving.transactions(shelf.dice("transactions"))
    amount = solving.amount(dice, targets.EXISTING_AMOUNT)
    counted = {
        "2022H1": (141, 1_468_205, 46_130_500),
        "2022H2": (149, 1_532_660, 47_905_200),
        "2023H1": (targets.EXISTING_CONTRACTS, existing, amount),
        "2023-07": (13, 131_904, 4_120_000),
    }
    rows = [row for half, totals in counted.items() for row in _half(dice, people, half, *totals)]
    for index, row in enumerate(rows, start=1):
        row["contract_no"] = f"示东存{row['filed_on'].year}{index:05d}"
    return [shelf.xlsx(LEDGER, "存量房网签合同备案台账（2022-2023年）", [_sheet(year, rows) for year in (2022, 2023)])]


def _half(dice: Dice, people: People, half: str, count: int, area_total: int, amount_total: int) -> list[Row]:
    rows = [_contract(dice, people) for _ in range(count)]
    for row, centi in zip(rows, apportion(area_total, [row["area"] for row in rows]), strict=True):
        row["area"] = centi
    for row, yuan in zip(rows, apportion(amount_total, [row["area"] * dice.between(80, 120) for row in rows], step=100), strict=True):
        row["amount"] = yuan * 100
    for row in rows:
        row["state"] = "已备案"
    cancelled = [_contract(dice, people) | {"amount": 31_200_000, "state": "已撤销"} for _ in range(1 if half == "2023-07" else 6)]
    rows = dice.shuffled([*rows, *cancelled])
    for row, filed in zip(rows, days.spread(dice, len(rows), *days.HALVES[half]), strict=True):
        row["filed_on"] = filed
    return rows


def _contract(dice: Dice, people: People) -> Row:
    buyer = people.somebody()
    return {
        "location": f"{dice.pick(_STREETS)}{dice.between(1, 180)}号{dice.between(1, 20)}幢{dice.between(1, 6)}0{dice.between(1, 4)}室",
        "use": dice.pick(("住宅", "商业", "其他"), (92, 6, 2)),
        "seller": name_of(dice),
        "buyer": buyer.name,
        "resident_id": buyer.resident_id,
        "area": dice.pick((6240, 8105, 9260, 10480, 11836, 13290)) + dice.between(-300, 300),
    }


def _sheet(year: int, rows: list[Row]) -> Sheet:
    return Sheet(
        name=f"{year}年",
        title=f"{year}年存量房网签合同备案台账",
        columns=(
            text("备案编号", "contract_no", width=18),
            text("房屋坐落", "location", width=34),
            text("用途", "use", width=8),
            text("卖方", "seller", group="交易双方", width=10),
            text("买方", "buyer", group="交易双方", width=10),
            text("买受人证件号", "resident_id", group="交易双方", width=22),
            area("建筑面积（平方米）", "area", unit="平方米"),
            money("成交金额（万元）", "amount", unit="万元"),
            day("备案日期", "filed_on", style="slashes"),
            text("状态", "state", width=9),
        ),
        rows=[row for row in rows if row["filed_on"].year == year],
        filled_by=CENTER,
        units="平方米、万元",
        subtotal_by=lambda row: row["filed_on"].month > 6,
    )
