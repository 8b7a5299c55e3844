"""Records as text: the cells of lists, details and search results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from anju.kernel.ledgers import personal, queries
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
    is_file: bool = False
    reveal: str = ""
    """The encrypted column of the record's table behind a personal value."""


def cells_of(fields: Iterable[Field], words: Mapping[str, str]) -> list[Cell]:
    """The cells of one record (`queries.shown`) in the order of the fields."""
    return [_cell(field, words[field.name]) for field in fields]


def cells_with_reveal(ledger: Ledger, words: Mapping[str, str]) -> list[Cell]:
    """The same for the page of one record, where a personal value can be read in full."""
    return [replace(cell, reveal=_revealed_column(ledger, ledger.field(cell.name))) for cell in cells_of(ledger.fields, words)]


def _revealed_column(ledger: Ledger, field: Field) -> str:
    if not field.personal:
        return ""
    table, _dot, column = personal.cell(ledger, field).name.partition(".")
    return column if table == ledger.record_table else ""  # a value of another table is read in full on that table's page


def _cell(field: Field, text: str) -> Cell:
    is_file = field.type == "file"
    return Cell(field.name, field.label, _("附件") if is_file and text else text, field.unit, field.type in NUMBER_TYPES, is_file)


def record_name(ledger: Ledger, row: Any, words: Mapping[str, str] | None = None) -> str:
    """What to call a record: its key in words."""
    told = words or queries.shown(ledger, [row])[0]
    return " ".join(told[name] for name in ledger.key if told[name]) or _("%(number)s号") % {"number": row.pk}
