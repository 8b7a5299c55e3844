"""Writing a kept book whose rows are the rows of one table: new ones entered, given fields of those that are there corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

import polars as pl
from django.db.models import Model

from anju.kernel.crypto.fields import hex_cells
from anju.kernel.database.bulk import draw_ids, insert_rows, update_rows
from anju.kernel.ledgers.keeping import Intake

Terms = Mapping[str, Mapping[str, pl.Expr]]


def writing(
    table: str,
    terms: Terms,
    told_clearly: Callable[[], AbstractContextManager[None]],
    *,
    sealed: Mapping[str, tuple[type[Model], str]] | None = None,
    fixed: Mapping[str, pl.Expr] | None = None,
) -> Callable[[Intake], list[int]]:
    """How a book is written into `table`. `terms`: field of the book -> its columns and how each is written.

    `told_clearly`: the slice's words for what the database refuses. `sealed`: personal fields, as in the keeper. `fixed`: columns that
    every new row has beside them.
    """

    def columns(rows: pl.DataFrame, given: tuple[str, ...]) -> dict[str, pl.Expr | pl.Series]:
        found: dict[str, pl.Expr | pl.Series] = {column: term for field in given for column, term in terms.get(field, {}).items()}
        for field, (model, name) in (sealed or {}).items():
            if field in given:
                found[name] = pl.Series(name, hex_cells(model, name, rows[field].to_list()), dtype=pl.String)
        return found

    def write(intake: Intake) -> list[int]:
        new, changing = intake.new, intake.changing
        ids = draw_ids(table, new.height)
        with told_clearly():
            if new.height:
                place = {"bureau_id": pl.lit(intake.bureau_id), "batch_id": pl.lit(intake.batch_id, pl.Int64), **(fixed or {})}
                every = (*terms, *(sealed or {}))
                insert_rows(table, new.select(pl.Series("id", ids), "region_code", "origin", **columns(new, every), **place))
            if changing.height:
                given = columns(changing, intake.given)
                update_rows(table, changing.select(id="existing", **given), also="version = r.version + 1, updated_at = now()")
        return [*ids, *changing["existing"].to_list()]

    return write
