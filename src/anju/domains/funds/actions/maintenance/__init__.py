"""The verbs of maintenance funds: open an area and its units, deposit, hand over, vote, repair, interest, return."""

from anju.domains.funds.actions.maintenance.deposits import deposit, hand_over, open_area, open_unit, return_deposit, transfer_title
from anju.domains.funds.actions.maintenance.interest import run_interest
from anju.domains.funds.actions.maintenance.repairs import (
    Proposal,
    accept_repair,
    approve_repair,
    cast_ballots,
    close_repair,
    pay_repair,
    propose_repair,
    refuse_repair,
)  # fmt: skip

__all__ = [
    "Proposal",
    "accept_repair",
    "approve_repair",
    "cast_ballots",
    "close_repair",
    "deposit",
    "hand_over",
    "open_area",
    "open_unit",
    "pay_repair",
    "propose_repair",
    "refuse_repair",
    "return_deposit",
    "run_interest",
    "transfer_title",
]
