"""Personal fields of a ledger at rest: an encrypted cell in the field's column, its blind index in `<field>_index` beside it.

In memory (checked rows, records, pages) a personal field is plain text, as every text; this is where the two meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl
from psycopg.sql import SQL, Composed, Identifier

from anju.kernel.crypto import blind, bulk, cells, using
from anju.kernel.crypto.cells import Column
from anju.kernel.crypto.kinds import Kind, kind_of
from anju.kernel.ledgers.declaration import Field, Ledger
from anju.kernel.privacy.places import Place

KINDS = {"resident_id": "resident_id", "phone": "phone", "bank_card": "bank_account"}
PERMISSION = "ledgers.view"


def kind(field: Field) -> Kind:
    """What sort of personal data a field holds."""
    return kind_of(KINDS[field.type])


def cell(ledger: Ledger, field: Field) -> Column:
    """Where the values of a field live: the column of the ledger's own table, or the one its keeper reads it from."""
    return ledger.keeper.cell_of(field.name) if ledger.kept else Column(f"{ledger.table}.{field.column}", kind(field))


def index_column(field: Field) -> str:
    """The column of the blind index."""
    return f"{field.column}_index"


def index_of(field: Field, value: str) -> bytes:
    """The blind index of a value of this field."""
    return blind.index_of(using.ring(), kind(field), value)


def index_in_cell(column: Composed | Identifier) -> Composed:
    """The blind index inside a cell, in SQL."""
    return SQL("substring({} from {} for {})").format(column, SQL(str(cells.INDEX_FROM)), SQL(str(blind.BYTES)))


def personal_of(ledger: Ledger) -> list[Field]:
    """The personal fields of a ledger."""
    return [one for one in ledger.fields if one.personal]


def sealed(ledger: Ledger, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as COPY takes it: personal columns as cells, written as bytea is (`\\x…`)."""
    return frame.with_columns(
        pl.Series(one.name, bulk.seal_many(using.ring(), cell(ledger, one), frame[one.name].to_list()), dtype=pl.Binary).bin.encode("hex")
        for one in personal_of(ledger)
    ).with_columns(("\\x" + pl.col(one.name)).alias(one.name) for one in personal_of(ledger))


def unsealed(column: Column, stored: Sequence[Any]) -> list[str | None]:
    """The values of stored cells."""
    return bulk.unseal_many(using.ring(), column, stored)


def with_values(ledger: Ledger, names: Sequence[str], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows as they came from the database, with the personal fields among their columns `names` in the clear."""
    open_at = {names.index(one.name): cell(ledger, one) for one in personal_of(ledger) if one.name in names}
    if not open_at or not rows:
        return rows
    columns = list(zip(*rows, strict=True))
    for place, column in open_at.items():
        columns[place] = tuple(unsealed(column, columns[place]))
    return list(zip(*columns, strict=True))


def places(ledgers: Iterable[Ledger]) -> Iterator[Place]:
    """The encrypted columns of these ledgers' own tables, for reading one in full and for new keys; keepers' models tell theirs."""
    for ledger in ledgers:
        for one in personal_of(ledger):
            if not ledger.kept:
                yield Place(ledger.table, one.column, "id", one.label, cell(ledger, one), PERMISSION)
