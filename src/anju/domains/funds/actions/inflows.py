"""Money in: for a contract, or into the pool until somebody says for which (PF-17); reversals; interest."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from anju.domains.funds import kinds
from anju.domains.funds.actions.holding import acting, allowance_change, names_of, overflow_change, require_live
from anju.domains.funds.models import Agreement, EscrowBuilding, Inflow
from anju.kernel.access.actor import Actor
from anju.kernel.accounts.posting import Move, post
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.bounds import well_formed


@dataclass(frozen=True, slots=True)
class Payment:
    """What the bank tells of one inflow. `source` and `serial_no` name it: the same again changes nothing (GN-12)."""

    amount_fen: int
    received_on: datetime.date
    serial_no: str
    payer: str
    source: str = "bank"
    payer_tail: str = ""


def receive_for_contract(
    building: EscrowBuilding, payment: Payment, *, contract_no: str, buyer: str, kind: str, by: Actor, key: str | None = None
) -> Inflow:
    """Take in a payment of a contract's price into its building's account. `kind`: `Inflow.Kind`. Needs `funds.handle`.

    The same payment again gives the inflow there. Suspended projects still take money in (PF-15).
    """
    with acting("receive", building, by=by, permission="funds.handle", key=key or _key(building.agreement, payment)) as entry:
        if entry.repeated:
            return Inflow.objects.get(pk=entry.data["inflow"])
        require_live(building)
        agreement = building.agreement
        name = _key(agreement, payment)
        change = overflow_change(building, payment.amount_fen)
        moves = [
            _in(agreement, building.held_account_id, payment, name, f"funds_escrowbuilding:{building.pk}"),
            *allowance_change(building, change, payment.received_on, name),
        ]
        made = post(moves, names=names_of(building))
        inflow = _inflow(agreement, payment, made.id)
        inflow.building, inflow.contract_no, inflow.buyer, inflow.kind = building, contract_no.strip(), buyer, kind
        inflow.attributed_on = payment.received_on
        _save(inflow)
        entry.data = {"inflow": inflow.pk, "contract_no": inflow.contract_no, "amount_fen": payment.amount_fen}
    return inflow


def receive_unattributed(agreement: Agreement, payment: Payment, *, by: Actor, key: str | None = None) -> Inflow:
    """Take in money of which nobody knows for which contract: it waits in the pool (不明进账). Needs `funds.handle`."""
    with acting("receive_unattributed", agreement, by=by, permission="funds.handle", key=key or _key(agreement, payment)) as entry:
        if entry.repeated:
            return Inflow.objects.get(pk=entry.data["inflow"])
        made = post([_in(agreement, agreement.pool_account_id, payment, _key(agreement, payment), f"funds_agreement:{agreement.pk}")])
        inflow = _inflow(agreement, payment, made.id)
        _save(inflow)
        entry.data = {"inflow": inflow.pk, "amount_fen": payment.amount_fen}
    return inflow


def attribute_inflow(
    inflow: Inflow, building: EscrowBuilding, *, contract_no: str, buyer: str, kind: str, on: datetime.date, by: Actor
) -> Inflow:
    """Say for which contract pooled money came. Needs `funds.handle`. Raises AnjuError `funds.attributed_already`."""
    with acting("attribute_inflow", building, by=by, permission="funds.handle") as entry:
        inflow.refresh_from_db()
        if inflow.building_id is not None or inflow.reversed_on is not None or inflow.agreement_id != building.agreement_id:
            raise AnjuError.of("funds.attributed_already", "这笔款项已经归集或红冲，或不属于该账户。", advice="请刷新后核对。")
        require_live(building)
        name = f"attribute:{inflow.pk}"
        change = overflow_change(building, inflow.amount_fen)
        post(
            [
                Move(
                    building.agreement.pool_account_id, building.held_account_id, inflow.amount_fen, kinds.ATTRIBUTION, on, name,
                    subject=f"funds_inflow:{inflow.pk}", memo=f"合同{contract_no}",
                ),
                *allowance_change(building, change, on, name),
            ],
            names=names_of(building),
        )  # fmt: skip
        inflow.building, inflow.contract_no, inflow.buyer, inflow.kind, inflow.attributed_on = building, contract_no, buyer, kind, on
        inflow.save()
        entry.data = {"inflow": inflow.pk, "contract_no": contract_no}
    return inflow


def reverse_inflow(inflow: Inflow, *, on: datetime.date, by: Actor, reason: str) -> Inflow:
    """The bank took the money back (红冲): a further transfer undoes the first. Needs `funds.approve`.

    Refused when the money has been spent meanwhile, or part of it refunded.
    """
    about = inflow.building or inflow.agreement
    with acting("reverse_inflow", about, by=by, permission="funds.approve", reason=reason) as entry:
        inflow.refresh_from_db()
        if inflow.reversed_on is not None or inflow.refunded.exists():
            raise AnjuError.of("funds.reversed_already", "这笔款项已经红冲或已有退款。", advice="请刷新后核对。")
        if inflow.building is not None and inflow.transfer_id and not _went_straight(inflow):
            raise AnjuError.of("funds.attributed_already", "由不明进账归集的款项请先退回不明进账。", advice="请联系银行核实。")
        credit = inflow.building.held_account_id if inflow.building else inflow.agreement.pool_account_id
        name = f"reverse:{inflow.pk}"
        moves = [
            Move(
                credit, inflow.agreement.bank_account_id, inflow.amount_fen, "accounts.reversal", on, name,
                subject=f"funds_inflow:{inflow.pk}", memo=reason[:200], authority=f"银行红冲 {inflow.serial_no}"[:120],
                reverses=inflow.transfer_id,
            )
        ]  # fmt: skip
        if inflow.building is not None:
            moves += allowance_change(
                inflow.building, overflow_change(inflow.building, -inflow.amount_fen), on, name, document=reason[:120]
            )
        post(moves)
        inflow.reversed_on = on
        inflow.save(update_fields=["reversed_on"])
        entry.data = {"inflow": inflow.pk}
    return inflow


def credit_interest(agreement: Agreement, amount_fen: int, *, on: datetime.date, serial_no: str, by: Actor) -> int:
    """Interest the bank paid on the account; it is kept apart from the buildings' money. Needs `funds.handle`. Returns the transfer."""
    with acting("credit_interest", agreement, by=by, permission="funds.handle") as entry:
        made = post(
            [
                Move(
                    agreement.bank_account_id, agreement.interest_account_id, amount_fen, kinds.INTEREST_IN, on,
                    f"interest:{agreement.pk}:{serial_no}", subject=f"funds_agreement:{agreement.pk}", memo=f"利息 流水号{serial_no}",
                )
            ]
        )  # fmt: skip
        entry.data = {"transfer": made.id, "amount_fen": amount_fen}
    return made.id


def _in(agreement: Agreement, credit: int, payment: Payment, key: str, subject: str) -> Move:
    return Move(
        agreement.bank_account_id, credit, payment.amount_fen, kinds.INFLOW, payment.received_on, key, subject=subject,
        memo=f"购房款 流水号{payment.serial_no}",
    )  # fmt: skip


def _inflow(agreement: Agreement, payment: Payment, transfer: int) -> Inflow:
    return Inflow(
        agreement=agreement,
        amount_fen=payment.amount_fen,
        received_on=payment.received_on,
        source=payment.source,
        serial_no=payment.serial_no,
        payer=payment.payer,
        payer_tail=payment.payer_tail[-4:],
        transfer_id=transfer,
        region_code=agreement.region_code,
        bureau_id=agreement.bureau_id,
    )


def _save(inflow: Inflow) -> None:
    well_formed(inflow, "source", "serial_no", "payer")
    inflow.save(force_insert=True)


def _key(agreement: Agreement, payment: Payment) -> str:
    return f"inflow:{agreement.pk}:{payment.source}:{payment.serial_no}"[:100]


def _went_straight(inflow: Inflow) -> bool:
    return inflow.attributed_on == inflow.received_on
