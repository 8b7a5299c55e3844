"""公共租赁住房房源台账: the homes that are let. What a lease or an allocation made of a home a book does not change."""

from __future__ import annotations

import polars as pl

from anju.domains.housing.refusals import told_clearly
from anju.kernel.database.bulk import draw_ids, insert_rows, update_rows
from anju.kernel.ledgers.keeping import Intake, Keeper, keep

TABLE = "housing_lettingunit"
FIELDS = ("unit_no", "estate", "building", "room", "floor", "layout", "area", "lift", "accessible", "state", "entered_on")
FLAGS = ("lift", "accessible")


def write(intake: Intake) -> list[int]:
    """Enter homes, vacant unless the row says otherwise; the state of a home that is there moves along its table only."""
    new = intake.new
    ids = draw_ids(TABLE, new.height)
    terms = {field: pl.col(field) for field in FIELDS}
    terms |= {field: pl.col(field).eq_missing("present") for field in FLAGS} | {"state": pl.col("state").fill_null("vacant")}
    with told_clearly():
        if new.height:
            fixed = {"bureau_id": pl.lit(intake.bureau_id), "batch_id": pl.lit(intake.batch_id, pl.Int64)}
            insert_rows(TABLE, new.select(pl.Series("id", ids), "region_code", "origin", **terms, **fixed))
        if intake.changing.height:
            given = {field: term for field, term in terms.items() if field in intake.given}
            update_rows(TABLE, intake.changing.select(id="existing", **given), also="version = r.version + 1, updated_at = now()")
    return [*ids, *intake.changing["existing"].to_list()]


def _column(field: str) -> str:
    return f"CASE WHEN t.{field} THEN 'present' ELSE 'absent' END" if field in FLAGS else field


keep(Keeper(ledger="letting_unit", table=TABLE, columns={field: _column(field) for field in FIELDS}, write=write))
