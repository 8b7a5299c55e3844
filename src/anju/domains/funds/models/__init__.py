"""Other people's money: escrow of pre-sales, maintenance funds, special loans, project capital."""

from anju.domains.funds.models.capital import ProjectCapital
from anju.domains.funds.models.escrow import Agreement, CourtFreeze, EscrowBuilding, GradeChange, Guarantee, NodeEvidence, QuotaVersion
from anju.domains.funds.models.loan import LoanArrival, LoanPayment, SpecialLoan
from anju.domains.funds.models.maintenance import (
    Ballot,
    FundArea,
    FundOwner,
    FundUnit,
    InterestRun,
    RepairPayment,
    RepairProject,
    RepairShare,
    UnitInterest,
)  # fmt: skip
from anju.domains.funds.models.movements import Inflow, Payee, Refund, RefundPart
from anju.domains.funds.models.withdrawal import Withdrawal

__all__ = [
    "Agreement",
    "Ballot",
    "CourtFreeze",
    "EscrowBuilding",
    "FundArea",
    "FundOwner",
    "FundUnit",
    "GradeChange",
    "Guarantee",
    "Inflow",
    "InterestRun",
    "LoanArrival",
    "LoanPayment",
    "NodeEvidence",
    "Payee",
    "ProjectCapital",
    "QuotaVersion",
    "Refund",
    "RefundPart",
    "RepairPayment",
    "RepairProject",
    "RepairShare",
    "SpecialLoan",
    "UnitInterest",
    "Withdrawal",
]
