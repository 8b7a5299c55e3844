"""What changed between two images of a row, field by field, in the words of its ledger."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anju.kernel.journal.rowchanges import RowChange
from anju.kernel.ledgers.catalogue import Field, all_ledgers
from anju.kernel.ledgers.history import HIDDEN
from anju.kernel.ledgers.personal import index_column
from anju.site.pages.verbs import column_labels

UNTOLD = frozenset({"updated_at", "version"})
ALSO_UNTOLD_WHEN_NEW = UNTOLD | {"id", "created_at", "region_code", "bureau_id", "batch_id", "voided_at"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, as text."""

    label: str
    before: str
    after: str


def change_differences(change: RowChange) -> list[Difference]:
    """The differences of one journaled change."""
    return image_differences(change.table, change.before, change.after)


def image_differences(table: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[Difference]:
    """Field by field between two row images; a new row shows its filled fields, a removed one what it held."""
    untold = UNTOLD if before and after else ALSO_UNTOLD_WHEN_NEW
    before, after = before or {}, after or {}
    labels = column_labels(table)
    fields = {field.column: field for ledger in all_ledgers().values() if ledger.table == table for field in ledger.fields}
    indexes = {index_column(field): field for field in fields.values() if field.personal}
    order = [*fields, *(name for name in {**before, **after} if name not in fields and name not in indexes)]
    changed = [one.label for name, one in indexes.items() if before.get(name) != after.get(name) and name in before and name in after]
    return [Difference(label, HIDDEN, HIDDEN) for label in changed] + [
        Difference(str(labels.get(name, name)), said(fields.get(name), before.get(name)), said(fields.get(name), after.get(name)))
        for name in order
        if name not in untold and before.get(name) != after.get(name)
    ]


def said(field: Field | None, value: Any) -> str:
    """A value of a JSON image as text: money back in its unit, codes as labels; hidden columns never get here."""
    if value is None or value == "":
        return ""
    if field is None:
        return str(value)
    if field.type == "money":
        return f"{Decimal(int(value)) / 100:,.2f}元"
    if field.type == "choice":
        return field.choices.get(str(value), str(value))
    if field.type == "month":
        return str(value)[:7]
    return f"{value}{field.unit}" if field.unit else str(value)
