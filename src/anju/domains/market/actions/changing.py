"""Change what may be changed of a contract (变更备案): how it is paid, the bank, the delivery day. Never price, unit or buyer (CT-09)."""

from __future__ import annotations

from datetime import date
from typing import Any

from anju.domains.market import hooks
from anju.domains.market.actions.filing import locked, require_state
from anju.domains.market.models import Contract, ContractChange, Instalment
from anju.domains.market.offers import Payment
from anju.domains.market.refusals import check_now, told_clearly
from anju.domains.property import queries as property_queries
from anju.domains.property.stages import MORTGAGES, Limit
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action

_TEXTS = ("pay_way", "loan_bank")


def change_contract(
    contract_id: int, *, payment: Payment | None = None, delivery_on: date | None = None, document: str, on: date, by: Actor
) -> Contract:
    """File a change agreement. Needs `market.file`. Raises AnjuError `market.change_barred` under advance notice or filed mortgage."""
    by.require("market.file")
    if not document.strip():
        raise AnjuError.of("market.no_document", "没有写变更协议。", where="变更协议", advice="请填写协议编号。")
    with told_clearly(), action("market.change_contract", by=by, subject=f"market_contract:{contract_id}", reason=document) as entry:
        contract = locked(contract_id)
        require_state(contract, Contract.State.SIGNED, Contract.State.FILED)
        _require_free(contract, by)
        before = _terms(contract)
        if payment is not None:
            _pay_otherwise(contract, payment)
        if delivery_on is not None:
            contract.delivery_on = delivery_on
        contract.save(update_fields=["pay_way", "loan_bank", "first_fen", "loan_fen", "later_fen", "delivery_on"])
        after = _terms(contract)
        if before == after:
            raise AnjuError.of("market.nothing_changed", "没有改动任何约定。", advice="请核对要变更的内容。")
        ContractChange.objects.create(
            contract=contract, on=on, document=document.strip()[:80], before=before, after=after,
            region_code=contract.region_code, bureau_id=contract.bureau_id,
        )  # fmt: skip
        check_now("adds_up", "alone")
        entry.data = {"fields": [name for name in after if after[name] != before[name]]}
        hooks.tell("changed", contract, by)
    return contract


def _require_free(contract: Contract, by: Actor) -> None:
    if contract.unit_id is None:
        return
    limits = set(property_queries.unit(contract.unit_id, by.scope).limits)
    held = limits & ({Limit.ADVANCE_NOTICE} | MORTGAGES)
    if held:
        names = "、".join(str(Limit(one).label) for one in sorted(held))
        raise AnjuError.of("market.change_barred", f"户室有{names}，不能变更合同。", advice="请先注销预告登记、解除抵押或取得银行同意。")


def _pay_otherwise(contract: Contract, payment: Payment) -> None:
    contract.pay_way, contract.loan_bank = payment.way, payment.loan_bank.strip()[:80]
    contract.first_fen, contract.loan_fen, contract.later_fen = payment.first_fen, payment.loan_fen, payment.later_fen
    Instalment.objects.filter(contract=contract).delete()
    Instalment.objects.bulk_create(
        [
            Instalment(contract=contract, due_on=due, amount_fen=amount, region_code=contract.region_code, bureau_id=contract.bureau_id)
            for due, amount in payment.instalments
        ]
    )


def _terms(contract: Contract) -> dict[str, Any]:
    return {
        "pay_way": contract.pay_way,
        "loan_bank": contract.loan_bank,
        "first_fen": contract.first_fen,
        "loan_fen": contract.loan_fen,
        "later_fen": contract.later_fen,
        "delivery_on": contract.delivery_on.isoformat() if contract.delivery_on else None,
    }
