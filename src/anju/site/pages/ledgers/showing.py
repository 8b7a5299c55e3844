"""Records as text: the cells of lists, details and search results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from anju.kernel.ledgers import queries
from anju.kernel.ledgers.catalogue import Field, Ledger
from anju.kernel.ledgers.declaration import NUMBER_TYPES


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as people read it."""

    name: str
    label: str
    text: str
    unit: str
    numeric: bool


def cells_of(fields: Iterable[Field], words: Mapping[str, str]) -> list[Cell]:
    """The cells of one record (`queries.shown`) in the order of the fields."""
    return [Cell(field.name, field.label, words[field.name], field.unit, field.type in NUMBER_TYPES) for field in fields]


def record_name(ledger: Ledger, row: Any, words: Mapping[str, str] | None = None) -> str:
    """What to call a record: its key in words."""
    told = words or queries.shown(ledger, [row])[0]
    return " ".join(told[name] for name in ledger.key if told[name]) or f"{row.pk}号"
