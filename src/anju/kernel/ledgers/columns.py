"""Clean cells of a whole column at once. What is not plainly clean is left null for the slow reader.

Every function here answers the same as `parsing.reader.read_cell` for the cells it answers at all; a property test holds them together.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

import polars as pl

from anju.kernel.codes import project_code, unit_code
from anju.kernel.codes.resident_id import CHECKS, PROVINCES, WEIGHTS
from anju.kernel.ledgers.declaration import Field
from anju.kernel.ledgers.parsing.dates import FIRST, LAST
from anju.kernel.ledgers.parsing.numbers import limits, stored_per
from anju.kernel.ledgers.parsing.reader import today

NUMERIC = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.Float64)
MAX_SCALED = 10**15
DIGIT = r"\d"  # of any script for polars, of ASCII only for the checks of codes


def dtype_of(field: Field) -> pl.DataType:
    """The type of a column of checked values: money in fen as Int64, area and decimals as Decimal, dates as Date, the rest text."""
    match field.type:
        case "money" | "integer" | "reference":
            return pl.Int64()
        case "area":
            return pl.Decimal(16, 2)
        case "decimal":
            return pl.Decimal(18, field.places)
        case "date" | "month":
            return pl.Date()
    return pl.String()


def clean_values(field: Field, raw: pl.Series, unit: str) -> pl.Series:
    """The values of the clean cells, null elsewhere."""
    kind = dtype_of(field)
    if raw.dtype == pl.String:
        return _from_text(field, raw.str.strip_chars(), unit)
    if raw.dtype in NUMERIC and field.type in ("integer", "decimal", "money", "area"):
        return _from_numbers(field, raw, unit)
    if raw.dtype in (pl.Date, pl.Datetime) and field.type in ("date", "month"):
        return _known_days(field, raw.cast(pl.Date))
    return pl.Series(raw.name, [None] * len(raw), dtype=kind)


def _from_text(field: Field, text: pl.Series, unit: str) -> pl.Series:
    match field.type:
        case "integer" | "decimal" | "money" | "area":
            return _numbers_from_text(field, text, unit)
        case "date":
            written = _matching(text, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
            return _known_days(field, written.str.to_date("%Y-%m-%d", strict=False))
        case "month":
            written = _matching(text, r"^[0-9]{4}-[0-9]{2}$") + "-01"
            return _known_days(field, written.str.to_date("%Y-%m-%d", strict=False))
        case "choice":
            codes = {label: code for code, label in field.choices.items()} | {code: code for code in field.choices}
            return text.replace_strict(codes, default=None, return_dtype=pl.String)
        case "text" | "organisation":
            good = text.str.contains(r"^[^\p{C}\x{2028}\x{2029}]+$") & (text.str.len_chars() <= field.length)
            plain = _where(text, good)
            if field.type == "organisation":
                plain = plain.str.replace_all("(", "（", literal=True).str.replace_all(")", "）", literal=True)
            return plain
        case "resident_id":
            return _resident_ids(text)
        case "phone":
            return _matching(text, r"^1[3-9][0-9]{9}$")
        case "unit_code":
            return _matching(text, rf"^(?:{unit_code.SHAPE.pattern.replace(DIGIT, '[0-9]')})$")
        case "project_code":
            return _matching(text, rf"^(?:{project_code.NEW.pattern}|{project_code.OLD.pattern})$".replace(DIGIT, "[0-9]"))
        case "document_no":
            return _matching(text, r"^[\x{4e00}-\x{9fff}]{1,20}〔(19|20)[0-9]{2}〕[0-9]{1,6}号$")
        case "region":
            return _matching(text, r"^[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?)?$")
    return pl.Series(text.name, [None] * len(text), dtype=pl.String)


def _where(values: pl.Series, good: pl.Series) -> pl.Series:
    return values.to_frame("v").select(pl.when(good.fill_null(False)).then(pl.col("v"))).to_series().rename(values.name)


def _matching(text: pl.Series, pattern: str) -> pl.Series:
    return _where(text, text.str.contains(pattern))


def _known_days(field: Field, days: pl.Series) -> pl.Series:
    known = _where(days, (days >= FIRST) & (days <= LAST))
    return known.dt.month_start() if field.type == "month" else known


def _places(field: Field, unit: str) -> int | None:
    """How many decimals one written number may carry; None when the unit is no power of ten of what is stored."""
    each = stored_per(field, unit)
    places = len(str(each.numerator)) - 1
    return places if each == Fraction(10) ** places else None


def _numbers_from_text(field: Field, text: pl.Series, unit: str) -> pl.Series:
    places = _places(field, unit)
    if places is None:
        return pl.Series(text.name, [None] * len(text), dtype=dtype_of(field))
    part = rf"(\.[0-9]{{1,{places}}})?" if places else ""
    grouped = text.str.contains(r"^-?[0-9]{1,3}(,[0-9]{3}){1,4}" + part + "$").fill_null(False)
    plain = text.to_frame("v").select(pl.when(grouped).then(pl.col("v").str.replace_all(",", "", literal=True)).otherwise(pl.col("v")))
    written = _matching(plain.to_series(), r"^-?[0-9]{1,15}" + part + "$")
    stored = written.cast(pl.Decimal(38, places)).to_physical()
    return _typed(field, stored.rename(text.name))


def _from_numbers(field: Field, raw: pl.Series, unit: str) -> pl.Series:
    places = _places(field, unit)
    if places is None:
        return pl.Series(raw.name, [None] * len(raw), dtype=dtype_of(field))
    scale = 10**places
    if raw.dtype != pl.Float64:
        whole = _where(raw.cast(pl.Int64), raw.cast(pl.Int64).abs() < MAX_SCALED)
        return _typed(field, whole.cast(pl.Int128) * pl.Series([scale], dtype=pl.Int128))
    scaled = (raw * scale).round()
    # Exactly the double nearest to the written decimal: a decimal of 15 digits or fewer is told back without loss.
    good = ((scaled / scale) == raw) & (scaled.abs() < MAX_SCALED)
    return _typed(field, _where(scaled, good).cast(pl.Int128))


def _typed(field: Field, stored: pl.Series) -> pl.Series:
    least, most = limits(field)
    inside = _where(stored, (stored >= least) & (stored <= most)).cast(pl.Int64)
    if field.type in ("money", "integer"):
        return inside
    places = 2 if field.type == "area" else field.places
    exact: pl.Series = inside.cast(pl.Decimal(38, places)) / 10**places
    return exact.cast(dtype_of(field))


def _resident_ids(text: pl.Series) -> pl.Series:
    written = _matching(text, r"^[0-9]{17}[0-9X]$")
    number = pl.col("v")
    total = pl.sum_horizontal([number.str.slice(place, 1).cast(pl.Int32) * weight for place, weight in enumerate(WEIGHTS)])
    expected = (total % 11).replace_strict(list(range(11)), list(CHECKS), return_dtype=pl.String)
    born = number.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    good = (
        (number.str.slice(17, 1) == expected)
        & number.str.slice(0, 2).is_in(sorted(PROVINCES))
        & born.is_between(pl.lit(datetime.date(1900, 1, 1)), pl.lit(today()))
    )
    return written.to_frame("v").select(pl.when(good.fill_null(False)).then(number)).to_series().rename(text.name)
