"""The fact of a ledger: its live rows, every field as integer, date or text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from anju.kernel.figures.facts import INTEGERS, Column, Fact, Source
from anju.kernel.ledgers import personal

if TYPE_CHECKING:
    from anju.kernel.ledgers.catalogue import Field, Ledger


# Over the blind index of a personal value: equal exactly when the values are, in every table. One way, and salted per installation: the
# snapshot files alone give neither a value nor its index away. The salt is read once per statement.
DIGEST = "left(encode(sha256(convert_to((SELECT salt FROM figures_salt) || encode({}, 'hex'), 'UTF8')), 'hex'), 32)"


def fact_of(ledger: Ledger) -> Fact:
    """The fact a ledger gives: `fact_name`, one column per field, voided rows left out."""
    columns = {field.name: _column(field) for field in ledger.fields}
    expressions = {field.name: _expression(field, columns[field.name]) for field in ledger.fields}
    rows = ledger.table if ledger.kept else ""
    source = Source(table=ledger.record_table, expressions=expressions, live="voided_at IS NULL", rows=rows)
    follows = ledger.keeper.follows if ledger.kept else ()
    return Fact(name=ledger.fact_name, title=ledger.title, columns=columns, sources=(source,), follows=follows)


def _column(field: Field) -> Column:
    kind = "digest" if field.personal else field.type
    unit, scale = field.unit or "", 1
    if kind == "money":
        unit, scale = "元", 100
    elif kind == "area":
        unit, scale = "㎡", 100
    elif kind == "decimal":
        scale = 10 ** (2 if field.places is None else field.places)
    return Column(
        name=field.name,
        label=field.label,
        type=kind,
        unit=unit,
        scale=scale,
        entered=field.unit or "",
        choices=dict(field.choices or {}),
    )


def _expression(field: Field, column: Column) -> str:
    name = sql.Identifier(field.column)
    if column.type == "digest":
        name, template = sql.Identifier(personal.index_column(field)), sql.SQL(DIGEST)
    elif column.type in ("area", "decimal"):
        template = sql.SQL("({} * " + str(column.scale) + ")::bigint")
    elif column.type in INTEGERS:
        template = sql.SQL("{}::bigint")
    elif column.kind == "date":
        template = sql.SQL("{}::date")
    else:
        template = sql.SQL("{}::text")
    return template.format(name).as_string(None)
