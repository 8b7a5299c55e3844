"""Verbs of the market. Other slices call these and `queries`, nothing else."""

from anju.domains.market.actions.cancelling import cancel_contract
from anju.domains.market.actions.certifying import Query, issue_certificate, void_certificate
from anju.domains.market.actions.changing import change_contract
from anju.domains.market.actions.developers import add_developer, authorise_operator, end_operator, resume_developer, suspend_developer
from anju.domains.market.actions.eligibility import enter_eligibility
from anju.domains.market.actions.filing import file_contract, register_title
from anju.domains.market.actions.permits import Conditions, apply_for_permit, cover_units, end_permit, issue_permit, refuse_permit
from anju.domains.market.actions.pricing import PriceLine, file_prices
from anju.domains.market.actions.resale import (
    House,
    Sale,
    cancel_resale,
    check_house,
    end_house_check,
    file_resale,
    register_resale,
    sign_resale,
)
from anju.domains.market.actions.reserving import release_reservation, reserve_unit
from anju.domains.market.actions.signing import check_offer, sign_contract

__all__ = [
    "Conditions",
    "House",
    "PriceLine",
    "Query",
    "Sale",
    "add_developer",
    "apply_for_permit",
    "authorise_operator",
    "cancel_contract",
    "cancel_resale",
    "change_contract",
    "check_house",
    "check_offer",
    "cover_units",
    "end_house_check",
    "end_operator",
    "end_permit",
    "enter_eligibility",
    "file_contract",
    "file_prices",
    "file_resale",
    "issue_certificate",
    "issue_permit",
    "refuse_permit",
    "register_resale",
    "register_title",
    "release_reservation",
    "reserve_unit",
    "resume_developer",
    "sign_contract",
    "sign_resale",
    "suspend_developer",
    "void_certificate",
]
