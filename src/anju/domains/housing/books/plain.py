"""Writing a book whose rows are the rows of one table: new ones entered, given fields of those that are there corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from anju.domains.housing.refusals import told_clearly
from anju.kernel.database.bulk import draw_ids, insert_rows, update_rows
from anju.kernel.ledgers.keeping import Intake


def writing(table: str, terms: Mapping[str, tuple[str, pl.Expr]]) -> Callable[[Intake], list[int]]:
    """How a book is written into `table`. `terms`: field of the book -> its column and how its value is written."""

    def write(intake: Intake) -> list[int]:
        new = intake.new
        ids = draw_ids(table, new.height)
        with told_clearly():
            if new.height:
                fixed = {"bureau_id": pl.lit(intake.bureau_id), "batch_id": pl.lit(intake.batch_id, pl.Int64)}
                insert_rows(table, new.select(pl.Series("id", ids), "region_code", "origin", **dict(terms.values()), **fixed))
            if intake.changing.height:
                given = dict(term for field, term in terms.items() if field in intake.given)
                update_rows(table, intake.changing.select(id="existing", **given), also="version = r.version + 1, updated_at = now()")
        return [*ids, *intake.changing["existing"].to_list()]

    return write
