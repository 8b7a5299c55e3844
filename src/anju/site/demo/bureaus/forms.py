"""A book's sheet from the ledger's own page: headings as one office or another writes them, units and dates in its own way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from anju.kernel.ledgers.declaration import Field, Ledger
from anju.site.demo import paper
from anju.site.demo.dice import Dice
from anju.site.demo.paper import Cell, Column, Row, Sheet

LARGE = 400
"""A book with more rows has a sheet for each quarter."""
_DATES: tuple[paper.Style, ...] = ("number", "dots", "slashes", "chinese")


def columns_of(ledger: Ledger, rows: Sequence[Row], dice: Dice, place_names: dict[str, str], *, stacked: bool = True) -> tuple[Column, ...]:
    """One column for every field somebody filled in; dates stand under one heading in some books."""
    style = dice.pick(_DATES)
    filled = [field for field in ledger.fields if any(row.get(field.name) is not None for row in rows)]
    dates = [field for field in filled if field.type == "date"]
    group = "办理时间" if stacked and len(dates) > 1 and dice.between(0, 1) else ""
    others = [field for field in filled if field.type != "date"]
    return tuple(_column(field, dice, style, group if field in dates else "", place_names) for field in (*others, *dates))


def _column(field: Field, dice: Dice, style: paper.Style, group: str, place_names: dict[str, str]) -> Column:
    heading = dice.pick((field.label, *field.also))
    if field.type == "money":
        unit = dice.pick(("元", "万元")) if field.unit == "元" else "万元"
        return paper.money(f"{heading}（{unit}）", field.name, unit=unit)
    if field.type == "area":
        unit = dice.pick(("㎡", "平方米"))
        return paper.area(f"{heading}（{unit}）", field.name, unit=unit)
    if field.type == "date":
        return paper.day(heading, field.name, style=style, group=group)
    return Column(heading, field.name, _shown(field, place_names), add=field.type == "integer" and bool(field.unit), width=16)


def _shown(field: Field, place_names: dict[str, str]) -> Callable[[Any], Cell]:
    def show(value: Any) -> Cell:
        if value is None:
            return None
        if field.type == "month":
            return f"{value:%Y-%m}"
        if field.type == "choice":
            return field.choices[value]
        if field.type == "region":
            return place_names[value]
        if isinstance(value, Decimal | int | str):
            return value
        raise TypeError(f"{field.name}: {value!r}")

    return show


def sheets_of(
    ledger: Ledger, rows: Sequence[Row], dice: Dice, place_names: dict[str, str], *, office: str, title: str, whole: bool = False
) -> list[Sheet]:
    """One sheet, or one for each quarter of a large dated book; `whole` in one with a single row of headings, for a text file."""
    columns = columns_of(ledger, rows, dice, place_names, stacked=not whole)
    units = "、".join(dict.fromkeys(column.label.split("（")[1].rstrip("）") for column in columns if "（" in column.label))
    parts: dict[str, list[Row]] = {"台账": list(rows)}
    if len(rows) > LARGE and ledger.date and not whole:
        parts = {}
        for row in rows:
            parts.setdefault(_quarter(row[ledger.date]), []).append(row)
    return [
        Sheet(
            name=name,
            title=title if len(parts) == 1 else f"{title}（{name}）",
            columns=columns,
            rows=part,
            filled_by=office,
            units=units,
            total=any(column.add for column in columns),
            signed_by="填报人：王例明    审核人：李例诚",
        )
        for name, part in parts.items()
    ]


def _quarter(day: date | None) -> str:
    return "未注明日期" if day is None else f"{day.year}年{'一二三四'[(day.month - 1) // 3]}季度"
