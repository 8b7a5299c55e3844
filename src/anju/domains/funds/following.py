"""When a contract is cancelled its refund is opened in the same transaction, or nothing is cancelled (CT-11)."""

from __future__ import annotations

from dataclasses import replace

from anju.domains.funds import actions
from anju.domains.market import hooks
from anju.domains.market.models import Contract
from anju.kernel.access.actor import Actor


def bring() -> None:
    """Follow the market."""
    hooks.follow("cancelled", refund)


def refund(contract: Contract, by: Actor) -> None:
    """Reserve all that came in for the contract for its buyer; nothing when nothing came in.

    Whoever may cancel need not be allowed to handle funds: the refund is the law's consequence of cancelling, not a decision of theirs.
    """
    if contract.cancelled_on is None:
        return
    handling = replace(by, permissions=by.permissions | {"funds.handle"})
    actions.refund_for_cancellation(
        contract.contract_no, document=contract.cancel_document or f"注销{contract.contract_no}", on=contract.cancelled_on, by=handling
    )
