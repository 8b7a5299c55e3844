"""A value in its three forms: as somebody writes it, as it is stored (canonical JSON), as code uses it. And in words.

Stored: an integer, fen, true or false as JSON; decimals and areas as text; a table as {"columns": [[name, kind]], "rows": [[...]]},
so that an old version can be read whatever the declaration has become (jsonb keeps no order of keys).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from anju.kernel.parameters.declaration import Column, Kind, Parameter, Shape
from anju.kernel.quantities.text import grouped, plain

MOST_ROWS, LONGEST_TEXT = 500, 500
LARGEST = Decimal(10) ** 15
_MONEY = re.compile(r"(-?\d{1,15}(?:\.\d{1,6})?)(分|元|万元|亿元)")
_FEN = {"分": 1, "元": 100, "万元": 10**6, "亿元": 10**10}
_YES, _NO = {"是", "true", "1"}, {"否", "false", "0"}


class Unfit(ValueError):
    """What is written is no value of this parameter; the message is a Chinese sentence without its stop."""


def stored(parameter: Parameter, written: Any) -> Any:
    """The canonical form of what code, YAML or a form writes. Raises Unfit.

    Money is an int of fen, or text with its unit (9.50元, 5000万元). A table is a sequence of mappings by column name.
    """
    if parameter.kind is not Kind.TABLE:
        return _stored(parameter.shape, written)
    if isinstance(written, str | bytes) or not isinstance(written, Sequence):
        raise Unfit("应是若干行")
    if not 1 <= len(written) <= MOST_ROWS:
        raise Unfit(f"应有1至{MOST_ROWS}行，现有{len(written)}行")
    rows = [_row(parameter.columns, row, number) for number, row in enumerate(written, start=1)]
    _require_keys_apart(parameter, rows)
    return {"columns": [[column.name, column.shape.kind.value] for column in parameter.columns], "rows": rows}


def usable(kind: Kind, value: Any) -> Any:
    """What code gets of a stored value: int, Decimal, str, bool, or a tuple of read-only mappings."""
    if kind is Kind.TABLE:
        kinds = {name: Kind(text) for name, text in value["columns"]}
        return tuple(
            MappingProxyType({name: None if cell is None else usable(kinds[name], cell) for name, cell in zip(kinds, row, strict=True)})
            for row in value["rows"]
        )
    return Decimal(value) if kind in (Kind.DECIMAL, Kind.AREA) else value


def words(parameter: Parameter, value: Any) -> str:
    """A stored value as a person reads it: 9.50元/㎡·月, 是, 3行."""
    if parameter.kind is Kind.TABLE:
        return f"{len(value['rows'])}行"
    return cell_words(parameter.shape, value)


def cell_words(shape: Shape, value: Any) -> str:
    """A stored scalar as a person reads it, with its unit."""
    if value is None:
        return "—"
    if shape.kind is Kind.BOOLEAN:
        return "是" if value else "否"
    if shape.kind is Kind.CHOICE:
        return shape.choices.get(value, value)
    if shape.kind is Kind.TEXT:
        return str(value)
    if shape.kind is Kind.MONEY:
        return f"{grouped(Decimal(value).scaleb(-2))}{shape.unit or '元'}"
    return f"{grouped(value if shape.kind is Kind.INTEGER else Decimal(value))}{shape.unit}"


def written(shape: Shape, value: Any) -> str:
    """A stored scalar as a form's field holds it: money in 元, without separators."""
    if value is None:
        return ""
    if shape.kind is Kind.MONEY:
        return plain(Decimal(value).scaleb(-2))
    if shape.kind is Kind.BOOLEAN:
        return "true" if value else "false"
    return str(value)


def from_form(shape: Shape, text: str) -> Any:
    """What a form's field says, fit for `stored`: money without a unit is 元."""
    text = text.strip()
    if shape.kind is Kind.MONEY and re.fullmatch(r"-?[\d,]+(\.\d+)?", text):
        return f"{text.replace(',', '')}元"
    return text


def _row(columns: tuple[Column, ...], row: Any, number: int) -> list[Any]:
    if not isinstance(row, Mapping):
        raise Unfit(f"第{number}行应是“列名: 值”")
    unknown = [str(name) for name in row if name not in {column.name for column in columns}]
    if unknown:
        raise Unfit(f"第{number}行有不认识的列“{'、'.join(unknown)}”")
    cells: list[Any] = []
    for column in columns:
        cell = row.get(column.name)
        if cell is None or cell == "":
            if column.required:
                raise Unfit(f"第{number}行没有写“{column.label}”")
            cells.append(None)
            continue
        try:
            cells.append(_stored(column.shape, cell))
        except Unfit as wrong:
            raise Unfit(f"第{number}行“{column.label}”{wrong}") from wrong
    return cells


def _require_keys_apart(parameter: Parameter, rows: list[list[Any]]) -> None:
    places = [place for place, column in enumerate(parameter.columns) if column.name in parameter.key]
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(rows, start=1):
        key = tuple(row[place] for place in places)
        if places and key in seen:
            raise Unfit(f"第{number}行与第{seen[key]}行的“{'、'.join(parameter.columns[place].label for place in places)}”相同")
        seen[key] = number


def _stored(shape: Shape, value: Any) -> Any:
    if shape.kind is Kind.TEXT:
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
            raise Unfit(f"应是1至{LONGEST_TEXT}字的文字")
        return value.strip()
    if shape.kind is Kind.CHOICE:
        return _choice(shape, value)
    if shape.kind is Kind.BOOLEAN:
        return _boolean(value)
    if shape.kind is Kind.MONEY:
        number: Decimal | int = _fen(value)
    else:
        number = _number(shape, value)
    if (shape.low is not None and number < shape.low) or (shape.high is not None and number > shape.high):
        raise Unfit(f"应{_bounds(shape)}")
    return number if isinstance(number, int) else plain(number)


def _choice(shape: Shape, value: Any) -> str:
    if isinstance(value, str):
        if value in shape.choices:
            return value
        for code, label in shape.choices.items():
            if label == value.strip():
                return code
    raise Unfit(f"应是其中之一：{'、'.join(f'{code}（{label}）' for code, label in shape.choices.items())}")


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in _YES | _NO:
        return value.strip().lower() in _YES
    raise Unfit("应是 是 或 否（true、false）")


def _fen(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = _MONEY.fullmatch(value.replace(",", "").strip()) if isinstance(value, str) else None
    if found is None:
        raise Unfit("应是金额并写明单位，例如 9.50元、5000万元")
    fen = Decimal(found[1]) * _FEN[found[2]]
    if fen != fen.to_integral_value() or abs(fen) > LARGEST * 100:
        raise Unfit("比分还细，或太大")
    return int(fen)


def _number(shape: Shape, value: Any) -> Decimal | int:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise Unfit("应是数")
    try:
        number = Decimal(value.replace(",", "").strip() if isinstance(value, str) else value)
    except InvalidOperation:
        raise Unfit("应是数") from None
    if not number.is_finite() or abs(number) > LARGEST:
        raise Unfit("应是数，且不能太大")
    if shape.kind is Kind.INTEGER:
        if number != number.to_integral_value():
            raise Unfit("应是整数")
        return int(number)
    places = 2 if shape.kind is Kind.AREA else shape.places
    rounded = round(number, places)
    if rounded != number:
        raise Unfit(f"最多{places}位小数")
    return rounded if shape.kind is Kind.AREA else _shortest(number)


def _shortest(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _bounds(shape: Shape) -> str:
    low = "" if shape.low is None else f"不小于{_bound(shape, shape.low)}"
    high = "" if shape.high is None else f"不大于{_bound(shape, shape.high)}"
    return "、".join(part for part in (low, high) if part)


def _bound(shape: Shape, bound: Decimal) -> str:
    return cell_words(shape, int(bound) if shape.kind in (Kind.MONEY, Kind.INTEGER) else bound)
