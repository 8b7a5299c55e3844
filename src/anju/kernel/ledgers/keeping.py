"""Kept ledgers: books whose rows live in the tables of a slice.

The declaration stays what people enter, import, list, filter and export by. A keeper, registered by the slice in
`domains/<slice>/books.py`, says which table bears the records, how each field is read from it, and takes checked rows in. Everything that
reads a ledger reads the view `book_<name>` made from this; everything that writes one hands its checked rows to the keeper.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import polars as pl
from django.db import connection
from django.db.models import Model
from psycopg.sql import SQL, Identifier

from anju.kernel.access.actor import Actor
from anju.kernel.crypto.cells import Column
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.declaration import SYSTEM_COLUMNS, Ledger
from anju.kernel.ledgers.issues import Issue


@dataclass(frozen=True, slots=True)
class Intake:
    """Checked rows on their way to a keeper, inside the action that brings them.

    `rows`: every field typed as `columns.dtype_of` says, `region_code`, `origin` (file place, or null) and `existing`: the id of the
    record a row changes, null for a new one. `given`: the fields that were written; a change touches no other.
    """

    ledger: Ledger
    rows: pl.DataFrame
    bureau_id: int
    by: Actor
    given: tuple[str, ...]
    batch_id: int | None = None

    @property
    def new(self) -> pl.DataFrame:
        """Rows that become records."""
        return self.rows.filter(pl.col("existing").is_null())

    @property
    def changing(self) -> pl.DataFrame:
        """Rows that change the record `existing`."""
        return self.rows.filter(pl.col("existing").is_not_null())


@dataclass(frozen=True, slots=True)
class Keeper:
    """Where the rows of a kept ledger are and who takes new ones in.

    `table`: the table whose numbers the records bear; row-level security and the journal stand on it. `columns`: for every field of the
    ledger SQL over that table (`t`), written by the slice and never from input; a bare column name says that the journal's images can be
    read for that field. System columns (`batch_id`, `version`, `voided_at` ...) the table has not may be given the same way.
    `live`: SQL condition over `t` of the rows that belong to the book at all. `follows`: further tables the expressions read.
    `sealed`: for every personal field the model that holds it encrypted and the name of its `EncryptedText`; its expression is the cell,
    which the rows of `book_<name>` hold too, with its index beside it.
    `check`: what the slice finds wrong with checked rows beyond the declaration, row by row; told at its cell like every issue.
    `write`: takes the rows in and returns the ids of the new records in their order, of the changed ones after them; a change raises
    `version` by one. `void`: marks records void; by default `voided_at` of the table. Both raise AnjuError to refuse.
    """

    ledger: str
    table: str
    columns: Mapping[str, str]
    write: Callable[[Intake], Sequence[int]]
    live: str = "true"
    check: Callable[[Ledger, pl.DataFrame, int], Iterable[Issue]] | None = None
    void: Callable[[Sequence[int], Actor, str], None] | None = None
    follows: tuple[str, ...] = field(default=())
    sealed: Mapping[str, tuple[type[Model], str]] = field(default_factory=dict)

    def expression(self, name: str) -> str:
        """The SQL of a field or system column over `t`."""
        return self.columns.get(name, f"t.{name}") if name in SYSTEM_COLUMNS else self.columns[name]

    def cell_of(self, name: str) -> Column:
        """Where the cells of a personal field live."""
        model, held = self.sealed[name]
        field: Any = model._meta.get_field(held)
        return cast(Column, field.cell)

    def image_column(self, name: str) -> str | None:
        """The column of the table that holds a field as it is, None when the field is derived."""
        expression = self.columns.get(name, name).removeprefix("t.")
        return expression if expression.isidentifier() else None


def lock(ledger: Ledger, ids: Sequence[int]) -> None:
    """Hold the rows of these records until the transaction ends, in order of id."""
    statement = SQL("SELECT id FROM {} WHERE id = ANY (%s) ORDER BY id FOR UPDATE").format(Identifier(ledger.record_table))
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids)])


def void(ledger: Ledger, ids: Sequence[int], by: Actor, reason: str) -> None:
    """Mark these records void as their keeper does it."""
    if ledger.keeper.void is not None:
        ledger.keeper.void(ids, by, reason)
        return
    statement = SQL("UPDATE {} SET voided_at = now(), updated_at = now(), version = version + 1 WHERE id = ANY (%s)")
    with connection.cursor() as cursor:
        cursor.execute(statement.format(Identifier(ledger.record_table)), [list(ids)])


_keepers: dict[str, Keeper] = {}
_discovered = False


def keep(keeper: Keeper) -> Keeper:
    """Register the keeper of a ledger; the last registration of a name holds."""
    _keepers[keeper.ledger] = keeper
    return keeper


def keeper_of(ledger: Ledger) -> Keeper:
    """Who keeps this ledger. Raises AnjuError `ledgers.no_keeper` when it is declared `kept` and nobody does, or a field is left out."""
    if ledger.name not in _keepers:
        _discover()
    keeper = _keepers.get(ledger.name)
    missing = [one.name for one in ledger.fields if keeper is not None and one.name not in keeper.columns]
    plain = [one.name for one in ledger.fields if keeper is not None and one.personal and one.name not in keeper.sealed]
    if keeper is None or missing:
        what = f"字段 {'、'.join(missing)} 没有说明取自哪里" if missing else "没有登记保管它的表"
        raise AnjuError.of(
            "ledgers.no_keeper", f"台账“{ledger.title}”声明为 kept，{what}。", where=ledger.where, advice="请在该业务的 books.py 中登记。"
        )
    if plain:
        raise AnjuError.of(
            "ledgers.not_sealed",
            f"台账“{ledger.title}”的个人信息 {'、'.join(plain)} 没有加密存放。",
            where=ledger.where,
            advice="请在该业务的模型中用 EncryptedText，并在 Keeper 的 sealed 里指明。",
        )
    return keeper


def _discover() -> None:
    global _discovered
    if _discovered:
        return
    _discovered = True
    domains = importlib.import_module("anju.domains")
    for package in pkgutil.iter_modules(domains.__path__, "anju.domains."):
        if importlib.util.find_spec(f"{package.name}.books") is not None:
            importlib.import_module(f"{package.name}.books")
