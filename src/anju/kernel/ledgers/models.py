"""The models of this room, gathered where Django looks for them."""

from __future__ import annotations

from anju.kernel.ledgers.definitions import ClosedPeriod, LedgerDefinition

__all__ = ["ClosedPeriod", "LedgerDefinition"]
