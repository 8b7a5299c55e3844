"""Personal fields of kept ledgers: encrypted in the slice's table, read here, looked up and counted by their blind index.

The view gives a cell as hexadecimal text. Its index stands in it (`crypto.cells`), so that equal values are found and counted without
opening any.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from psycopg.sql import SQL, Composable, Identifier, Literal

from anju.kernel.crypto import blind, cells
from anju.kernel.crypto.fields import indexes, unsealed
from anju.kernel.ledgers.declaration import Field, Ledger

INDEX = f"substring({{}} from {2 * cells.INDEX_FROM - 1} for {2 * blind.BYTES})"
"""The index in a cell written as hexadecimal text, as SQL."""


def sealed_fields(ledger: Ledger) -> list[str]:
    """The fields of a kept ledger that its keeper holds encrypted."""
    return [name for name in ledger.keeper.sealed if ledger.has(name)] if ledger.kept else []


def opened(ledger: Ledger, name: str, held: Sequence[str | None]) -> list[str | None]:
    """What stands in these cells of a sealed field."""
    model, field = ledger.keeper.sealed[name]
    return unsealed(model, field, [None if cell is None else bytes.fromhex(cell) for cell in held])


def open_records(ledger: Ledger, records: Sequence[Any]) -> None:
    """Put the values themselves into the sealed fields of these records of the ledger's model."""
    for name in sealed_fields(ledger):
        for record, value in zip(records, opened(ledger, name, [getattr(record, name) for record in records]), strict=True):
            setattr(record, name, value)


def open_rows(ledger: Ledger, names: Sequence[str], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The same for tuples whose places `names` says."""
    held = [name for name in sealed_fields(ledger) if name in names]
    if not held or not rows:
        return rows
    columns = list(zip(*rows, strict=True))
    for name in held:
        place = list(names).index(name)
        columns[place] = tuple(opened(ledger, name, columns[place]))
    return list(zip(*columns, strict=True))


def open_frame(ledger: Ledger, frame: pl.DataFrame) -> pl.DataFrame:
    """The same for a frame with a column per field."""
    names = [name for name in sealed_fields(ledger) if name in frame.columns]
    return frame.with_columns(pl.Series(name, opened(ledger, name, frame[name].to_list()), dtype=pl.String) for name in names)


def same_value(ledger: Ledger, field: Field, value: str) -> Composable:
    """The condition that a personal field has this value, by index where it is sealed."""
    name = Identifier(field.column)
    if field.name not in sealed_fields(ledger):
        return SQL("{} = {}").format(name, Literal(value))
    model, held = ledger.keeper.sealed[field.name]
    kind: Any = model._meta.get_field(held)
    return SQL(INDEX + " = {}").format(name, Literal(indexes(kind.kind, [value])[0].hex()))
