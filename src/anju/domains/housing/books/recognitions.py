"""保障性租赁住房项目认定台账: letters, with the number of homes they raise."""

from __future__ import annotations

import polars as pl

from anju.domains.housing.refusals import told_clearly
from anju.kernel.database.bulk import draw_ids, insert_rows, update_rows
from anju.kernel.ledgers.keeping import Intake, Keeper, keep

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


def write(intake: Intake) -> list[int]:
    """Enter letters of former years, or change what the book says of one; the list of homes is kept where a letter is issued."""
    new = intake.new
    ids = draw_ids(TABLE, new.height)
    terms = {field: pl.col(field).fill_null(EMPTY[field]) if field in EMPTY else pl.col(field) for field in COLUMNS}
    with told_clearly():
        if new.height:
            fixed = {"bureau_id": pl.lit(intake.bureau_id), "batch_id": pl.lit(intake.batch_id, pl.Int64)}
            columns = {column: terms[field] for field, column in COLUMNS.items()}
            insert_rows(TABLE, new.select(pl.Series("id", ids), "region_code", "origin", **columns, **fixed))
        if intake.changing.height:
            given = {COLUMNS[field]: term for field, term in terms.items() if field in intake.given}
            update_rows(TABLE, intake.changing.select(id="existing", **given), also="version = r.version + 1, updated_at = now()")
    return [*ids, *intake.changing["existing"].to_list()]


keep(
    Keeper(
        ledger="affordable_rental_project",
        table=TABLE,
        columns={field: "nullif(t.source, '')" if field == "source" else column for field, column in COLUMNS.items()},
        write=write,
    )
)
