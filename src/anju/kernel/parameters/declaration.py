"""What a parameter is: its type, unit and meaning, and the values its slice brings with it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

Day = datetime.date
COUNTRY = ""
"""The region code of values that hold in the whole country."""


class Kind(StrEnum):
    """How a value is kept and what code gets: money an int of fen, area a Decimal with two places, a table a tuple of rows."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    AREA = "area"
    TEXT = "text"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Shape:
    """What one value may be. `low`, `high`: bounds, of money in fen. `places`: decimals of a decimal. `choices`: code to label."""

    kind: Kind
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    places: int = 4
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. An optional one may be empty: the row says nothing of it."""

    name: str
    label: str
    shape: Shape
    required: bool = True


@dataclass(frozen=True, slots=True)
class DeclaredValue:
    """A value that comes with the product, from a day on, until (exclusive) another, by a document. `stored`: in canonical form."""

    stored: Any
    start: Day
    end: Day | None
    document: str
    region: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared parameter. `columns` and `key` (columns no two rows share) only of a table. `where`: file and line."""

    name: str
    title: str
    shape: Shape
    meaning: str
    slice: str
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    values: tuple[DeclaredValue, ...] = ()
    where: str = ""

    @property
    def kind(self) -> Kind:
        return self.shape.kind
