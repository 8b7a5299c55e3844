"""What happened to one record: every action, with the difference each made, read from the journal."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anju.kernel.journal import rowchanges
from anju.kernel.journal.models import BulkChange, Change, Entry
from anju.kernel.ledgers import lookups
from anju.kernel.ledgers.declaration import Field, Ledger
from anju.kernel.ledgers.personal import index_column
from anju.kernel.ledgers.values import show

MAX_ITEMS = 500
HIDDEN = "（内容不留痕）"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after, as people read it; empty before for a new record."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One change. `entry` is None when it was made outside an action. `before`, `after`: the images as journaled, None when absent.

    `kind`: added, changed or voided.
    """

    entry: Entry | None
    kind: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    differences: tuple[Difference, ...]


def history(ledger: Ledger, record_id: int) -> list[HistoryItem]:
    """The changes of a record, the oldest first, within the scope in force; the last MAX_ITEMS."""
    changes = rowchanges.of_row(Change.objects.all(), BulkChange.objects.all(), ledger.record_table, str(record_id), newest=MAX_ITEMS)
    entries = Entry.objects.in_bulk([change.entry_id for change in changes if change.entry_id is not None])
    read = [(entries.get(change.entry_id or 0), change.before, change.after) for change in changes]
    names = {
        one.name: lookups.names_of(one, [image.get(one.name) for _, *pair in read for image in pair if image])
        for one in ledger.fields
        if one.type in ("region", "reference")
    }
    if ledger.kept:
        read = [(entry, _as_fields(ledger, before), _as_fields(ledger, after)) for entry, before, after in read]
    return [
        HistoryItem(entry, _kind(before, after), before, after, tuple(_differences(ledger, entry, before or {}, after or {}, names)))
        for entry, before, after in read
    ]


def _as_fields(ledger: Ledger, image: dict[str, Any] | None) -> dict[str, Any] | None:
    """An image of the keeper's table under the names of the fields; derived fields are not in it."""
    if image is None:
        return None
    held = {one.name: ledger.keeper.image_column(one.name) for one in ledger.fields}
    system = {name: image.get(ledger.keeper.image_column(name) or name) for name in ("voided_at", "version", "region_code")}
    return {**system, **{name: image[column] for name, column in held.items() if column is not None and column in image}}


def _kind(before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    if before is None:
        return "added"
    return "voided" if after is not None and before.get("voided_at") is None and after.get("voided_at") is not None else "changed"


def _differences(
    ledger: Ledger, entry: Entry | None, before: dict[str, Any], after: dict[str, Any], names: dict[str, dict[Any, str]]
) -> list[Difference]:
    unseen = set(entry.data.get("personal_fields", [])) if entry is not None else set()
    found = []
    for one in ledger.fields:
        if one.name in unseen or (one.personal and _index_differs(one, before, after)):
            found.append(Difference(one.name, one.label, HIDDEN, HIDDEN))
        elif before.get(one.name) != after.get(one.name):
            old, new = (show(one, _typed(one, image.get(one.name)), names.get(one.name)) for image in (before, after))
            found.append(Difference(one.name, one.label, old, new))
    return found


def _index_differs(one: Field, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Images hold the blind index of a personal value and never the value: that it changed can be told."""
    name = index_column(one)
    return name in before and name in after and before[name] != after[name]


def _typed(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.type in ("area", "decimal"):
        return Decimal(value).quantize(Decimal(1).scaleb(-2 if field.type == "area" else -field.places))
    if field.type in ("date", "month"):
        return datetime.date.fromisoformat(value)
    return value
