"""The frame of every verb of maintenance funds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from anju.domains.funds.refusals import told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.journal.actions import OpenEntry, action


@contextmanager
def acting(verb: str, row: Any, *, by: Actor, permission: str, key: str | None = None, reason: str = "") -> Iterator[OpenEntry]:
    """Permission, one entry about the row, refusals told clearly; the row is read again under lock."""
    by.require(permission)
    subject = f"{row._meta.db_table}:{row.pk}"
    with (
        told_clearly(),
        action(f"funds.{verb}", by=by, subject=subject, key=key, reason=reason[:500], bureau_id=row.bureau_id) as entry,
    ):
        if not entry.repeated:
            type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
            row.refresh_from_db()
        yield entry
