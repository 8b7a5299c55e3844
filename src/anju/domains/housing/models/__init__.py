"""Records of housing security, gathered where Django looks for them."""

from __future__ import annotations

from anju.domains.housing.models.agreements import Agreement
from anju.domains.housing.models.applications import Application
from anju.domains.housing.models.bank import BankFile, BankResult
from anju.domains.housing.models.batches import Budget, PaymentBatch
from anju.domains.housing.models.benefits import BenefitMonth
from anju.domains.housing.models.decisions import Decision, RuleVersion, SubsidyRun, SubsidyRunRow
from anju.domains.housing.models.households import Household, Member, PriorityGroup, Sanction, TierPeriod
from anju.domains.housing.models.leases import (
    DepositSettlement,
    ExitGround,
    HomeVisit,
    Lease,
    LeaseReview,
    OccupancyCount,
    Renewal,
    RentBill,
    RentReceipt,
    RentShare,
    SecurityExit,
)
from anju.domains.housing.models.letting import LettingProject, LettingUnit, WaitlistEntry
from anju.domains.housing.models.means import Asset, Holding, Income
from anju.domains.housing.models.online import OnlinePerson, OnlineRequest
from anju.domains.housing.models.payments import Payment
from anju.domains.housing.models.purchases import PurchaseSubsidy, Tranche
from anju.domains.housing.models.recognition import RecognisedUnit, RecognitionLetter
from anju.domains.housing.models.rounds import Allocation, Candidate, Draw, Intention, Place, Pool, Round, RoundGroup, RoundUnit

__all__ = [
    "Agreement",
    "Allocation",
    "Application",
    "Asset",
    "BankFile",
    "BankResult",
    "BenefitMonth",
    "Budget",
    "Candidate",
    "Decision",
    "DepositSettlement",
    "Draw",
    "ExitGround",
    "Holding",
    "HomeVisit",
    "Household",
    "Income",
    "Intention",
    "Lease",
    "LeaseReview",
    "LettingProject",
    "LettingUnit",
    "Member",
    "OccupancyCount",
    "OnlinePerson",
    "OnlineRequest",
    "Payment",
    "PaymentBatch",
    "Place",
    "Pool",
    "PriorityGroup",
    "PurchaseSubsidy",
    "RecognisedUnit",
    "RecognitionLetter",
    "Renewal",
    "RentBill",
    "RentReceipt",
    "RentShare",
    "Round",
    "RoundGroup",
    "RoundUnit",
    "RuleVersion",
    "Sanction",
    "SecurityExit",
    "SubsidyRun",
    "SubsidyRunRow",
    "TierPeriod",
    "Tranche",
    "WaitlistEntry",
]
