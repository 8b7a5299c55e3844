"""What the market asks of supervised funds: a refund in the transaction that cancels (CT-11), a permit only with an agreement (PF-01)."""

from __future__ import annotations

from dataclasses import replace

from anju.domains.funds import actions, queries
from anju.domains.market import hooks
from anju.domains.market.models import Contract, Permit
from anju.kernel.access.actor import Actor
from anju.kernel.errors import Problem


def bring() -> None:
    """Follow the market."""
    hooks.follow("cancelled", refund)
    hooks.add_permit_condition(escrow_stands)


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


def escrow_stands(permit: Permit) -> list[Problem]:
    """PF-01: what a pre-sale permit lacks of its escrow. The trigger `permit_has_live_escrow` holds the same."""
    if permit.kind != Permit.Kind.PRESALE or not permit.agreement or not permit.escrow_account:
        return []  # an empty one is the market's own refusal
    found = queries.agreement_in_force(permit.agreement, permit.bureau_id)
    if found is None:
        return [
            Problem(
                "funds.no_live_agreement", "监管协议", f"没有生效的监管协议“{permit.agreement}”。",
                "请先在预售资金监管中登记三方监管协议，或核对协议编号。",
            )
        ]  # fmt: skip
    if found.account_no != permit.escrow_account:
        return [
            Problem(
                "funds.other_account", "监管账户", f"协议“{found.agreement_no}”的监管账号尾号是{found.account_no[-4:]}，与申请的不同。",
                "请核对监管账号。",
            )
        ]  # fmt: skip
    return []
