"""Records of housing security, gathered where Django looks for them."""

from __future__ import annotations

from anju.domains.housing.models.agreements import Agreement
from anju.domains.housing.models.applications import Application
from anju.domains.housing.models.bank import BankFile, BankResult
from anju.domains.housing.models.batches import Budget, PaymentBatch
from anju.domains.housing.models.benefits import BenefitMonth
from anju.domains.housing.models.decisions import Decision, RuleVersion, SubsidyRun, SubsidyRunRow
from anju.domains.housing.models.households import Household, Member, PriorityGroup, Sanction, TierPeriod
from anju.domains.housing.models.means import Asset, Holding, Income
from anju.domains.housing.models.payments import Payment
from anju.domains.housing.models.purchases import PurchaseSubsidy, Tranche
from anju.domains.housing.models.recognition import RecognisedUnit, RecognitionLetter

__all__ = [
    "Agreement",
    "Application",
    "Asset",
    "BankFile",
    "BankResult",
    "BenefitMonth",
    "Budget",
    "Decision",
    "Holding",
    "Household",
    "Income",
    "Member",
    "Payment",
    "PaymentBatch",
    "PriorityGroup",
    "PurchaseSubsidy",
    "RecognisedUnit",
    "RecognitionLetter",
    "RuleVersion",
    "Sanction",
    "SubsidyRun",
    "SubsidyRunRow",
    "TierPeriod",
    "Tranche",
]
