"""Reads of the journal that other code may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from anju.kernel.journal.models import Change, Entry
from anju.kernel.orgs.actor import Actor

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


def changes_of(entry_id: int, by: Actor) -> QuerySet[Change]:
    """The row changes of one action in the reader's scope, in the order they were made."""
    return by.scope.narrow(Change.objects.filter(entry_id=entry_id).order_by("id"))


def changes_of_row(table: str, row: str, by: Actor) -> QuerySet[Change]:
    """Every change of one row in the reader's scope, oldest first."""
    return by.scope.narrow(Change.objects.filter(table=table, row=row).order_by("id"))


def differences(change: Change) -> list[Difference]:
    """The columns that differ between the two images, by name; all of them for a new or removed row."""
    before, after = change.before or {}, change.after or {}
    return [
        Difference(column, before.get(column), after.get(column))
        for column in sorted(before.keys() | after.keys())
        if before.get(column) != after.get(column)
    ]
