"""Reads of the journal that other code may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from anju.kernel.access.actor import Actor
from anju.kernel.journal import rowchanges
from anju.kernel.journal.models import BulkChange, Change, Entry
from anju.kernel.journal.rowchanges import RowChange

PAGE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Entries, newest first; `next` is the `before` of the following page, None on the last one."""

    entries: list[Entry]
    next: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of a row before and after a change, as JSON values."""

    column: str
    before: Any
    after: Any


def entries_page(by: Actor, *, verb: str = "", before: int | None = None, size: int = 50) -> EntryPage:
    """A page of the entries in the reader's scope, for holders of `journal.view`. `verb`: one verb, or a room followed by a dot.

    Keyset paging by number; `size` at most 500.
    """
    by.require("journal.view")
    size = min(size, PAGE_LIMIT)
    entries = by.scope.narrow(Entry.objects.order_by("-id"))
    if verb:
        entries = entries.filter(verb__startswith=verb) if verb.endswith(".") else entries.filter(verb=verb)
    if before is not None:
        entries = entries.filter(id__lt=before)
    found = list(entries[: size + 1])
    return EntryPage(found[:size], found[size - 1].pk if len(found) > size else None)


def entries_of(subject: str, by: Actor) -> QuerySet[Entry]:
    """The history of one subject (`table:number`), oldest first, in the reader's scope."""
    return by.scope.narrow(Entry.objects.filter(subject=subject).order_by("id"))


def changes_of(entry_id: int, by: Actor, *, offset: int = 0, size: int = PAGE_LIMIT) -> list[RowChange]:
    """Row changes of one action in the reader's scope, in the order they were made: `size` of them (at most 500) from `offset` on."""
    return rowchanges.in_order(*_of_entry(entry_id, by), offset, min(size, PAGE_LIMIT))


def count_changes_of(entry_id: int, by: Actor) -> int:
    """How many rows one action changed, in the reader's scope."""
    singles, bulks = _of_entry(entry_id, by)
    return singles.count() + (bulks.aggregate(rows=Sum("rows"))["rows"] or 0)


def changes_of_row(table: str, row: str, by: Actor) -> list[RowChange]:
    """Every change of one row in the reader's scope, oldest first."""
    return rowchanges.of_row(by.scope.narrow(Change.objects.all()), by.scope.narrow(BulkChange.objects.all()), table, row)


def _of_entry(entry_id: int, by: Actor) -> tuple[QuerySet[Change], QuerySet[BulkChange]]:
    return (
        by.scope.narrow(Change.objects.filter(entry_id=entry_id)),
        by.scope.narrow(BulkChange.objects.filter(entry_id=entry_id)),
    )


def differences(change: RowChange) -> list[Difference]:
    """The columns that differ between the two images, by name; all of them for a new or removed row."""
    before, after = change.before or {}, change.after or {}
    return [
        Difference(column, before.get(column), after.get(column))
        for column in sorted(before.keys() | after.keys())
        if before.get(column) != after.get(column)
    ]
