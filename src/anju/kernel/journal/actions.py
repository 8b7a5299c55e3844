"""The frame of every action: one verb, one transaction, one journal entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection, transaction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.database import prepared
from anju.kernel.errors import AnjuError
from anju.kernel.journal.models import Entry

_INSERT = (
    "INSERT INTO journal_entry"
    " (id, parent_id, transaction, at, verb, actor_name, staff_id, region_code, bureau_id, subject, reason, data, key)"
    " VALUES (%s, %s, pg_current_xact_id()::text::bigint, transaction_timestamp(), %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


@dataclass(slots=True)
class OpenEntry:
    """The entry being written. The action fills `subject`, `data` and `region_code`/`bureau_id` while it runs.

    `repeated` is true when the client's key was used before: the action must do nothing and return from `data` what it returned then.
    """

    number: int
    verb: str
    subject: str = ""
    reason: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    region_code: str = ""
    bureau_id: int | None = None
    repeated: bool = False


@contextmanager
def action(
    verb: str,
    *,
    by: Actor,
    subject: str = "",
    reason: str = "",
    key: str | None = None,
    region_code: str | None = None,
    bureau_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> Iterator[OpenEntry]:
    """Run the block as one action in the actor's scope; commit it with its entry, or nothing at all.

    `verb`: `room.verb`. `key`: the client's idempotency key; see `OpenEntry.repeated`. Inside another action this is a step of it:
    same transaction, own entry, `parent_id` set. The entry's region and bureau default to the actor's.
    Raises AnjuError `journal.key_reused` when the key was used for another verb.
    """
    nested = connection.in_atomic_block
    with using_scope(by.scope), transaction.atomic():
        earlier = _earlier(key, verb) if key else None
        if earlier is not None:
            yield OpenEntry(number=earlier.pk, verb=verb, subject=earlier.subject, data=dict(earlier.data), repeated=True)
            return
        number, parent = _begin()
        entry = OpenEntry(
            number=number,
            verb=verb,
            subject=subject,
            reason=reason,
            data=data or {},
            region_code=by.region_code if region_code is None else region_code,
            bureau_id=by.bureau_id if bureau_id is None else bureau_id,
        )
        yield entry
        _write(entry, by=by, key=key, parent=parent)
        if nested:  # else the setting ends with the transaction, now
            _set_entry("" if parent is None else str(parent))


def _earlier(key: str, verb: str) -> Entry | None:
    # The lock makes two retries with one key wait for each other; it ends with the transaction.
    with prepared.together():
        prepared.ask("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7262))", [key])
        answer = prepared.ask(_earlier_statement(), [key])
    row = answer.fetchone()
    earlier = None if row is None else prepared.made_of(Entry, row)
    if earlier is not None and earlier.verb != verb:
        raise AnjuError.of(
            "journal.key_reused",
            f"幂等键“{key}”已用于“{earlier.verb}”，不能再用于“{verb}”。",
            advice="请为新的操作换一个键。",
        )
    return earlier


@cache
def _earlier_statement() -> str:
    return f"SELECT {prepared.read_columns(Entry, 'e')} FROM journal_entry e WHERE e.key = %s"  # noqa: S608


def _begin() -> tuple[int, int | None]:
    """Draw the entry's number and tell it to the triggers; returns it with the number of the action around, in one round trip."""
    ((number, parent),) = prepared.ask(
        "WITH around AS MATERIALIZED (SELECT nullif(current_setting('anju.entry', true), '')::bigint AS number)"
        " SELECT set_config('anju.entry', nextval('journal_entry_number')::text, true)::bigint, around.number FROM around",
        [],
    ).fetchall()
    return number, parent


def _set_entry(value: str) -> None:
    # Local to the transaction: a change made after it, or in another one, carries no entry and is a finding.
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('anju.entry', %s, true)", [value])


def _write(entry: OpenEntry, *, by: Actor, key: str | None, parent: int | None) -> None:
    prepared.ask(
        _INSERT,
        [
            entry.number,
            parent,
            entry.verb,
            by.name,
            by.staff_id,
            entry.region_code,
            entry.bureau_id,
            entry.subject,
            entry.reason,
            connection.ops.adapt_json_value(entry.data, None),
            key,
        ],
    )
