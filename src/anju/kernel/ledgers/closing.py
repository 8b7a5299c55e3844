"""Closing and reopening the periods of a ledger (封账、解除封账)."""

from __future__ import annotations

import datetime

from django.db import connection
from django.db.models import QuerySet

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.ledgers import refusals
from anju.kernel.ledgers.checking import home_of
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.definitions import ClosedPeriod
from anju.kernel.ledgers.parsing.reader import today


def close_period(ledger: Ledger, until: datetime.date, *, by: Actor, reason: str = "") -> None:
    """Close every record of the actor's bureau dated on or before `until`: none can be added, changed or voided any more.

    Waits for writers of the ledger that have not finished. Raises AnjuError when the ledger has no business date, `until` is in the
    future or not later than what is closed already.
    """
    by.require("ledgers.close")
    bureau_id, region_code = home_of(by)
    if not ledger.date:
        raise AnjuError.of("ledger.no_date", "这本台账没有业务日期，不能封账。", where=ledger.title, advice="请在声明中写 date。")
    if until > today():
        raise AnjuError.of("ledger.future", "不能封到今天以后。", where=ledger.title, advice="请改为今天或以前的日期。")
    with refusals.told_clearly(ledger), action("ledgers.close_period", by=by, subject=_subject(ledger), reason=reason) as entry:
        _alone(ledger, bureau_id)
        closed = _closed(ledger, bureau_id)
        if closed is not None and until <= closed.until:
            raise AnjuError.of("ledger.closed_already", f"已封至{closed.until.isoformat()}。", where=ledger.title, advice="只能往后封。")
        entry.data = {"ledger": ledger.name, "until": until.isoformat(), "before": closed.until.isoformat() if closed else None}
        closed = closed or ClosedPeriod(ledger=ledger.name, bureau_id=bureau_id, region_code=region_code)
        closed.until = until
        closed.save()


def reopen_period(ledger: Ledger, until: datetime.date | None, *, by: Actor, reason: str) -> None:
    """Move the closing back so that only records on or before `until` stay closed; None reopens everything. `reason` is required."""
    by.require("ledgers.close")
    bureau_id, _ = home_of(by)
    if not reason.strip():
        raise AnjuError.of("ledger.no_reason", "没有写理由。", advice="解除封账须写明理由，理由随动作留痕。")
    with action("ledgers.reopen_period", by=by, subject=_subject(ledger), reason=reason) as entry:
        _alone(ledger, bureau_id)
        closed = _closed(ledger, bureau_id)
        if closed is None or (until is not None and until >= closed.until):
            raise AnjuError.of("ledger.not_closed", "这段期间没有封账。", where=ledger.title, advice="请核对日期。")
        entry.data = {
            "ledger": ledger.name, "until": until.isoformat() if until else None, "before": closed.until.isoformat(),
        }  # fmt: skip
        if until is None:
            closed.delete()
        else:
            closed.until = until
            closed.save()


def closings(ledger: Ledger, scope: Scope) -> QuerySet[ClosedPeriod]:
    """Until when the bureaus of a scope have closed this ledger; those that never did are missing."""
    return scope.narrow(ClosedPeriod.objects.filter(ledger=ledger.name).order_by("region_code", "bureau_id"))


def _subject(ledger: Ledger) -> str:
    return f"ledger:{ledger.name}"


def _closed(ledger: Ledger, bureau_id: int) -> ClosedPeriod | None:
    return ClosedPeriod.objects.filter(ledger=ledger.name, bureau_id=bureau_id).first()


def _alone(ledger: Ledger, bureau_id: int) -> None:
    # The same lock that ledgers_guard_period() takes shared for every row written.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s || ':' || %s, 7263))", [ledger.name, str(bureau_id)])
