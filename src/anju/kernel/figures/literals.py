"""Literals of conditions and filters, brought into the stored scale of their column."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from anju.kernel.errors import AnjuError
from anju.kernel.figures.aggregates import Literalish
from anju.kernel.figures.facts import Column
from anju.kernel.quantities.units import unit

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class WrongLiteral(ValueError):
    """The literal does not fit the column; the message says why in Chinese and ends the sentence."""


def stored_literal(column: Column, written: Any) -> Literalish:
    """A literal of a definition (str, int, Decimal, date, bool) as engines compare it. Raises WrongLiteral."""
    if isinstance(written, bool) or written is None:
        raise WrongLiteral(f"“{column.label}”不能与“{written}”比较；文字请加引号，空值请写is_null。")
    if column.kind == "int64":
        return _integer(column, written)
    if column.kind == "date":
        return _date(column, written)
    if column.type in ("digest", "file"):
        raise WrongLiteral(f"“{column.label}”只能判断是否为空，不能与具体的值比较。")
    if isinstance(written, int) and column.type == "region":
        written = str(written)
    if not isinstance(written, str):
        raise WrongLiteral(f"“{column.label}”是文字，“{written}”请加引号。")
    if column.choices and written not in column.choices:
        raise WrongLiteral(
            f"“{column.label}”没有“{written}”这个选项；可用的：{'、'.join(f'{c}（{n}）' for c, n in column.choices.items())}。"
        )
    return written


def literal_from_text(column: Column, text: str) -> Literalish:
    """A literal written by a person in a reference (`batch=10`, `use=住宅`); labels of choices are understood.

    Raises AnjuError `figures.bad_filter`.
    """
    try:
        if column.kind == "int64":
            return stored_literal(column, _number(text))
        by_label = {label: code for code, label in column.choices.items()}
        return stored_literal(column, text if text in column.choices else by_label.get(text, text))
    except WrongLiteral as wrong:
        raise AnjuError.of("figures.bad_filter", str(wrong), where=column.name, advice="请核对筛选条件。") from None


def text_of(column: Column, value: Literalish) -> str:
    """The other way round: a stored value as `literal_from_text` reads it."""
    if isinstance(value, date):
        return value.strftime("%Y-%m") if column.type == "month" else value.isoformat()
    if isinstance(value, int):
        amount = Fraction(value, column.scale) * _entered_factor(column)
        return str(amount.numerator) if amount.denominator == 1 else format(Decimal(amount.numerator) / Decimal(amount.denominator), "f")
    return value


def label_of(column: Column, value: Literalish) -> str:
    """What a person reads: the label of a choice, 第10批 style units left to the caller."""
    return column.choices.get(str(value), text_of(column, value))


def _number(text: str) -> int | Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 20:
        raise WrongLiteral(f"“{text}”不是数。")
    return number


def _entered_factor(column: Column) -> Fraction:
    """How many of the entered unit one of the column's unit is."""
    if not column.entered or not column.unit or column.entered == column.unit:
        return Fraction(1)
    return unit(column.unit).factor / unit(column.entered).factor


def _integer(column: Column, written: Any) -> int:
    if not isinstance(written, int | Decimal):
        raise WrongLiteral(f"“{column.label}”是数，不能与“{written}”比较。")
    stored = Fraction(written) / _entered_factor(column) * column.scale
    if stored.denominator != 1:
        raise WrongLiteral(f"“{written}”比“{column.label}”所记的还细，永远不会相等。")
    if abs(stored) >= 2**63:
        raise WrongLiteral(f"“{written}”超出了“{column.label}”能记的范围。")
    return int(stored)


def _date(column: Column, written: Any) -> date:
    if isinstance(written, date):
        day = written
    else:
        text = str(written)
        month = _MONTH.fullmatch(text)
        try:
            day = date(int(month[1]), int(month[2]), 1) if month else date.fromisoformat(text)
        except ValueError:
            raise WrongLiteral(f"“{column.label}”是日期，“{written}”应写成2023-06-30。") from None
    if column.type == "month" and day.day != 1:
        raise WrongLiteral(f"“{column.label}”是月份，“{written}”应写成2023-06。")
    return day
