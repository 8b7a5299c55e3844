"""Books as offices keep them: a title, the unit that fills in, stacked merged headers, subtotals, a grand total, a signature line.

Values come in as the ledgers hold them (money in fen, area in hundredths of ㎡, dates) and are written the way the column says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Row = dict[str, Any]
Cell = str | int | Decimal | date | None
Style = Literal["number", "thousands", "full_width", "dots", "slashes", "chinese"]

MONEY_FEN = {"元": 100, "万元": 1_000_000}
AREA_CENTI = {"㎡": 100, "平方米": 100, "万㎡": 1_000_000}
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


@dataclass(frozen=True, slots=True)
class Column:
    """`label` as printed, under `group` where the header is stacked. `show` makes the cell; `add` columns are summed in totals."""

    label: str
    field: str
    show: Callable[[Any], Cell]
    group: str = ""
    add: bool = False
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `subtotal_by` names a field: where its value changes a 小计 row is put. `merge` fields join equal cells downwards."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    filled_by: str = ""
    units: str = ""
    subtotal_by: Callable[[Row], Any] | None = None
    total: bool = True
    numbered: bool = True
    signed_by: str = ""
    merge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a laid-out sheet."""

    kind: Literal["row", "subtotal", "total"]
    cells: tuple[Cell, ...]


def text(label: str, field: str, *, group: str = "", width: int = 14) -> Column:
    """Words and codes as they are."""
    return Column(label, field, lambda value: value, group, width=width)


def number(label: str, field: str, *, group: str = "", add: bool = False, style: Style = "number") -> Column:
    """A whole number."""
    return Column(label, field, lambda value: None if value is None else _styled(Decimal(value), style), group, add, 10)


def money(label: str, field: str, *, unit: str = "元", group: str = "", add: bool = True, style: Style = "number") -> Column:
    """Fen, written in `unit`."""
    return Column(label, field, lambda fen: None if fen is None else _styled(Decimal(fen) / MONEY_FEN[unit], style), group, add, 16)


def area(label: str, field: str, *, unit: str = "㎡", group: str = "", add: bool = True, style: Style = "number") -> Column:
    """Hundredths of ㎡, written in `unit`."""
    return Column(label, field, lambda centi: None if centi is None else _styled(_in_unit(centi, unit), style), group, add, 12)


def price(label: str, field: str, *, group: str = "") -> Column:
    """元 a ㎡ as a number of two places; already a Decimal."""
    return Column(label, field, lambda value: value, group, width=12)


def day(label: str, field: str, *, style: Style = "number", group: str = "") -> Column:
    """A date: `number` is a real date cell, the others are text."""
    return Column(label, field, lambda value: None if value is None else _day(value, style), group, width=14)


def lay_out(sheet: Sheet) -> list[Line]:
    """The rows of a sheet with their running numbers, subtotals and total, as cells."""
    lines: list[Line] = []
    since: list[Row] = []
    for index, row in enumerate(sheet.rows):
        since.append(row)
        lines.append(Line("row", _cells(sheet, row, index + 1)))
        ends = index + 1 == len(sheet.rows)
        if sheet.subtotal_by is not None and (ends or sheet.subtotal_by(row) != sheet.subtotal_by(sheet.rows[index + 1])):
            lines.append(Line("subtotal", _sums(sheet, since, "小  计")))
            since = []
    if sheet.total and sheet.rows:
        lines.append(Line("total", _sums(sheet, sheet.rows, "合  计")))
    return lines


def _cells(sheet: Sheet, row: Row, number: int) -> tuple[Cell, ...]:
    cells = tuple(column.show(row.get(column.field)) for column in sheet.columns)
    return (number, *cells) if sheet.numbered else cells


def _sums(sheet: Sheet, rows: Sequence[Row], word: str) -> tuple[Cell, ...]:
    cells: list[Cell] = [column.show(sum(row[column.field] or 0 for row in rows)) if column.add else None for column in sheet.columns]
    if sheet.numbered:
        return (word, *cells)
    return (word, *cells[1:])


def _in_unit(centi: int, unit: str) -> Decimal:
    if unit == "亩":  # 1亩 is 2000/3㎡; the sample's plots are whole hundredths of a 亩, so that this is exact
        return Decimal(centi * 3) / 200_000
    return Decimal(centi) / AREA_CENTI[unit]


def _styled(value: Decimal, style: Style) -> Cell:
    plain = int(value) if value == value.to_integral_value() else value
    if style == "thousands":
        return f"{plain:,}"
    if style == "full_width":
        return str(plain).translate(_FULL_WIDTH)
    return plain


def _day(value: date, style: Style) -> Cell:
    if style == "dots":
        return f"{value.year}.{value.month}.{value.day}"
    if style == "slashes":
        return f"{value:%Y/%m/%d}"
    if style == "chinese":
        return f"{value.year}年{value.month}月{value.day}日"
    return value
