"""Permits: applied for, covered, issued when the law is met, ended by a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from anju.domains.market import hooks
from anju.domains.market.actions.developers import own_bureau
from anju.domains.market.models import Contract, Developer, Permit, PermitUnit
from anju.domains.market.refusals import told_clearly
from anju.domains.property import actions as property_actions
from anju.domains.property.stages import Event, Stage
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.parameters.basis import Basis


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the applicant proves; money in fen. See `models.Permit` for the law behind each."""

    land_fee_paid: bool = False
    land_document: str = ""
    planning_permit: str = ""
    construction_permit: str = ""
    schedule: str = ""
    delivery_on: date | None = None
    invested_fen: int = 0
    investment_fen: int = 0
    acceptance_document: str = ""
    bank: str = ""
    escrow_account: str = ""
    agreement: str = ""


def apply_for_permit(
    *,
    kind: Permit.Kind,
    project_id: int,
    developer: Developer,
    units: Iterable[int],
    conditions: Conditions,
    on: date,
    by: Actor,
    key: str | None = None,
) -> Permit:
    """Take an application in with the units it is for. Needs `market.file`. The least invested share is the parameter of that day."""
    by.require("market.file")
    basis = Basis.on(on, by.region_code)
    with told_clearly(), action("market.apply_for_permit", by=by, key=key) as entry:
        if entry.repeated:
            return Permit.objects.get(pk=entry.data["permit"])
        permit = Permit.objects.create(
            kind=kind,
            project_id=project_id,
            developer=developer,
            applied_on=on,
            least_invested=basis.decimal("market.presale.least_invested"),
            basis=basis.as_data(),
            region_code=by.region_code,
            bureau_id=own_bureau(by),
            **_written(conditions),
        )
        number = cover_units(permit, units)
        entry.subject, entry.data = f"market_permit:{permit.pk}", {"permit": permit.pk, "units": number}
    return permit


def cover_units(permit: Permit, units: Iterable[int]) -> int:
    """Put units under a permit; runs inside an action. Raises AnjuError `market.unit_in_one_permit`, `market.permit_covers_its_project`."""
    found = property_actions.lock_units(units)
    PermitUnit.objects.bulk_create(
        [PermitUnit(permit=permit, unit_id=unit.pk, region_code=permit.region_code, bureau_id=permit.bureau_id) for unit in found]
    )
    return len(found)


def issue_permit(
    permit_id: int, *, number: str, on: date, valid_until: date | None, by: Actor, conditions: Conditions | None = None
) -> Permit:
    """Issue it: its units go on sale. Needs `market.permit`.

    `conditions`: as they were found at the decision; what was applied with when left out. Withheld units stay withheld (MK-11).
    Raises AnjuError `market.permit_meets_the_law`, `market.enough_is_invested` (MK-06), `market.permit_has_escrow`,
    `funds.no_live_agreement`, `funds.other_account` (PF-01) and others.
    """
    by.require("market.permit")
    with told_clearly(), action("market.issue_permit", by=by, subject=f"market_permit:{permit_id}") as entry:
        permit = _locked(permit_id)
        for name, value in _written(conditions).items() if conditions is not None else ():
            setattr(permit, name, value)
        permit.state, permit.number, permit.issued_on, permit.valid_until = Permit.State.ISSUED, number.strip(), on, valid_until
        if lacking := hooks.permit_lacks(permit):
            raise AnjuError(*lacking)
        permit.save()
        units = property_actions.lock_units(PermitUnit.objects.filter(permit=permit, ended_on=None).values_list("unit_id", flat=True))
        if not units:
            raise AnjuError.of("market.empty_permit", "许可没有任何户室。", advice="请先选择许可范围内的户室。")
        opening = [unit for unit in units if unit.stage == Stage.INITIAL and not unit.withheld]
        property_actions.move_units(opening, Event.OPEN, Stage.SALEABLE, on=on, document=permit.number)
        entry.data = {"number": permit.number, "units": len(units), "opened": len(opening)}
    return permit


def refuse_permit(permit_id: int, *, reason: str, on: date, by: Actor) -> Permit:
    """Refuse the application with its reason; its units are free for another. Needs `market.permit`."""
    by.require("market.permit")
    if not reason.strip():
        raise AnjuError.of("market.no_reason", "没有写理由。", where="理由", advice="不予许可必须说明理由。")
    with told_clearly(), action("market.refuse_permit", by=by, subject=f"market_permit:{permit_id}", reason=reason):
        permit = _locked(permit_id)
        permit.state = Permit.State.REFUSED
        permit.save(update_fields=["state"])
        PermitUnit.objects.filter(permit=permit, ended_on=None).update(ended_on=on)
    return permit


def end_permit(permit_id: int, *, state: Permit.State, document: str, on: date, by: Actor) -> Permit:
    """Revoke it or let it expire: what is not signed goes off sale, what is signed stays as it is. Needs `market.permit`."""
    by.require("market.permit")
    with told_clearly(), action("market.end_permit", by=by, subject=f"market_permit:{permit_id}", reason=document) as entry:
        permit = _locked(permit_id)
        permit.state, permit.ended_on, permit.end_document = state, on, document.strip()
        permit.save(update_fields=["state", "ended_on", "end_document"])
        units = property_actions.lock_units(PermitUnit.objects.filter(permit=permit, ended_on=None).values_list("unit_id", flat=True))
        closing = [unit for unit in units if unit.stage in (Stage.INITIAL, Stage.SALEABLE, Stage.RESERVED)]
        property_actions.move_units(closing, Event.CLOSE, Stage.NOT_FOR_SALE, on=on, document=document)
        sold = Contract.objects.filter(permit=permit).exclude(state=Contract.State.CANCELLED).values_list("unit_id", flat=True)
        PermitUnit.objects.filter(permit=permit, ended_on=None).exclude(unit__in=list(sold)).update(ended_on=on)
        entry.data = {"closed": len(closing)}
    return permit


def _locked(permit_id: int) -> Permit:
    found = Permit.objects.select_for_update(of=("self",)).filter(pk=permit_id).first()
    if found is None:
        raise AnjuError.of("market.unknown_permit", "没有这份许可。", advice="请刷新后重试。")
    return found


def _written(conditions: Conditions) -> dict[str, Any]:
    return {name: value.strip()[:120] if isinstance(value, str) else value for name, value in asdict(conditions).items()}
