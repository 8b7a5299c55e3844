"""Cells as text: every value is written the way a careful clerk would type it, so that one parser serves files and forms."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import polars as pl

# Excel keeps 15 significant digits; what lies beyond them is noise of binary fractions (43.379999999999995).
DIGITS = 15
_WHOLE_LIMIT = 10.0**DIGITS


def letter(index: int) -> str:
    """The column's letters, from its number counted from 0: 0 A, 25 Z, 26 AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def number_of(letters: str) -> int:
    """Back from `letter`: A 0, AA 26."""
    number = 0
    for one in letters.upper():
        number = number * 26 + ord(one) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """`F17`: `row` from 1 as the program shows it, `column` from 0."""
    return f"{letter(column)}{row}"


def as_text(value: Any) -> str | None:
    """One value as text; None for an empty cell. Numbers of 16 and more digits come in scientific notation: their tail is lost."""
    match value:
        case None:
            return None
        case str():
            return value.strip() or None
        case bool():
            return "是" if value else "否"
        case int() | float():
            return _number_text(float(value))
        case datetime.datetime():
            midnight = value.time() == datetime.time(0)
            return value.date().isoformat() if midnight else value.strftime("%Y-%m-%d %H:%M:%S")
        case _:
            return str(value)


def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) < _WHOLE_LIMIT:
        return str(int(value))
    text = f"{value:.{DIGITS}g}"
    if "e" not in text:
        return text
    return f"{value:.20f}".rstrip("0") if abs(value) < 1 else f"{value:.{DIGITS - 1}E}"


def text_column(values: Sequence[Any], name: str = "") -> pl.Series:
    """A whole column as text (String, null where empty). Texts, numbers and dates are written column-wise, other kinds one by one."""
    kinds = set(map(type, values)) - {type(None)}
    if kinds <= {str}:
        return trimmed(pl.Series(name, values, dtype=pl.String))
    if not kinds <= {str, float, datetime.date}:
        return pl.Series(name, [as_text(value) for value in values], dtype=pl.String)
    # Above a column of numbers stands its label: the few of another kind are laid over the many.
    parts = []
    if float in kinds:
        parts.append(_number_column(pl.Series([value if type(value) is float else None for value in values], dtype=pl.Float64)))
    if datetime.date in kinds:
        days = pl.Series([value if type(value) is datetime.date else None for value in values], dtype=pl.Date)
        parts.append(days.cast(pl.String))
    if str in kinds:
        parts.append(trimmed(pl.Series([value if type(value) is str else None for value in values], dtype=pl.String)))
    frame = pl.DataFrame([part.alias(str(index)) for index, part in enumerate(parts)])
    return frame.select(pl.coalesce(pl.all()).alias(name))[name]


def trimmed(series: pl.Series) -> pl.Series:
    """Without blanks around the text (full-width ones too); nothing left is null."""
    frame = series.to_frame("text")
    text = pl.col("text").str.strip_chars()
    return frame.select(pl.when(text != "").then(text).alias(series.name))[series.name]


def _number_column(series: pl.Series) -> pl.Series:
    finite = series.abs().fill_null(0.0)
    if (finite >= _WHOLE_LIMIT).any() or ((finite < 1e-4) & (finite > 0)).any() or not finite.is_finite().all():
        return pl.Series(series.name, [as_text(value) for value in series.to_list()], dtype=pl.String)
    whole = series.cast(pl.Int64, strict=False)
    if (whole.cast(pl.Float64) == series).fill_null(True).all():
        return whole.cast(pl.String)
    text = series.round_sig_figs(DIGITS).cast(pl.String)
    return text.str.strip_suffix(".0")
