"""Who sells, what may be sold, and who has signed for it."""

from anju.domains.market.models.certificate import Certificate
from anju.domains.market.models.contract import CoBuyer, Contract, ContractChange, Instalment
from anju.domains.market.models.developer import Developer, Operator
from anju.domains.market.models.eligibility import Eligibility
from anju.domains.market.models.permit import FiledPrice, Permit, PermitUnit
from anju.domains.market.models.resale import HouseCheck, ResaleContract

__all__ = [
    "Certificate",
    "CoBuyer",
    "Contract",
    "ContractChange",
    "Developer",
    "Eligibility",
    "FiledPrice",
    "HouseCheck",
    "Instalment",
    "Operator",
    "Permit",
    "PermitUnit",
    "ResaleContract",
]
