"""The verbs of homes for letting: enter one or a list, and say what state it is in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import LettingUnit
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError

LET = "housing.let"
State = LettingUnit.State


@dataclass(frozen=True, slots=True)
class Home:
    """What is written of a home. `area` in ㎡."""

    unit_no: str
    estate: str
    building: str
    room: str
    floor: int
    layout: str
    area: Decimal
    lift: bool = False
    accessible: bool = False
    register_unit_id: int | None = None


def enter(homes: Iterable[Home], *, on: date, by: Actor, ready: bool = True, key: str | None = None) -> list[LettingUnit]:
    """Enter homes, all or none; `ready`: they can be let at once. Raises AnjuError `housing.letting_unit_once`."""
    with doing("enter_homes", by=by, needs=LET, key=key) as entry:
        if entry.repeated:
            return list(LettingUnit.objects.filter(pk__in=entry.data["units"]).order_by("pk"))
        state = State.VACANT if ready else State.PREPARING
        rows = [
            LettingUnit(
                unit_no=one.unit_no, estate=one.estate, building=one.building, room=one.room, floor=one.floor, layout=one.layout,
                area=one.area, lift=one.lift, accessible=one.accessible, register_unit_id=one.register_unit_id, state=state,
                entered_on=on, **home_of(by),
            )
            for one in homes
        ]  # fmt: skip
        if not rows:
            raise AnjuError.of("housing.no_homes", "没有房源。", where="房源", advice="至少登记一套。")
        for row in rows:
            row.save()
        entry.subject, entry.data = subject_of(rows[0]), {"units": [row.pk for row in rows]}
    return rows


def set_state(unit: LettingUnit, state: str, *, by: Actor, reason: str) -> LettingUnit:
    """Ready, under repair, disposed of. What a lease or an allocation does to a home is theirs to do."""
    if state not in (State.PREPARING, State.VACANT, State.REPAIRING, State.DISPOSED):
        raise AnjuError.of(
            "housing.home_follows_its_lease", "选定和出租由选房、签约办理。", where="状态", advice="请在配租批次或租约中办理。"
        )
    if not reason.strip():
        raise AnjuError.of("housing.no_reason", "没有写理由。", where="理由", advice="写明依据，理由随动作留痕。")
    with doing("set_home_state", by=by, needs=LET, subject=subject_of(unit), reason=reason) as entry:
        row = held(LettingUnit, unit.pk, by)
        if row.state in (State.RESERVED, State.LET):
            raise AnjuError.of(
                "housing.home_follows_its_lease", f"{row}{row.get_state_display()}，不能在这里变更。", advice="请先办理退租或取消选房。"
            )
        entry.data = {"from": row.state, "to": state}
        row.state = state
        row.save(update_fields=["state"])
    return row
