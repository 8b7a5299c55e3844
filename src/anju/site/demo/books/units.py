"""楼盘表户室台账: one sheet an estate."""

from __future__ import annotations

from datetime import date

from anju.site.demo import days, targets
from anju.site.demo.apportioning import apportion
from anju.site.demo.books.shelf import CENTER, Book, Shelf
from anju.site.demo.paper import Row, Sheet, area, day, number, text
from anju.site.demo.places import ESTATES, Estate, rooms

LEDGER = "building_unit"
_USES = ("住宅", "商业", "车位", "储藏室")
_AREAS = {
    "住宅": (8942, 10790, 11536, 12865, 13977, 15214),
    "商业": (5200, 8800, 14600),
    "车位": (1272, 1325, 1410),
    "储藏室": (640, 815, 1050),
}
_ENTERED = {"2021": 2480, "2022H1": 866, "2022H2": 791}  # the rest came in the first half of 2023
_BEFORE = (date(2021, 3, 1), date(2021, 12, 31))


def make(shelf: Shelf) -> list[Book]:
    """One workbook. Besides the units in use: some merged away before the report, some entered after it."""
    dice = shelf.dice(LEDGER)
    room = rooms(dice, buildings=12)
    uses = dice.picks(_USES, targets.UNITS, (78, 8, 9, 5))
    parts = apportion(targets.UNITS_AREA, [dice.pick(_AREAS[use]) + dice.between(-150, 150) for use in uses])
    rows = [_unit(next(room), use, centi) for use, centi in zip(uses, parts, strict=True)]
    counts = {**_ENTERED, "2023H1": targets.UNITS - sum(_ENTERED.values())}
    dates = [on for part, count in counts.items() for on in days.spread(dice, count, *days.HALVES.get(part, _BEFORE))]
    for row, entered in zip(rows, dates, strict=True):
        row["entered_on"] = entered
    for _ in range(46):
        entered = days.spread(dice, 1, *_BEFORE)[0]
        removed = days.spread(dice, 1, *days.HALVES[dice.pick(("2022H1", "2022H2", "2023H1"))])[0]
        rows.append(_unit(next(room), "商业", dice.between(4_000, 9_000)) | {"entered_on": entered, "removed_on": removed})
    for entered in days.spread(dice, 122, *days.JULY):
        rows.append(_unit(next(room), "住宅", dice.between(9_000, 14_000)) | {"entered_on": entered})
    _number(rows)
    return [shelf.xlsx(LEDGER, "楼盘表户室台账", [_sheet(estate.name, rows) for estate in ESTATES])]


def _unit(room: tuple[Estate, str, int, str], use: str, centi: int) -> Row:
    estate, building, floor, number_ = room
    below = use in ("车位", "储藏室")
    return {
        "estate": estate,
        "project": estate.name,
        "building": building,
        "entrance": f"{1 + int(number_[-1]) // 3}单元",
        "floor": -1 if below else floor,
        "room": f"{'B' if below else ''}{number_}",
        "use": use,
        "area": centi,
        "removed_on": None,
    }


def _number(rows: list[Row]) -> None:
    rows.sort(key=lambda row: (row["estate"].number, int(row["building"][:-1]), row["floor"], row["room"]))
    for index, row in enumerate(rows, start=1):
        row["unit_no"] = f"990121{row['estate'].number}{int(row['building'][:-1]):02d}{index:05d}"


def _sheet(estate: str, rows: list[Row]) -> Sheet:
    return Sheet(
        name=estate,
        title=f"{estate}楼盘表户室台账",
        columns=(
            text("房屋编号", "unit_no", width=20),
            text("项目名称", "project"),
            text("幢号", "building", group="坐落", width=8),
            text("单元", "entrance", group="坐落", width=8),
            number("层次", "floor", group="坐落"),
            text("室号", "room", group="坐落", width=10),
            text("规划用途", "use", width=10),
            area("实测面积（㎡）", "area"),
            day("入库日期", "entered_on"),
            day("注销日期", "removed_on"),
        ),
        rows=[row for row in rows if row["project"] == estate],
        filled_by=CENTER,
        units="㎡",
        subtotal_by=lambda row: row["building"],
    )
