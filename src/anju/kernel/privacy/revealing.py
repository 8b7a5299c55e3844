"""Reading one personal value in full: an action with a reason, counted, and in the journal for good (GN-11)."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.crypto import cells, using
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.actions import action
from anju.kernel.journal.models import Entry
from anju.kernel.privacy.places import Place, place_of

VERB, PERMISSION = "crypto.reveal", "personal.reveal"
SHORTEST_REASON, LONGEST_REASON = 4, 200
HOUR = datetime.timedelta(hours=1)


def reveal(subject: str, field: str, *, reason: str, by: Actor) -> str:
    """The value of a field in full. `subject`: `table:number`; `field`: the encrypted column. Needs `personal.reveal`.

    The journal keeps who, when, why, whose and which field, never the value. Raises Forbidden; AnjuError `privacy.no_reason`,
    `privacy.too_many`, `privacy.no_such_field`, `privacy.no_value`, and those of `cells.unseal`.
    """
    place, number = _opened_by(subject, field, by)
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise AnjuError.of(
            "privacy.no_reason",
            f"查看理由应为{SHORTEST_REASON}至{LONGEST_REASON}个字。",
            where="理由",
            advice="写明办什么事、为谁核对，例如：电话核实张某的租赁补贴账号。",
        )
    with action(VERB, by=by, subject=subject, reason=reason) as entry:
        _count(by)
        cell, entry.region_code, entry.bureau_id = _cell(place, number, by)
        entry.data = {"field": place.column, "label": place.label, "kind": place.cell.kind.name}
        return cells.unseal(using.ring(), place.cell, cell)


def masked(subject: str, field: str, *, by: Actor) -> tuple[Place, str]:
    """The place and the value as anybody within the scope may see it."""
    place, number = _opened_by(subject, field, by)
    with using_scope(by.scope):
        cell = _cell(place, number, by)[0]
    return place, place.cell.kind.mask(cells.unseal(using.ring(), place.cell, cell))


def left_this_hour(by: Actor) -> int:
    """How many more values this person may read now."""
    with using_scope(Scope.system()):
        read = Entry.objects.filter(verb=VERB, staff_id=by.staff_id, at__gt=timezone.now() - HOUR).count()
    return max(settings.REVEALS_PER_HOUR - read, 0)


def _opened_by(subject: str, field: str, by: Actor) -> tuple[Place, int]:
    by.require(PERMISSION)
    table, _colon, number = subject.partition(":")
    place = place_of(table, field)
    if place.permission:
        by.require(place.permission)
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise _no_value(place)
    return place, int(number)


def _count(by: Actor) -> None:
    if by.staff_id is None:
        return
    with connection.cursor() as cursor:  # one person's readings wait for each other, so that none is counted past
        cursor.execute("SELECT pg_advisory_xact_lock(7266, %s)", [by.staff_id])
    if not left_this_hour(by):
        raise Forbidden.of(
            "privacy.too_many",
            f"一小时内最多查看{settings.REVEALS_PER_HOUR}次完整的个人信息，已经用完。",
            advice="请稍后再看；确需成批核对的，请用带脱敏的导出或联系安全管理员。",
        )


def _cell(place: Place, number: int, by: Actor) -> tuple[bytes, str, int | None]:
    statement = SQL("SELECT {}, region_code, bureau_id FROM {} WHERE {} = %s").format(
        Identifier(place.column), Identifier(place.table), Identifier(place.primary_key)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection), [number])
        row: Any = cursor.fetchone()
    if row is None or row[0] is None or not by.scope.covers(row[1], row[2]):
        raise _no_value(place)
    return bytes(row[0]), row[1], row[2]


def _no_value(place: Place) -> AnjuError:
    return AnjuError.of("privacy.no_value", f"没有这条记录，或没有登记{place.label}。", where=place.label, advice="请刷新页面后再看。")
