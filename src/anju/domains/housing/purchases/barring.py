"""A contract whose purchase subsidy was paid and not returned is not cancelled (RB-13)."""

from __future__ import annotations

from anju.domains.housing import queries
from anju.domains.market import hooks
from anju.domains.market.models import Contract
from anju.kernel.errors import Problem


def register() -> None:
    """Stand against cancelling."""
    hooks.add_cancel_barrier(unreturned)


def unreturned(contract: Contract) -> list[Problem]:
    """What stands against it: a subsidy paid for this contract."""
    held = queries.unreturned_purchase_subsidy(contract.contract_no, contract.bureau_id)
    if held is None:
        return []
    return [
        Problem(
            "housing.subsidy_not_returned", "购房补贴", f"合同{contract.contract_no}已领取购房补贴，没有退回。", "退回补贴后再注销合同。"
        )
    ]
