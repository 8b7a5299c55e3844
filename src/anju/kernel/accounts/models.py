"""The models of this room, gathered where Django looks for them."""

from __future__ import annotations

from anju.kernel.accounts.books import Account, Balance, Book, ClosedPeriod, DayTotal, Floor
from anju.kernel.accounts.reconciling.models import BankLine, BankStatement, Difference, Match, MatchedLine, MatchedTransfer, Reconciliation
from anju.kernel.accounts.transfers import Transfer

__all__ = [
    "Account",
    "Balance",
    "BankLine",
    "BankStatement",
    "Book",
    "ClosedPeriod",
    "DayTotal",
    "Difference",
    "Floor",
    "Match",
    "MatchedLine",
    "MatchedTransfer",
    "Reconciliation",
    "Transfer",
]
