"""Pending transfers whose time has passed give back what they reserved."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.accounts.posting import Ending, post
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action

AT_ONCE = 200
_EXPIRED = (
    "SELECT p.id FROM accounts_transfer p WHERE p.expires_at <= clock_timestamp()"
    " AND NOT EXISTS (SELECT FROM accounts_transfer e WHERE e.pending_id = p.id) ORDER BY p.expires_at, p.id LIMIT %s"
)


def expire(*, by: Actor) -> int:
    """End every pending transfer that is past its time, one transaction each; returns how many. Twice is once.

    Somebody who ends one meanwhile is first, and it is left out. Run it in the system's scope.
    """
    ended = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_EXPIRED, [AT_ONCE])
            numbers = [number for (number,) in cursor.fetchall()]
        done = sum(_end(number, by) for number in numbers)
        ended += done
        if not done or len(numbers) < AT_ONCE:
            return ended


def _end(number: int, by: Actor) -> int:
    try:
        with action("accounts.expire", by=by, subject=f"accounts_transfer:{number}"):
            post([Ending(number, "expire", timezone.localdate(), key=f"expire:{number}")])
    except AnjuError as error:
        if error.problems[0].code in ("accounts.ended_already", "accounts.period_closed"):
            return 0
        raise
    return 1
