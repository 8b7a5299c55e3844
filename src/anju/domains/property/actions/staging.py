"""Move units from one trade stage to the next. The database holds the table; the caller holds the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache

from anju.domains.property.models import Unit
from anju.domains.property.queries import joined_columns, with_its_building
from anju.domains.property.refusals import told_clearly
from anju.domains.property.stages import Event, Stage, Withheld
from anju.kernel.access.actor import Actor
from anju.kernel.database import prepared
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action

_MOVE = (
    "UPDATE property_unit SET stage = %s, stage_event = %s, stage_on = %s, stage_document = %s, reserved_for = %s, reserved_until = %s"
    " WHERE id = ANY (%s::bigint[])"
)
MOST_UNITS = 20_000
"""In one verb: more than any project of one permit has."""


def lock_units(ids: Iterable[int]) -> list[Unit]:
    """The units, locked in the order of their numbers until the transaction ends: two verbs on one unit wait for each other.

    Raises AnjuError `property.unknown_unit`, `property.too_many_units`.
    """
    wanted = sorted(set(ids))
    if len(wanted) > MOST_UNITS:
        raise AnjuError.of("property.too_many_units", f"一次最多{MOST_UNITS}个户室。", advice="请分批办理。")
    found = [with_its_building(row) for row in prepared.ask(_lock_statement(), [[number for number in wanted if 0 < number < 2**63]])]
    if len(found) != len(wanted):
        missing = sorted(set(wanted) - {unit.pk for unit in found})[:5]
        raise AnjuError.of("property.unknown_unit", f"没有户室{'、'.join(map(str, missing))}。", advice="请刷新楼盘表后重试。")
    return found


@cache
def _lock_statement() -> str:
    return (
        f"SELECT {joined_columns()} FROM property_unit u JOIN property_building b ON b.id = u.building_id"  # noqa: S608
        " JOIN property_project p ON p.id = b.project_id WHERE u.id = ANY (%s::bigint[]) ORDER BY u.id FOR UPDATE OF u"
    )


def move_units(
    units: Sequence[Unit],
    event: Event,
    after: Stage,
    *,
    on: date,
    document: str = "",
    reserved_for: str = "",
    reserved_until: datetime | None = None,
) -> None:
    """Move locked units along one line of the transition table. Runs inside the caller's action, in one statement.

    Raises AnjuError `property.illegal_transition`, `property.unit_blocked`, `property.withheld_is_not_sold`.
    """
    with told_clearly():
        values = [after.value, event.value, on, document[:80], reserved_for, reserved_until, [unit.pk for unit in units]]
        prepared.ask(_MOVE, values)
    for unit in units:
        unit.stage, unit.stage_event, unit.stage_on, unit.stage_document = after, event, on, document[:80]
        unit.reserved_for, unit.reserved_until = reserved_for, reserved_until


def withhold_units(ids: Iterable[int], *, kind: Withheld, on: date, document: str, by: Actor) -> list[Unit]:
    """Take units off sale as a class (物业用房、安置房 ...). Needs `property.edit` and a document."""
    by.require("property.edit")
    _documented(document)
    with told_clearly(), action("property.withhold", by=by, data={"kind": kind, "document": document}) as entry:
        units = lock_units(ids)
        move_units(units, Event.WITHHOLD, Stage.NOT_FOR_SALE, on=on, document=document)
        Unit.objects.filter(pk__in=[unit.pk for unit in units]).update(withheld=kind)
        entry.data |= {"units": [unit.pk for unit in units[:200]], "count": len(units)}
    return units


def release_units(ids: Iterable[int], *, on: date, document: str, by: Actor) -> list[Unit]:
    """Put withheld units back on sale, each by name and with a document: no batch of a permit does it by itself (MK-11)."""
    by.require("property.restrict")
    _documented(document)
    with told_clearly(), action("property.release", by=by, data={"document": document}) as entry:
        units = lock_units(ids)
        Unit.objects.filter(pk__in=[unit.pk for unit in units]).update(withheld="")
        move_units(units, Event.RELEASE, Stage.SALEABLE, on=on, document=document)
        entry.data |= {"units": [unit.pk for unit in units[:200]], "count": len(units)}
    return units


def _documented(document: str) -> None:
    if not document.strip():
        raise AnjuError.of("property.no_document", "没有写依据。", where="依据", advice="请填写批准文件的名称或文号。")
