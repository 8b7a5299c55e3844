"""The workbook reader: any office table file in, typed nowhere, every cell still at its place.

`read_workbook` is the one thing other rooms call. It knows no ledger: what it looks for is said by `Wanted` columns.
"""

from anju.kernel.ledgers.workbook.grids import Grid
from anju.kernel.ledgers.workbook.limits import Limits
from anju.kernel.ledgers.workbook.reading import Reading, Table, read_grids, read_workbook
from anju.kernel.ledgers.workbook.wanted import Wanted

__all__ = ["Grid", "Limits", "Reading", "Table", "Wanted", "read_grids", "read_workbook"]
