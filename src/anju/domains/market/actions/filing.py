"""File a signed contract (备案), and record the title that follows."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.utils import timezone

from anju.domains.market import hooks
from anju.domains.market.models import Contract
from anju.domains.market.refusals import told_clearly
from anju.domains.property import actions as property_actions
from anju.domains.property.stages import Event, Stage
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action


def file_contract(contract_id: int, *, by: Actor, on: date | None = None, key: str | None = None) -> Contract:
    """File a contract: it gets its filing number. Needs `market.file`.

    Raises AnjuError `property.unit_blocked` while the unit is seized.
    """
    by.require("market.file")
    today = on or timezone.localdate()
    with told_clearly(), action("market.file_contract", by=by, subject=f"market_contract:{contract_id}", key=key) as entry:
        contract = locked(contract_id)
        if entry.repeated:
            return contract
        require_state(contract, Contract.State.SIGNED)
        if contract.unit_id is not None:
            property_actions.move_units(
                property_actions.lock_units([contract.unit_id]), Event.FILE, Stage.FILED, on=today, document=contract.contract_no
            )
        contract.state, contract.filed_on, contract.filing_no = Contract.State.FILED, today, _filing_number(contract.region_code, today)
        contract.save(update_fields=["state", "filed_on", "filing_no"])
        entry.data = {"number": contract.filing_no}
        hooks.tell("filed", contract, by)
    return contract


def register_title(contract_id: int, *, certificate_no: str, on: date, by: Actor) -> Contract:
    """Record the registry's event that the title is the buyer's, with its certificate number (CT-14). Needs `market.file`."""
    by.require("market.file")
    if not certificate_no.strip():
        raise AnjuError.of("market.no_certificate", "没有写不动产权证号。", where="不动产权证号", advice="以登记机构的登记信息为准。")
    with told_clearly(), action("market.register_title", by=by, subject=f"market_contract:{contract_id}") as entry:
        contract = locked(contract_id)
        require_state(contract, Contract.State.FILED)
        if contract.unit_id is not None:
            property_actions.move_units(
                property_actions.lock_units([contract.unit_id]), Event.REGISTER, Stage.REGISTERED, on=on, document=certificate_no
            )
        contract.state, contract.registered_on, contract.certificate_no = Contract.State.REGISTERED, on, certificate_no.strip()[:60]
        contract.save(update_fields=["state", "registered_on", "certificate_no"])
        entry.data = {"certificate": contract.certificate_no}
    return contract


def locked(contract_id: int) -> Contract:
    """The contract, its unit locked before it as everybody does. Raises AnjuError `market.unknown_contract`."""
    unit_id = Contract.objects.filter(pk=contract_id).values_list("unit_id", flat=True).first()
    if unit_id is not None:
        property_actions.lock_units([unit_id])
    found = Contract.objects.select_for_update(of=("self",)).filter(pk=contract_id).first()
    if found is None:
        raise AnjuError.of("market.unknown_contract", "没有这份合同。", advice="请刷新后重试。")
    return found


def require_state(contract: Contract, *wanted: Contract.State) -> None:
    """Raise AnjuError `market.contract_moves_one_way` unless the contract stands in one of these states."""
    if contract.state not in wanted:
        raise AnjuError.of(
            "market.contract_moves_one_way",
            f"合同{contract.contract_no}为“{contract.get_state_display()}”，不能办理这项。",
            advice="请刷新后核对。",
        )


def _filing_number(region: str, today: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('market_filing_number')")
        return f"备{region}{today.year}{cursor.fetchone()[0]:08d}"
