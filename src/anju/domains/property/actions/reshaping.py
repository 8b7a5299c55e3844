"""Merge units into one and split one into several; the old ones are closed and keep their history (MK-13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from anju.domains.property.actions.staging import lock_units
from anju.domains.property.actions.surveying import unit_numbers
from anju.domains.property.models import Lineage, Unit
from anju.domains.property.refusals import check_now, told_clearly
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that comes out of a merge or a split. Areas in ㎡."""

    room: str
    area: Decimal
    inner_area: Decimal | None = None
    floor: int | None = None
    entrance: str | None = None
    unit_code: str | None = None


def merge_units(ids: Iterable[int], into: NewUnit, *, on: date, document: str, by: Actor) -> Unit:
    """Make one unit of several of one building. Needs `property.edit`. Raises AnjuError `property.reshaping_keeps_the_area` and others."""
    return _reshape(list(ids), [into], Lineage.Kind.MERGE, on=on, document=document, by=by)[0]


def split_unit(unit_id: int, parts: Sequence[NewUnit], *, on: date, document: str, by: Actor) -> list[Unit]:
    """Make several units of one. Needs `property.edit`. Raises AnjuError `property.reshaping_keeps_the_area` and others."""
    return _reshape([unit_id], parts, Lineage.Kind.SPLIT, on=on, document=document, by=by)


def _reshape(ids: list[int], parts: Sequence[NewUnit], kind: Lineage.Kind, *, on: date, document: str, by: Actor) -> list[Unit]:
    by.require("property.edit")
    if len(set(ids)) + len(parts) < 3 or len(parts) > 100 or len(ids) > 100:
        raise AnjuError.of("property.reshaping_size", "合并至少两户，分割至少两户，最多100户。", advice="请核对所选户室。")
    with told_clearly(), action(f"property.{kind}_units", by=by, reason=document) as entry:
        old = lock_units(ids)
        _require_alike(old)
        Unit.objects.filter(pk__in=[unit.pk for unit in old]).update(removed_on=on)
        made = _make(old[0], parts, on)
        Lineage.objects.bulk_create(
            [
                Lineage(
                    before=before,
                    after=after,
                    kind=kind,
                    on=on,
                    document=document.strip(),
                    region_code=after.region_code,
                    bureau_id=after.bureau_id,
                )
                for before in old
                for after in made
            ]
        )
        check_now("lineage_adds_up")
        entry.subject = f"property_unit:{made[0].pk}"
        entry.data = {"before": [unit.pk for unit in old], "after": [unit.pk for unit in made], "document": document}
    return made


def _require_alike(units: Sequence[Unit]) -> None:
    if len({(unit.building_id, unit.use, unit.stage) for unit in units}) != 1:
        raise AnjuError.of(
            "property.units_differ", "合并的户室不在同一幢，或用途、阶段不同。", advice="只能合并同一幢、同一用途、同一阶段的户室。"
        )
    if any(unit.limits for unit in units):
        raise AnjuError.of("property.unit_still_bound", "户室有抵押、查封等权利限制，不能合并或分割。", advice="请先解除限制。")


def _make(like: Unit, parts: Sequence[NewUnit], on: date) -> list[Unit]:
    """New units in the initial stage, on the measured areas when the old one was measured."""
    kind = "measured" if like.measured_area is not None else "predicted"
    made = []
    for part, number in zip(parts, unit_numbers(like.region_code, len(parts)), strict=True):
        unit = Unit(
            building=like.building,
            unit_no=number,
            entrance=like.entrance if part.entrance is None else part.entrance,
            floor=like.floor if part.floor is None else part.floor,
            room=part.room.strip(),
            use=like.use,
            unit_code=part.unit_code,
            entered_on=on,
            region_code=like.region_code,
            bureau_id=like.bureau_id,
        )
        setattr(unit, f"{kind}_area", part.area)
        if part.inner_area is not None:
            setattr(unit, f"{kind}_inner", part.inner_area)
            setattr(unit, f"{kind}_shared", part.area - part.inner_area)
        made.append(unit)
    return Unit.objects.bulk_create(made)
