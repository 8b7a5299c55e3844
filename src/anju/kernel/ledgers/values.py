"""Typed values of ledger fields: from what was written, and back to what is shown.

Forms read one value, imports read columns; both mean the same (`parsing` is the definition, `columns` the fast way).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from anju.kernel.codes import bank_account, resident_id, telephone, unit_code
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.columns import clean_values, dtype_of
from anju.kernel.ledgers.declaration import Field
from anju.kernel.ledgers.parsing.cells import Fault, quoted
from anju.kernel.ledgers.parsing.numbers import stored_per
from anju.kernel.ledgers.parsing.reader import read_cell, target_key
from anju.kernel.quantities.rounding import round_half_up
from anju.kernel.quantities.units import find_unit, unit

__all__ = ["CellFault", "Parsed", "as_text", "dtype_of", "parse_column", "parse_value", "show", "usable_unit"]


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with the cell of one row (0 is the first)."""

    row: int
    fault: Fault
    value: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column of typed values, null where a cell is empty or wrong, and the faults in row order."""

    values: pl.Series
    issues: list[CellFault]


def parse_value(field: Field, raw: Any, *, unit: str = "") -> Any:
    """One typed value: money int fen, area and decimals Decimal, dates date, codes and text str, None when empty.

    A reference gives the other record's key and a region may give a name: checking looks both up. Raises AnjuError for a bad cell.
    """
    value, fault = read_cell(field, raw, unit)
    if fault is not None and fault.level != "confirm":
        raise AnjuError(fault.problem(field.label))
    return value


def parse_column(field: Field, raw: pl.Series, *, unit: str = "") -> Parsed:
    """The same for a whole column of text, numbers, dates or mixed objects. `unit`: the unit its header names, when not the field's.

    Raises AnjuError `ledger.unit_mismatch` when the header's unit measures something else.
    """
    unit = usable_unit(field, unit)
    if field.type == "reference":
        return parse_column(target_key(field), raw)
    fast, slow_cells = _fast(field, raw, unit)
    if not slow_cells:
        return Parsed(fast, [])
    known: dict[Any, tuple[Any, Fault | None]] = {}
    values, issues = {}, []
    for row, cell in slow_cells:
        seen = (type(cell), cell)
        if seen not in known:
            known[seen] = read_cell(field, cell, unit)
        value, fault = known[seen]
        if fault is not None:
            issues.append(CellFault(row, fault, shown_cell(field, cell)))
        if value is not None:
            values[row] = value
    if values:
        patch = pl.Series(list(values.values()), dtype=dtype_of(field), strict=True)
        fast = fast.scatter(list(values), patch)
    return Parsed(fast, issues)


def usable_unit(field: Field, name: str) -> str:
    """The canonical name of the unit a header gives, empty when it is the field's own or none."""
    if not name or not field.unit:
        return ""
    found = find_unit(name)
    if found is None or found.dimension != unit(field.unit).dimension:
        raise AnjuError.of(
            "ledger.unit_mismatch",
            f"列名写的单位是“{name}”，此列应以{field.unit}计。",
            where=field.label,
            advice="请核对是否对应错了列。",
        )
    return "" if found.name == field.unit else found.name


def shown_cell(field: Field, raw: Any) -> str:
    """The cell as an issue may show it: personal identifiers are masked even when wrong."""
    text = quoted(raw)
    return show(field, text) if field.personal else text


def show(field: Field, value: Any, names: dict[Any, str] | None = None) -> str:
    """The value as people read it: in the field's unit with thousands separators, labels for codes, personal identifiers masked.

    `names`: what to print for a region code or a referenced record; the value itself without it.
    """
    if value is None:
        return ""
    match field.type:
        case "money" | "area" | "integer" | "decimal":
            return _grouped(in_unit(field, value))
        case "month":
            return value.strftime("%Y-%m") if isinstance(value, datetime.date) else str(value)
        case "date":
            return value.isoformat() if isinstance(value, datetime.date) else str(value)
        case "choice":
            return field.choices.get(value, str(value))
        case "resident_id":
            return resident_id.mask(str(value))
        case "phone":
            return telephone.mask(str(value))
        case "bank_card":
            return bank_account.mask(str(value))
        case "unit_code":
            return unit_code.grouped(str(value))
    return (names or {}).get(value, str(value))


def in_unit(field: Field, value: int | Decimal) -> Decimal:
    """A number in the field's unit: exact, except that areas in 亩 are rounded to two places."""
    if field.type not in ("money", "area"):
        return Decimal(value)
    exact = Fraction(value) * (100 if field.type == "area" else 1) / stored_per(field, "")
    places = 2
    while exact * 10**places % 1 and places < 10:
        places += 1
    return round_half_up(exact, places if exact * 10**places % 1 == 0 else 2)


def as_text(field: Field, value: Any) -> str:
    """The value written so that reading it gives the value again; not masked. A reference or region keeps its code."""
    if value is None:
        return ""
    if field.type in ("money", "area"):
        base = "元" if field.type == "money" else "㎡"
        return f"{Decimal(value).scaleb(-2) if field.type == 'money' else value}{base}"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _grouped(number: Decimal) -> str:
    return f"{number:,f}"


def _fast(field: Field, raw: pl.Series, unit: str) -> tuple[pl.Series, list[tuple[int, Any]]]:
    """The clean values, and the cells that are neither clean nor empty."""
    kind = dtype_of(field)
    if raw.dtype == pl.Object:
        return _mixed(field, raw, unit)
    if raw.dtype == pl.Null:
        return pl.Series(raw.name, [None] * len(raw), dtype=kind), []
    fast = clean_values(field, raw, unit)
    open_rows = fast.is_null() & raw.is_not_null()
    if raw.dtype == pl.String:
        open_rows &= raw.str.strip_chars() != ""
    rows = open_rows.arg_true()
    return fast, list(zip(rows.to_list(), raw.gather(rows).to_list(), strict=True))


def _plain(cell: Any) -> Any:
    """A cell that can be stored and compared: text without broken characters, lists and mappings (from an API) as text."""
    if isinstance(cell, str):
        return cell if cell.isascii() else cell.encode("utf-8", "ignore").decode()
    return str(cell) if isinstance(cell, list | dict | set | bytearray) else cell


def _mixed(field: Field, raw: pl.Series, unit: str) -> tuple[pl.Series, list[tuple[int, Any]]]:
    cells = [_plain(cell) for cell in raw.to_list()]
    texts = pl.Series(raw.name, [cell if type(cell) is str else None for cell in cells], dtype=pl.String, strict=True)
    numbers = pl.Series(raw.name, [cell if type(cell) is float else None for cell in cells], dtype=pl.Float64, strict=True)
    fast = clean_values(field, texts, unit)
    if numbers.null_count() < len(numbers):
        fast = fast.to_frame("v").select(pl.coalesce("v", clean_values(field, numbers, unit))).to_series().rename(raw.name)
    rows = fast.is_null().arg_true().to_list()
    return fast, [(row, cells[row]) for row in rows if cells[row] is not None and cells[row] != ""]
