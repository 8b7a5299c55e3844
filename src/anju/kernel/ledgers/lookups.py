"""What checking asks the database: referenced records, regions, records with the same key, the closed period."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
from django.db import connection
from psycopg.sql import SQL, Composable, Identifier, Literal

from anju.kernel.ledgers import catalogue, personal
from anju.kernel.ledgers.columns import dtype_of
from anju.kernel.ledgers.declaration import Field, Ledger
from anju.kernel.ledgers.definitions import ClosedPeriod
from anju.kernel.ledgers.parsing.reader import target_key
from anju.kernel.ledgers.values import show
from anju.kernel.orgs.models import Region

ARRAYS = {
    "integer": "bigint[]", "money": "bigint[]", "reference": "bigint[]", "area": "numeric[]", "decimal": "numeric[]",
    "date": "date[]", "month": "date[]",
}  # fmt: skip


def closed_until(ledger: Ledger, bureau_id: int) -> datetime.date | None:
    """The last closed day of this ledger and bureau."""
    closed = ClosedPeriod.objects.filter(ledger=ledger.name, bureau_id=bureau_id).first()
    return closed.until if closed is not None else None


def referenced(field: Field, keys: pl.Series, bureau_id: int) -> dict[Any, int]:
    """The ids of the live records of this bureau that a reference names, by key."""
    key = target_key(field)
    wanted = keys.drop_nulls().unique().to_list()
    if not wanted:
        return {}
    statement = SQL("SELECT {key}, id FROM {table} WHERE bureau_id = {bureau} AND voided_at IS NULL AND {key} = ANY ({wanted}::{kind})")
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(
                key=Identifier(key.column),
                table=Identifier(catalogue.get(field.reference).table),
                bureau=Literal(bureau_id),
                wanted=Literal(wanted),
                kind=SQL(_array(key)),
            )
        )
        return dict(cursor.fetchall())


def regions(written: pl.Series, under: str) -> dict[str, str]:
    """Region codes by what was written: a known code, or a name that only one region under `under` bears."""
    wanted = written.drop_nulls().unique().to_list()
    codes = [text for text in wanted if text.isdigit()]
    names = [text for text in wanted if not text.isdigit()]
    found = {code: code for code in Region.objects.filter(code__in=codes).values_list("code", flat=True)} if codes else {}
    if names:
        named: dict[str, list[str]] = {}
        for name, code in Region.objects.filter(name__in=names, code__startswith=under).values_list("name", "code"):
            named.setdefault(name, []).append(code)
        found |= {name: matches[0] for name, matches in named.items() if len(matches) == 1}
    return found


def same_keys(ledger: Ledger, frame: pl.DataFrame, bureau_id: int, replacing: Sequence[int]) -> pl.DataFrame:
    """The live records of this bureau that bear a key of the frame: `row` (of the frame), `id` and every field, typed."""
    schema = {"row": pl.Int64(), "id": pl.Int64()} | {one.name: dtype_of(one) for one in ledger.fields}
    needed = [name for name in ledger.key if ledger.field(name).required]
    whole = frame.with_row_index("row").drop_nulls(needed) if needed else frame.with_row_index("row")
    if whole.is_empty() or not _any_record(ledger, bureau_id):
        return pl.DataFrame(schema=schema)
    keys = [ledger.field(name) for name in ledger.key]
    given = [SQL("{}::{}").format(Literal(whole[one.name].to_list()), SQL(_array(one))) for one in keys]
    same: list[Composable] = []
    for one in keys:
        sign = SQL("=") if one.required else SQL("IS NOT DISTINCT FROM")
        same.append(SQL("t.{} {} k.{}").format(Identifier(one.column), sign, Identifier(one.column)))
    statement = SQL(
        "SELECT k.row, t.id, {columns} FROM unnest({rows}::bigint[], {given}) AS k (row, {names})"
        " JOIN {table} t ON t.bureau_id = {bureau} AND t.voided_at IS NULL AND {same} WHERE t.id <> ALL ({replacing}::bigint[])"
    ).format(
        columns=SQL(", ").join(SQL("t.{}").format(Identifier(one.column)) for one in ledger.fields),
        rows=Literal(whole["row"].to_list()),
        given=SQL(", ").join(given),
        names=SQL(", ").join(Identifier(one.column) for one in keys),
        table=Identifier(ledger.table),
        bureau=Literal(bureau_id),
        same=SQL(" AND ").join(same),
        replacing=Literal(list(replacing)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return pl.DataFrame(personal.with_values(ledger, list(schema), cursor.fetchall()), schema=schema, orient="row")


def _any_record(ledger: Ledger, bureau_id: int) -> bool:
    return ledger.model._default_manager.filter(bureau_id=bureau_id, voided_at=None).exists()


def _array(field: Field) -> str:
    return ARRAYS.get(field.type, "text[]")


def referring(other: Ledger, field: Field, record_id: int) -> int:
    """How many live records of `other` name this record, counted to 100."""
    return int(other.model._default_manager.filter(voided_at=None, **{field.name: record_id})[:100].count())


def visible_reference(field: Field, key: Any) -> int:
    """The id of the live record a filter names by key, among those visible now; 0 when there is none."""
    target = catalogue.get(field.reference)
    found = target.model._default_manager.filter(voided_at=None, **{target.key[0]: key}).values_list("pk", flat=True).first()
    return int(found or 0)


def names_of(field: Field, values: Iterable[Any]) -> dict[Any, str]:
    """What to print for region codes or referenced records."""
    wanted = {value for value in values if value is not None}
    if not wanted:
        return {}
    if field.type == "region":
        return dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))
    if field.type == "reference":
        target = catalogue.get(field.reference)
        key = target.field(target.key[0])
        rows = target.model._default_manager.filter(pk__in=wanted).values_list("pk", key.name)
        return {number: show(key, value) for number, value in rows}
    return {}
