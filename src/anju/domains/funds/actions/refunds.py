"""Money back after a contract is cancelled (退房退款): to the original payers, lenders first; before anything the developer wants."""

from __future__ import annotations

import datetime

from django.db.models import Sum
from django.db.models.functions import Coalesce

from anju.domains.funds import kinds
from anju.domains.funds.actions.holding import acting, allowance_change, names_of, overflow_change
from anju.domains.funds.models import EscrowBuilding, Inflow, Refund, RefundPart
from anju.domains.funds.rules import escrow
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.accounts import queries as accounts
from anju.kernel.accounts.money import yuan
from anju.kernel.accounts.posting import Ending, Move, post
from anju.kernel.errors import AnjuError


def refund_for_cancellation(
    contract_no: str, *, document: str, on: datetime.date, by: Actor, amount_fen: int | None = None, key: str | None = None
) -> Refund | None:
    """Open the refund of a cancelled contract and reserve it: all that came in for it, or `amount_fen`. None when nothing came in.

    `document`: the cancellation. Needs `funds.handle`. A refund passes what must stay (PF-05) and frozen money (PF-19).
    Raises AnjuError `funds.refund_above_inflow` (PF-12), `accounts.overdrawn` when the money has been spent.
    """
    by.require("funds.handle")
    with using_scope(by.scope):
        building = EscrowBuilding.objects.filter(inflows__contract_no=contract_no, inflows__reversed_on=None).order_by("pk").first()
    if building is None:
        return None
    with acting(
        "refund", building, by=by, permission="funds.handle", key=key or f"refund:{contract_no}:{document}"[:120], reason=document
    ) as entry:
        if entry.repeated:
            return Refund.objects.get(pk=entry.data["refund"])
        came = _came(building, contract_no)
        amount = sum(one.left_fen for one in came) if amount_fen is None else amount_fen
        parts = escrow.refund_parts(amount, came) if amount > 0 else None
        if not parts:
            left = sum(one.left_fen for one in came)
            raise AnjuError.of(
                "funds.refund_above_inflow",
                f"合同{contract_no}可退{yuan(left)}，申请退{yuan(amount)}。",
                where="退款金额",
                advice="请核对。",
            )
        refund = _reserve(building, contract_no, parts, amount, document, on)
        entry.subject, entry.data = f"funds_refund:{refund.pk}", {"refund": refund.pk, "contract_no": contract_no, "amount_fen": amount}
    return refund


def pay_refund(refund: Refund, *, on: datetime.date, serial_no: str, by: Actor) -> Refund:
    """The bank has paid every part back: post them. Needs `funds.handle`. The receipt twice is once."""
    key = f"refunded:{refund.pk}"
    with acting("pay_refund", refund.building, by=by, permission="funds.handle", key=key) as entry:
        refund.refresh_from_db()
        if entry.repeated:
            return refund
        if refund.state != Refund.State.APPLIED:
            raise AnjuError.of("funds.wrong_state", "这笔退款已经退付。", advice="请刷新后核对。")
        first = refund.parts.order_by("pk").first()
        assert first is not None
        waiting = [one for one in accounts.chain_of(first.transfer_id) if one.kind == "pending"]
        post([Ending(one.pk, "post", on, f"{key}:{number}", memo=f"流水号{serial_no}") for number, one in enumerate(waiting)])
        refund.state, refund.paid_on = Refund.State.PAID, on
        refund.save()
        entry.subject, entry.data = f"funds_refund:{refund.pk}", {"refund": refund.pk}
    return refund


def _came(building: EscrowBuilding, contract_no: str) -> list[escrow.Paid]:
    rows = (
        Inflow.objects.filter(building=building, contract_no=contract_no, reversed_on=None)
        .annotate(back=Coalesce(Sum("refunded__amount_fen"), 0))
        .order_by("received_on", "pk")
    )
    return [escrow.Paid(row.pk, row.amount_fen, row.back, row.is_loan) for row in rows]


def _reserve(
    building: EscrowBuilding, contract_no: str, parts: list[tuple[int, int]], amount: int, document: str, on: datetime.date
) -> Refund:
    place = {"region_code": building.region_code, "bureau_id": building.bureau_id}
    change = overflow_change(building, -amount)
    refund = Refund.objects.create(
        agreement=building.agreement,
        building=building,
        contract_no=contract_no,
        amount_fen=amount,
        document=document,
        applied_on=on,
        **place,
    )
    name = f"refund:{refund.pk}"
    moves = [
        Move(
            building.held_account_id, building.agreement.bank_account_id, fen, kinds.REFUND, on, f"{name}:{inflow}",
            subject=f"funds_refund:{refund.pk}", memo=f"退房退款 合同{contract_no}", pending=True, authority=document[:120],
        )
        for inflow, fen in parts
    ]  # fmt: skip
    moves += allowance_change(building, change, on, name, document=document[:120], pending=True)
    made = post(moves, names=names_of(building))
    RefundPart.objects.bulk_create(
        RefundPart(refund=refund, inflow_id=inflow, position=position, amount_fen=fen, transfer_id=transfer, **place)
        for position, ((inflow, fen), transfer) in enumerate(zip(parts, made.ids, strict=False), start=1)
    )
    return refund
