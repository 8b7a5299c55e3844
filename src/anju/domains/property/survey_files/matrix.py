"""The form of a matrix: a sheet for each measure, floors down, rooms across, the building merged over its floors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from anju.domains.property.models import Unit
from anju.domains.property.survey_files.lines import FileLine, SurveyFile
from anju.domains.property.survey_files.texts import building_and_entrance, floor_of, half, number, room_of
from anju.kernel.errors import Problem
from anju.kernel.ledgers.workbook import Grid
from anju.kernel.ledgers.workbook.cells import letter
from anju.kernel.ledgers.workbook.merges import fill_down

MEASURES = (
    ("inner_area", ("套内", "户内")),
    ("shared_area", ("分摊", "公摊")),
    ("unit_price", ("单价",)),
    ("total_price", ("总价", "价格")),
    ("area", ("面积",)),
)
"""The measure a sheet holds, by words of its name or title."""
BUILDING = ("楼栋", "幢号", "楼幢", "栋号", "楼号")
FLOOR = ("楼层", "层次", "所在层", "层")
MOST_CELLS = 200_000
HEADER_ROWS = 12
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Head:
    """Where a matrix's header stands: row from 0, the columns of building (None: the sheet is one) and floor, and the rooms across."""

    row: int
    building: int | None
    floor: int
    rooms: Mapping[int, str]
    measure: str


def head_of(grid: Grid) -> Head | None:
    """The header of a matrix; None for a sheet in another form."""
    top = grid.top(HEADER_ROWS)
    for index, cells in enumerate(top):
        texts = [half(text) for text in cells]
        floor = next((at for at, text in enumerate(texts) if text in FLOOR), None)
        if floor is None:
            continue
        rooms = {
            at: room_of(text) for at, text in enumerate(texts) if at > floor and text and len(text) <= 6 and any(c.isdigit() for c in text)
        }
        named = sum(1 for at, text in enumerate(texts) if at > floor and text)
        if len(rooms) < 2 or named != len(rooms):
            return None
        measure = _measure([grid.name, *(text for row in top[:index] for text in row)])
        building = next((at for at, text in enumerate(texts) if text in BUILDING), None)
        return Head(index, building, floor, rooms, measure) if measure else None
    return None


def _measure(words: Sequence[str]) -> str:
    return next((name for text in words for name, marks in MEASURES if any(mark in text for mark in marks)), "")


def read_matrices(sheets: Sequence[tuple[Grid, Head]], into: SurveyFile) -> None:
    """The units of all matrix sheets of a workbook: the same place on several sheets is one unit with several measures."""
    measured: dict[tuple[str, str, int, str], dict[str, Decimal]] = {}
    places: dict[tuple[str, str, int, str], str] = {}
    cells = 0
    for grid, head in sheets:
        columns, _filled = fill_down(grid, head.row)
        building = grid.name
        for row in range(head.row + 1, grid.height):
            building = (columns[head.building][row] if head.building is not None else None) or building
            floor_text = columns[head.floor][row] or ""
            floor = floor_of(floor_text)
            filled = [(at, room, columns[at][row]) for at, room in head.rooms.items() if columns[at][row]]
            if not filled:
                continue
            if floor is None:
                where = f"{grid.name}!{letter(head.floor)}{row + 1}"
                into.problems.append(Problem("property.survey_cell", where, f"“楼层”写的是“{floor_text[:20]}”。", "写整数，地下写负数。"))
                continue
            for at, room, text in filled:
                cells += 1
                if cells > MOST_CELLS:
                    into.problems.append(Problem("property.survey_size", grid.name, f"超过{MOST_CELLS}个户室。", "请分楼栋导入。"))
                    return
                where = f"{grid.name}!{letter(at)}{row + 1}"
                value = number(text or "")
                if value is None:
                    into.problems.append(Problem("property.survey_cell", where, f"写的是“{(text or '')[:20]}”，不是数。", "请填数字。"))
                    continue
                key = (*building_and_entrance(building), floor, room)
                if head.measure in measured.setdefault(key, {}):
                    what = f"{key[0]}{key[1]}{floor}层{room}出现两次。"
                    into.problems.append(Problem("property.unit_twice", where, what, "请核对楼栋、楼层和房号。"))
                measured[key][head.measure] = value
                places.setdefault(key, where)
    into.lines += [_line(key, values, places[key]) for key, values in measured.items()]


def _line(key: tuple[str, str, int, str], values: Mapping[str, Decimal], where: str) -> FileLine:
    building, entrance, floor, room = key
    area, each, total = values.get("area"), values.get("unit_price"), values.get("total_price")
    if area is None and each and total:
        # 一房一价表 prints the total rounded to whole yuan: the area that is meant is the one of two places.
        area = (total / each).quantize(_CENT, ROUND_HALF_UP)
    return FileLine(
        building=building,
        entrance=entrance,
        floor=floor,
        room=room,
        use=Unit.Use.RESIDENTIAL,
        where=where,
        area=area,
        inner_area=values.get("inner_area"),
        shared_area=values.get("shared_area"),
        unit_price=each,
        total_price=total,
    )
