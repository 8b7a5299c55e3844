"""The same expressions on PostgreSQL, over the fact views: what is committed now, within the reader's scope."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar

import pyarrow as pa
from django.db import connection

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.figures import facts, segments
from anju.kernel.figures.engines.compiled import CompiledEngine
from anju.kernel.figures.engines.proving import Reading
from anju.kernel.figures.engines.shapes import Shape


class PostgresEngine(CompiledEngine):
    """Runs on the application's own connection, so row-level security applies. `scope` None: whatever scope is in force."""

    name: ClassVar[str] = "postgres"
    dialect: ClassVar[str] = "postgres"

    def __init__(self, scope: Scope | None = None) -> None:
        self.scope = scope

    def shape(self, fact: str) -> Shape:
        """The columns of the declared fact."""
        return Shape.of(fact, facts.fact(fact).kinds())

    def fetch(self, fact: str, statement: str) -> list[tuple[Any, ...]]:
        """All rows of the statement. No parameters are passed, so a percent sign in a literal is just that."""
        with self._scoped(), connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    def stream(self, fact: str, reading: Reading) -> Iterator[pa.RecordBatch]:
        """A server-side cursor, a few thousand rows at a time."""
        shape = segments.schema(dict(reading.kinds))
        with self._scoped(), connection.chunked_cursor() as cursor:
            cursor.execute(reading.statement)
            while rows := cursor.fetchmany(10_000):
                yield pa.RecordBatch.from_arrays(
                    [pa.array(each, field.type) for each, field in zip(zip(*rows, strict=True), shape, strict=True)], schema=shape
                )

    def _scoped(self) -> AbstractContextManager[Any]:
        return nullcontext() if self.scope is None else using_scope(self.scope)
