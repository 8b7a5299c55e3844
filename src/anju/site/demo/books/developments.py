"""房地产开发楼栋台账: 2022 in 万㎡ and 亩, 2023 in ㎡."""

from __future__ import annotations

from datetime import timedelta

from anju.site.demo import days, solving
from anju.site.demo.apportioning import apportion
from anju.site.demo.books.shelf import CENTER, SIGNED, Book, Shelf
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Row, Sheet, area, day, number, text
from anju.site.demo.places import ESTATES

LEDGER = "development_building"
_CENTI_OF_A_HUNDREDTH_MU = 2000  # 0.03亩 = 20㎡: plots are whole multiples, so that 亩 is exact


def make(shelf: Shelf) -> list[Book]:
    """Two workbooks: 2022, and 2023 up to the middle of July."""
    dice = shelf.dice(LEDGER)
    now, before = solving.development(dice)
    second = solving.Development(before.residential * 7 // 8, before.commercial * 5 // 6)
    july = solving.Development(3_612_480, 541_207)
    rows = {half: _half(dice, half, area_) for half, area_ in (("2022H1", before), ("2022H2", second), ("2023H1", now), ("2023-07", july))}
    _number(rows)
    for half in ("2022H2", "2023-07"):
        rows[half] += _not_counted(dice, half)
    return [
        shelf.xlsx(LEDGER, "房地产开发楼栋台账（2022年）", [_sheet("2022年", [*rows["2022H1"], *rows["2022H2"]], "万㎡", "亩")]),
        shelf.xlsx(LEDGER, "房地产开发楼栋台账（2023年）", [_sheet("2023年", [*rows["2023H1"], *rows["2023-07"]], "㎡", "㎡")]),
    ]


def _half(dice: Dice, half: str, begun: solving.Development) -> list[Row]:
    """The buildings begun in a period: exactly `begun`."""
    rows: list[Row] = []
    for use, total, usual in (("住宅", begun.residential, 1_180_000), ("商业", begun.commercial, 470_000)):
        weights = dice.picks((74, 88, 96, 104, 112, 126), max(total // usual, 2))
        rows += [_building(dice, use, part) for part in apportion(total, weights)]
    rows = dice.shuffled(rows)
    for row, begin in zip(rows, days.spread(dice, len(rows), *days.HALVES[half]), strict=True):
        row["started_on"] = begin
        finished = begin < days.HALVES["2022H2"][0] and dice.between(1, 4) == 1
        row["state"], row["finished_on"] = ("已竣工", begin + timedelta(days=365)) if finished else ("在建", None)
    return rows


def _building(dice: Dice, use: str, centi: int) -> Row:
    estate = dice.pick(ESTATES)
    storeys = dice.pick((11, 15, 17, 18, 24)) if use == "住宅" else dice.pick((2, 3, 4, 6))
    plot = centi // storeys * 3 // _CENTI_OF_A_HUNDREDTH_MU * _CENTI_OF_A_HUNDREDTH_MU
    return {
        "estate": estate,
        "project": estate.name,
        "developer": estate.developer,
        "use": use,
        "area": centi,
        "storeys": storeys,
        "land_area": max(plot, _CENTI_OF_A_HUNDREDTH_MU),
    }


def _number(halves: dict[str, list[Row]]) -> None:
    counters: dict[str, int] = {}
    rows = sorted((row for half in halves.values() for row in half), key=lambda row: (row["started_on"], row["area"]))
    for row in rows:
        number_ = counters[row["estate"].number] = counters.get(row["estate"].number, 0) + 1
        row["building_no"] = f"{row['estate'].number}-{number_:03d}"
        row["permit_no"] = f"示建施〔{row['started_on'].year}〕{row['estate'].number[2:]}{number_:03d}号"


def _not_counted(dice: Dice, half: str) -> list[Row]:
    """Planned buildings without a start, and withdrawn ones."""
    rows = []
    for index in range(4):
        row = _building(dice, "住宅", dice.between(700_000, 1_400_000))
        withdrawn = index == 3
        start = days.spread(dice, 1, *days.HALVES["2023H1" if half == "2023-07" else half])[0] if withdrawn else None
        row |= {"building_no": f"{row['estate'].number}-Y{half[2:4]}{index}", "permit_no": None, "started_on": start}
        row["state"] = "已撤销" if withdrawn else "未开工"
        rows.append(row)
    return rows


def _sheet(name: str, rows: list[Row], floor_unit: str, land_unit: str) -> Sheet:
    return Sheet(
        name=name,
        title=f"东原县{name}房地产开发楼栋台账",
        columns=(
            text("楼栋编号", "building_no"),
            text("项目名称", "project"),
            text("开发企业", "developer", width=30),
            text("施工许可证号", "permit_no", width=26),
            text("用途", "use", group="规划指标", width=8),
            number("层数", "storeys", group="规划指标"),
            area(f"建筑面积（{floor_unit}）", "area", unit=floor_unit, group="规划指标"),
            area(f"用地面积（{land_unit}）", "land_area", unit=land_unit, group="规划指标"),
            day("开工日期", "started_on", style="chinese" if name == "2023年" else "number"),
            day("竣工日期", "finished_on"),
            text("状态", "state"),
        ),
        rows=rows,
        filled_by=CENTER,
        units=f"{floor_unit}、{land_unit}",
        signed_by=SIGNED,
    )
