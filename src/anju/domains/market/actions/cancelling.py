"""Cancel a contract: the unit is released and everybody who follows does their part, all or nothing (CT-11)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from anju.domains.market import hooks
from anju.domains.market.actions.filing import locked, require_state
from anju.domains.market.models import Contract, Permit, PermitUnit
from anju.domains.market.refusals import told_clearly
from anju.domains.property import actions as property_actions
from anju.domains.property.stages import BLOCKING, MORTGAGES, Event, Limit, Stage
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError, Problem
from anju.kernel.journal.actions import action

if TYPE_CHECKING:
    from anju.domains.property.models import Unit

Kind = Contract.CancelKind


def cancel_contract(
    contract_id: int,
    *,
    kind: Contract.CancelKind,
    reason: str,
    on: date,
    by: Actor,
    document: str = "",
    paper: str = "",
    publicity_ended_on: date | None = None,
    key: str | None = None,
) -> Contract:
    """Cancel a signed or filed contract. Needs `market.cancel`; an input error before filing also `market.sign`.

    mutual: both parties, after publicity (`publicity_ended_on`). document: a court's or arbitrator's, with its number and the digest of
    its scanned `paper` (CT-10). input_error: before filing, on the day of signing. The unit goes back on sale while its permit holds.
    Raises AnjuError with everything that stands against it (seizure, advance notice, mortgage, unreturned subsidy ...).
    """
    if kind != Kind.INPUT_ERROR or not by.may("market.sign"):
        by.require("market.cancel")
    with told_clearly(), action("market.cancel_contract", by=by, subject=f"market_contract:{contract_id}", reason=reason, key=key) as entry:
        contract = locked(contract_id)
        if entry.repeated:
            return contract
        require_state(contract, Contract.State.SIGNED, Contract.State.FILED)
        unit = property_actions.lock_units([contract.unit_id])[0] if contract.unit_id is not None else None
        against = [
            *_form(contract, kind, reason, on, document, paper, publicity_ended_on),
            *_barriers(unit),
            *hooks.cancel_barriers(contract),
        ]
        if against:
            raise AnjuError(against)
        if unit is not None:
            event = Event.CANCEL if contract.state == Contract.State.SIGNED else Event.CANCEL_FILING
            property_actions.move_units([unit], event, _stage_after(unit), on=on, document=document or contract.contract_no)
        contract.state, contract.cancelled_on, contract.cancel_kind = Contract.State.CANCELLED, on, kind
        contract.cancel_document, contract.cancel_reason = document.strip()[:80], reason.strip()[:200]
        contract.save(update_fields=["state", "cancelled_on", "cancel_kind", "cancel_document", "cancel_reason"])
        entry.data = {"kind": kind, "document": document, "paper": paper}
        hooks.tell("cancelled", contract, by)
    return contract


def _form(
    contract: Contract, kind: Contract.CancelKind, reason: str, on: date, document: str, paper: str, published: date | None
) -> list[Problem]:
    problems = []
    if not reason.strip():
        problems.append(Problem("market.no_reason", "原因", "没有写原因。", "请写明解除的原因。"))
    if kind == Kind.DOCUMENT and not (document.strip() and paper):
        problems.append(Problem("market.no_paper", "法律文书", "没有文书号或扫描件。", "凭生效法律文书注销须登记文书号并上传扫描件。"))
    if kind == Kind.MUTUAL and (published is None or not contract.signed_on <= published <= on):
        problems.append(Problem("market.no_publicity", "公示", "公示没有结束。", "协商解除须公示期满无异议。"))
    if kind == Kind.INPUT_ERROR and (contract.state != Contract.State.SIGNED or contract.signed_on != on):
        problems.append(Problem("market.not_the_same_day", "录入差错", "只能在签约当日、备案之前更正。", "请走协商解除。"))
    return problems


def _barriers(unit: Unit | None) -> list[Problem]:
    """Seized or otherwise restricted; advance notice or mortgage not released."""
    if unit is None:
        return []
    held = [one for one in unit.limits if one in BLOCKING or one in MORTGAGES or one == Limit.ADVANCE_NOTICE]
    return [Problem("market.cancel_barred", unit.unit_no, f"户室有{Limit(one).label}。", "解除后才能注销合同。") for one in held]


def _stage_after(unit: Unit) -> Stage:
    covered = PermitUnit.objects.filter(unit=unit.pk, ended_on=None, permit__state=Permit.State.ISSUED).exists()
    return Stage.SALEABLE if covered and not unit.withheld else Stage.NOT_FOR_SALE
