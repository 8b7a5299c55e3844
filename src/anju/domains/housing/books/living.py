"""公共租赁住房入住情况台账 and 保障对象退出台账: the yearly count of who lives where, and who left."""

from __future__ import annotations

import polars as pl

from anju.domains.housing.books.voiding import voiding
from anju.domains.housing.models import Household
from anju.domains.housing.refusals import told_clearly
from anju.kernel.database.bulk import draw_ids, insert_rows, update_rows
from anju.kernel.ledgers.keeping import Intake, Keeper, keep

COUNT, EXIT = "housing_occupancycount", "housing_securityexit"
COUNTED = ("estate", "units", "occupied", "persons", "counted_on")
LEFT = ("exit_no", "household_no", "head", "kind", "reason", "exited_on")


def write_counts(intake: Intake) -> list[int]:
    """Enter counts of former years, or correct those of a book."""
    return _write(intake, COUNT, COUNTED)


def write_exits(intake: Intake) -> list[int]:
    """Enter exits of former years, or correct those of a book; a household that is on record is named."""
    return _write(intake, EXIT, LEFT)


def _write(intake: Intake, table: str, fields: tuple[str, ...]) -> list[int]:
    new = intake.new
    ids = draw_ids(table, new.height)
    with told_clearly():
        if new.height:
            fixed = {"bureau_id": pl.lit(intake.bureau_id), "batch_id": pl.lit(intake.batch_id, pl.Int64)}
            rows = new.select(pl.Series("id", ids), "region_code", "origin", *fields, **fixed)
            insert_rows(table, _named(rows, intake.bureau_id) if table == EXIT else rows)
        if intake.changing.height:
            given = [name for name in fields if name in intake.given]
            rows = intake.changing.select("existing", *given).rename({"existing": "id"})
            if "household_no" in given:
                rows = _named(rows, intake.bureau_id)
            update_rows(table, rows, also="version = r.version + 1, updated_at = now()")
    return [*ids, *intake.changing["existing"].to_list()]


def _named(rows: pl.DataFrame, bureau_id: int) -> pl.DataFrame:
    known = dict(
        Household.objects.filter(bureau_id=bureau_id, household_no__in=set(rows["household_no"].to_list())).values_list(
            "household_no", "pk"
        )
    )
    return rows.with_columns(pl.Series("household_id", [known.get(number) for number in rows["household_no"]], dtype=pl.Int64))


keep(
    Keeper(ledger="public_rental_occupancy", table=COUNT, columns={name: name for name in COUNTED}, write=write_counts, void=voiding(COUNT))
)
keep(Keeper(ledger="security_exit", table=EXIT, columns={name: name for name in LEFT}, write=write_exits, void=voiding(EXIT)))
