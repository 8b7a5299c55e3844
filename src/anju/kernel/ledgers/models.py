"""The models of this room, gathered where Django looks for them."""

from __future__ import annotations

from anju.kernel.ledgers.batches import ColumnMapping, ImportBatch
from anju.kernel.ledgers.definitions import ClosedPeriod, LedgerDefinition

__all__ = ["ClosedPeriod", "ColumnMapping", "ImportBatch", "LedgerDefinition"]
