"""The form of a list: one row a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from anju.domains.property.survey_files.lines import FileLine, SurveyFile
from anju.domains.property.survey_files.texts import building_and_entrance, entrance_of, floor_of, number, room_of, use_of
from anju.kernel.errors import Problem
from anju.kernel.ledgers.workbook import Table, Wanted
from anju.kernel.quantities.units import find_unit

WANTED = (
    Wanted("building", ("幢号", "楼栋", "楼幢", "栋", "楼号", "栋号", "楼座"), required=True),
    Wanted("entrance", ("单元", "单元号")),
    Wanted("floor", ("楼层", "所在层", "层次", "层", "标注层"), required=True),
    Wanted("room", ("房号", "室号", "户室号", "门牌号", "户号"), required=True),
    Wanted("use", ("用途", "房屋用途", "规划用途", "设计用途")),
    Wanted("area", ("建筑面积", "预测面积", "实测面积", "预测建筑面积", "实测建筑面积", "面积"), unit="㎡", number=True),
    Wanted("inner_area", ("套内面积", "户内面积", "套内建筑面积", "专有面积", "专有建筑面积"), unit="㎡", number=True),
    Wanted("shared_area", ("分摊面积", "公摊面积", "分摊共有建筑面积"), unit="㎡", number=True),
    Wanted("unit_price", ("备案单价", "预售单价", "单价", "建筑单价", "申报单价"), number=True),
    Wanted("total_price", ("备案总价", "预售总价", "总价", "申报总价"), unit="元", number=True),
    Wanted("unit_code", ("不动产单元代码", "不动产单元号")),
)
NUMBERS = ("area", "inner_area", "shared_area", "unit_price", "total_price")
LABELS = {wanted.name: wanted.labels[0] for wanted in WANTED}


@dataclass(slots=True)
class _Row:
    """A record of the table while it is read."""

    table: Table
    values: Mapping[str, str | None]
    number: int

    def cell(self, name: str) -> str:
        column = self.table.header.matched.get(name) or self.table.header.matched["room"]
        return f"{self.table.sheet}!{column.letter}{self.number}"


def read_list(table: Table, into: SurveyFile) -> None:
    """The units of one listed sheet."""
    factors = {name: _factor(table, name) for name in NUMBERS}
    for values, at in zip(table.frame.iter_rows(named=True), table.rows, strict=True):
        row = _Row(table, values, int(at))
        line = _line(row, factors, into)
        if line is not None:
            into.lines.append(line)


def _line(row: _Row, factors: Mapping[str, Decimal], into: SurveyFile) -> FileLine | None:
    building, entrance = building_and_entrance(row.values.get("building") or "")
    floor = floor_of(row.values.get("floor") or "")
    room = room_of(row.values.get("room") or "")
    wrong = len(into.problems)
    if floor is None:
        into.problems.append(_problem(row, "floor", "不是楼层", "写整数，地下写负数，没有第0层。"))
    if not building or not room:
        into.problems.append(_problem(row, "building" if not building else "room", "是空的", "请补填。"))
    numbers: dict[str, Decimal | None] = {}
    for name in NUMBERS:
        text = row.values.get(name)
        numbers[name] = None if text is None else number(text)
        if text is not None and numbers[name] is None:
            into.problems.append(_problem(row, name, f"写的是“{text[:20]}”，不是数", "请填数字。"))
        elif numbers[name] is not None:
            numbers[name] = (numbers[name] or Decimal(0)) * factors[name]
    if len(into.problems) > wrong or floor is None:
        return None
    return FileLine(
        building=building,
        entrance=entrance_of(row.values.get("entrance") or "") or entrance,
        floor=floor,
        room=room,
        use=use_of(row.values.get("use") or ""),
        where=row.cell("area"),
        unit_code=(row.values.get("unit_code") or "").replace(" ", "").upper() or None,
        **numbers,
    )


def _factor(table: Table, name: str) -> Decimal:
    """What one unit of the column's header is in the unit wanted: 万元 is 10000 元."""
    named, wanted = table.units.get(name), next(one.unit for one in WANTED if one.name == name)
    if not named or not wanted:
        return Decimal(1)
    here, there = find_unit(named), find_unit(wanted)
    if here is None or there is None or here.dimension != there.dimension:
        return Decimal(1)
    ratio = here.factor / there.factor
    return Decimal(ratio.numerator) / Decimal(ratio.denominator)


def _problem(row: _Row, name: str, what: str, advice: str) -> Problem:
    return Problem("property.survey_cell", row.cell(name), f"“{LABELS[name]}”{what}。", advice)
