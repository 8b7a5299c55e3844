"""Reserve a unit for one buyer until a time (认购、预订)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from anju.domains.market.actions.signing import buyer_key
from anju.domains.property import actions as property_actions
from anju.domains.property.stages import Event, Stage
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.parameters.basis import Basis

if TYPE_CHECKING:
    from anju.domains.property.models import Unit


def reserve_unit(unit_id: int, *, id_no: str, by: Actor, id_type: str = "resident_id", key: str | None = None) -> Unit:
    """Hold a unit for the person with this paper; the hold ends by itself (MK-10). Needs `market.sign`.

    Raises AnjuError `property.illegal_transition`, `property.unit_blocked`.
    """
    by.require("market.sign")
    now = timezone.now()
    hours = Basis.on(timezone.localdate(), by.region_code).integer("market.reservation.hours")
    with action("market.reserve_unit", by=by, subject=f"property_unit:{unit_id}", key=key) as entry:
        (unit,) = property_actions.lock_units([unit_id])
        if entry.repeated:
            return unit
        if unit.stage == Stage.RESERVED and unit.reserved_until is not None and unit.reserved_until <= now:
            property_actions.move_units([unit], Event.LAPSE, Stage.SALEABLE, on=timezone.localdate())
        property_actions.move_units(
            [unit],
            Event.RESERVE,
            Stage.RESERVED,
            on=timezone.localdate(),
            reserved_for=buyer_key(id_type, id_no),
            reserved_until=now + timedelta(hours=hours),
        )
        entry.data = {"hours": hours}
    return unit


def release_reservation(unit_id: int, *, reason: str, by: Actor) -> Unit:
    """End a reservation before its time. Needs `market.sign`."""
    by.require("market.sign")
    with action("market.release_reservation", by=by, subject=f"property_unit:{unit_id}", reason=reason):
        (unit,) = property_actions.lock_units([unit_id])
        if unit.stage != Stage.RESERVED:
            raise AnjuError.of("market.not_reserved", "户室没有认购。", advice="请刷新楼盘表。")
        property_actions.move_units([unit], Event.LAPSE, Stage.SALEABLE, on=timezone.localdate(), document=reason)
    return unit
