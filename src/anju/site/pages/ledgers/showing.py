"""Records as text: the cells of lists, details and search results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

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
    is_file: bool = False


def cells_of(fields: Iterable[Field], words: Mapping[str, str]) -> list[Cell]:
    """The cells of one record (`queries.shown`) in the order of the fields."""
    return [_cell(field, words[field.name]) for field in fields]


def _cell(field: Field, text: str) -> Cell:
    is_file = field.type == "file"
    return Cell(field.name, field.label, _("附件") if is_file and text else text, field.unit, field.type in NUMBER_TYPES, is_file)


def record_name(ledger: Ledger, row: Any, words: Mapping[str, str] | None = None) -> str:
    """What to call a record: its key in words."""
    told = words or queries.shown(ledger, [row])[0]
    return " ".join(told[name] for name in ledger.key if told[name]) or _("%(number)s号") % {"number": row.pk}
