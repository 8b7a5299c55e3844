"""The verbs of supervised funds. One function, one transaction, one journal entry; `key` where a client may retry.

Escrow: `sign_agreement`, `add_building`, `add_payee`, `set_quota`, `reach_node`, `swap_guarantee`, `end_guarantee`, `change_grade`,
`suspend`, `resume`, `freeze_by_court`, `lift_freeze`, `change_account`, `release_building`, `draw_released`. Money in and back:
`receive_for_contract`, `receive_unattributed`, `attribute_inflow`, `reverse_inflow`, `credit_interest`, `refund_for_cancellation`,
`pay_refund`. Out: `apply_withdrawal`, `approve_withdrawal`, `pay_withdrawal`, `return_withdrawal`.
Maintenance funds: `actions.maintenance`. Special loans: `actions.loans`. Project capital: `actions.capital`.
"""

from anju.domains.funds.actions.agreements import add_building, add_payee, change_account, resume, sign_agreement, suspend
from anju.domains.funds.actions.freezing import freeze_by_court, lift_freeze
from anju.domains.funds.actions.inflows import attribute_inflow, credit_interest, receive_for_contract, receive_unattributed, reverse_inflow
from anju.domains.funds.actions.limits import change_grade, end_guarantee, reach_node, set_quota, swap_guarantee
from anju.domains.funds.actions.refunds import pay_refund, refund_for_cancellation
from anju.domains.funds.actions.releasing import draw_released, release_building
from anju.domains.funds.actions.withdrawals import apply_withdrawal, approve_withdrawal, pay_withdrawal, return_withdrawal

__all__ = [
    "add_building",
    "add_payee",
    "apply_withdrawal",
    "approve_withdrawal",
    "attribute_inflow",
    "change_account",
    "change_grade",
    "credit_interest",
    "draw_released",
    "end_guarantee",
    "freeze_by_court",
    "lift_freeze",
    "pay_refund",
    "pay_withdrawal",
    "reach_node",
    "receive_for_contract",
    "receive_unattributed",
    "refund_for_cancellation",
    "release_building",
    "resume",
    "return_withdrawal",
    "reverse_inflow",
    "set_quota",
    "sign_agreement",
    "suspend",
    "swap_guarantee",
]
