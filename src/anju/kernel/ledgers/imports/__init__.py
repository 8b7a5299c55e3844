"""Workbooks into ledgers: prepared, looked at, then confirmed in one action or thrown away.

A file is read and checked into a pending batch whose rows lie staged beside the database; nothing enters the ledger before somebody
confirms, and then everything does in one transaction.
"""

from anju.kernel.ledgers.imports.confirm import confirm_import, discard_import
from anju.kernel.ledgers.imports.prepare import prepare_import, remap
from anju.kernel.ledgers.imports.preview import Issue, PreviewCell, PreviewRow, batches, get_batch, issues, preview
from anju.kernel.ledgers.imports.reject import rejected_workbook

__all__ = [
    "Issue",
    "PreviewCell",
    "PreviewRow",
    "batches",
    "confirm_import",
    "discard_import",
    "get_batch",
    "issues",
    "prepare_import",
    "preview",
    "rejected_workbook",
    "remap",
]
