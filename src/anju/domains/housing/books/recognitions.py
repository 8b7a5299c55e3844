"""保障性租赁住房项目认定台账: letters, with the number of homes they raise."""

from __future__ import annotations

import polars as pl

from anju.domains.housing.refusals import told_clearly
from anju.kernel.ledgers.keeping import Keeper, keep
from anju.kernel.ledgers.plain import writing

TABLE = "housing_recognitionletter"
COLUMNS = {
    "recognition_no": "letter_no",
    "project": "project",
    "owner": "owner",
    "way": "way",
    "units": "units",
    "recognised_on": "issued_on",
    "source": "source",
    "rooms": "rooms",
    "area": "area",
    "valid_to": "valid_to",
    "stage": "stage",
}
EMPTY = {"source": "", "stage": "raised"}


TERMS = {field: {column: pl.col(field).fill_null(EMPTY[field]) if field in EMPTY else pl.col(field)} for field, column in COLUMNS.items()}
"""Letters of former years, or what the book says of one; the list of homes is kept where a letter is issued."""

keep(
    Keeper(
        ledger="affordable_rental_project",
        table=TABLE,
        columns={field: "nullif(t.source, '')" if field == "source" else column for field, column in COLUMNS.items()},
        write=writing(TABLE, TERMS, told_clearly),
    )
)
