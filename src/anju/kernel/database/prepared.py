"""Prepared statements for the few reads and writes that are made thousands of times: planned once per connection, sent together.

Columns come from the models, so a column added there is read and written here. Errors are those of Django's own statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=Model)
ONLY_WHEN_ASKED = 2**31
"""How often a statement runs before it is prepared without being asked for: never."""


def ask(statement: str, values: Sequence[Any]) -> psycopg.Cursor[Any]:
    """Run a statement; fetch from what comes back. Statements are written by the house, values are bound."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        link = connection.connection
        if link.prepare_threshold is None:  # Django's, which then prepares nothing, whoever asks
            link.prepare_threshold = ONLY_WHEN_ASKED
        # Not the connection's own kind of cursor, which writes the values into the statement: that would be a new one every time.
        return psycopg.Cursor(link).execute(statement, values, prepare=True)


@contextmanager
def together() -> Iterator[None]:
    """Send the statements of the block without waiting for each answer; all have been carried out when it ends."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


@cache
def fields_of(model: type[Model], left_out: tuple[str, ...] = ()) -> tuple[Field[Any, Any], ...]:
    """The columns of a table that are read."""
    return tuple(field for field in model._meta.concrete_fields if field.name not in left_out)


@cache
def read_columns(model: type[Model], alias: str, left_out: tuple[str, ...] = ()) -> str:
    """`t."id", t."case_id", …`."""
    return ", ".join(f'{alias}."{field.column}"' for field in fields_of(model, left_out))


def made_of(model: type[M], values: Sequence[Any], left_out: tuple[str, ...] = ()) -> M:
    """The instance of a row read with `read_columns`; columns left out are read when asked for."""
    fields = fields_of(model, left_out)
    ready = [
        field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value
        for field, value in zip(fields, values, strict=True)
    ]
    return model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], ready)


def joined(models: Sequence[type[Model]], values: Sequence[Any]) -> tuple[Any, ...]:
    """The instances of a row that reads several tables one after the other, each with its `read_columns`."""
    found: list[Model] = []
    at = 0
    for model in models:
        width = len(fields_of(model))
        found.append(made_of(model, values[at : at + width]))
        at += width
    return tuple(found)


@cache
def _written(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key and not field.generated)


@cache
def _insert(model: type[Model], left_out: tuple[str, ...]) -> str:
    columns = [f'"{field.column}"' for field in _written(model) if field.attname not in left_out]
    given = ", ".join(["id", *(f'"{field.column}"' for field in _written(model) if field.attname in left_out)])
    return f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES ({", ".join(["%s"] * len(columns))}) RETURNING {given}'  # noqa: S608


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> tuple[str, tuple[Field[Any, Any], ...]]:
    fields = tuple(field for field in model._meta.concrete_fields if field.attname in names)
    sets = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {sets} WHERE id = %s', fields  # noqa: S608


def insert(row: Model) -> psycopg.Cursor[Any]:
    """Insert a row; `numbered` gives it its number, at the latest when the statements sent together have been carried out."""
    link = connections[DEFAULT_DB_ALIAS]
    left_out, values = [], []
    for field in _written(type(row)):
        value = field.pre_save(row, True)
        if isinstance(value, DatabaseDefault):
            left_out.append(field.attname)
        else:
            values.append(field.get_db_prep_save(value, link))
    return ask(_insert(type(row), tuple(left_out)), values)


def numbered(row: Model, answer: psycopg.Cursor[Any]) -> None:
    """Take the number an inserted row was given, and what the database filled in."""
    ((row.pk, *filled),) = answer.fetchall()
    for field in _written(type(row)) if filled else ():
        if isinstance(getattr(row, field.attname), DatabaseDefault):
            setattr(row, field.attname, filled.pop(0))
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: Model, names: tuple[str, ...]) -> None:
    """Write these columns of a row."""
    statement, fields = _update(type(row), names)
    ask(statement, [*_values(row, fields), row.pk])


def _values(row: Model, fields: Iterable[Field[Any, Any]]) -> list[Any]:
    link = connections[DEFAULT_DB_ALIAS]  # itself: the proxy looks it up at every touch
    return [field.get_db_prep_save(getattr(row, field.attname), link) for field in fields]
