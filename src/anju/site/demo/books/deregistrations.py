"""注销登记台账: areas typed in full-width digits, as one clerk likes it."""

from __future__ import annotations

from anju.site.demo import days, solving, targets
from anju.site.demo.apportioning import apportion
from anju.site.demo.books.shelf import CENTER, SIGNED, Book, Shelf
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Row, Sheet, area, day, text
from anju.site.demo.people import name_of

LEDGER = "deregistration"
_KINDS = ("合同备案注销", "预告登记注销", "抵押注销", "房屋灭失注销")


def make(shelf: Shelf) -> list[Book]:
    """One workbook with a sheet for each half year."""
    dice = shelf.dice(LEDGER)
    _, deregistered = solving.transactions(shelf.dice("transactions"))
    counted = {
        "2022H1": (338, 4_871_530),
        "2022H2": (352, 5_064_918),
        "2023H1": (targets.DEREGISTRATIONS, deregistered),
        "2023-07": (27, 401_377),
    }
    halves = {half: _half(dice, half, *totals) for half, totals in counted.items()}
    names = {"2022H1": "2022年上半年", "2022H2": "2022年下半年", "2023H1": "2023年上半年", "2023-07": "2023年7月"}
    number = 0
    for rows in halves.values():
        for row in rows:
            number += 1
            row["case_no"] = f"ZX{row['accepted_on']:%Y%m%d}{number:05d}"
    return [shelf.xlsx(LEDGER, "房产注销登记办件台账（2022-2023年）", [_sheet(names[half], rows) for half, rows in halves.items()])]


def _half(dice: Dice, half: str, count: int, total: int) -> list[Row]:
    parts = apportion(total, [dice.pick((92, 118, 135, 143, 168, 214)) * 100 + dice.between(-400, 400) for _ in range(count)])
    rows = [_case(dice, centi, dice.pick(("已受理", "已办结"), (1, 9))) for centi in parts]
    rows += [_case(dice, dice.between(7_000, 16_000), "退件") for _ in range(2 if half == "2023-07" else 9)]
    rows = dice.shuffled(rows)
    for row, accepted in zip(rows, days.spread(dice, len(rows), *days.HALVES[half]), strict=True):
        row["accepted_on"] = accepted
    return rows


def _case(dice: Dice, centi: int, state: str) -> Row:
    return {
        "kind": dice.pick(_KINDS, (22, 31, 44, 3)),
        "applicant": name_of(dice),
        "area": centi,
        "state": state,
        "location": f"示例{dice.pick('东西南北中')}区{dice.between(1, 90)}号{dice.between(1, 30)}幢{dice.between(1, 18)}01",
    }


def _sheet(name: str, rows: list[Row]) -> Sheet:
    return Sheet(
        name=name,
        title=f"{name}房产注销登记办件台账",
        columns=(
            text("业务编号", "case_no", width=20),
            text("业务类型", "kind", width=16),
            text("权利人", "applicant", width=10),
            text("房屋坐落", "location", width=30),
            area("面积（㎡）", "area", style="full_width"),
            day("受理日期", "accepted_on"),
            text("状态", "state", width=9),
        ),
        rows=rows,
        filled_by=CENTER,
        units="㎡",
        signed_by=SIGNED,
    )
