"""What both engines share: compile, run, read the answer. An engine says how a statement runs and what a fact looks like."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from cryptography.hazmat.primitives.hashes import SM3, Hash

from anju.kernel.figures.aggregates import Aggregate, AggregateResult, Literalish, RowKey
from anju.kernel.figures.engines import expressions
from anju.kernel.figures.engines.shapes import Shape


@dataclass(frozen=True, slots=True)
class Proof:
    """How many rows contribute and the SM3 digest over all of them, in order."""

    rows: int
    digest: str


class CompiledEngine(ABC):
    """The engine protocol of `aggregates` over a SQL dialect that ibis compiles to."""

    name: ClassVar[str]
    dialect: ClassVar[str]

    @abstractmethod
    def shape(self, fact: str) -> Shape:
        """The columns this engine has for the fact; makes it readable when need be."""

    @abstractmethod
    def fetch(self, fact: str, statement: str) -> list[tuple[Any, ...]]:
        """All rows of a statement over this fact."""

    @abstractmethod
    def stream(self, fact: str, statement: str) -> Iterator[tuple[int, bytes]]:
        """The single text column of a statement: pieces of (number of lines, their bytes together)."""

    def run(self, aggregates: Sequence[Aggregate]) -> list[AggregateResult]:
        """One answer per aggregate, in order, with one statement per fact."""
        answers: dict[Aggregate, AggregateResult] = {}
        for fact, asked in expressions.grouped(aggregates).items():
            fused = expressions.fused(self.shape(fact), asked, self.dialect)
            row = self.fetch(fact, fused.statement)[0]
            for aggregate, (value, rows) in zip(asked, fused.places, strict=True):
                found = expressions.integer(row[value])
                empty = 0 if aggregate.kind in ("sum", "count", "distinct") else None
                answers[aggregate] = AggregateResult(value=empty if found is None else found, rows=int(row[rows] or 0))
        return [answers[aggregate] for aggregate in aggregates]

    def values(self, aggregate: Aggregate, column: str, *, limit: int = 200) -> list[Literalish | None]:
        """The different values of `column` among the aggregate's rows, ascending, null last."""
        statement = expressions.different(self.shape(aggregate.fact), aggregate, column, self.dialect, limit)
        return [value for (value,) in self.fetch(aggregate.fact, statement)]

    def rows(self, aggregate: Aggregate, *, columns: Sequence[str], offset: int = 0, limit: int = 200) -> list[dict[str, Any]]:
        """The contributing rows with these columns, stored scale, ordered by the window's date, record table and id."""
        shape = self.shape(aggregate.fact)
        for column in columns:
            shape.kind(column)
        statement = expressions.listing(shape, aggregate, tuple(columns), self.dialect, offset, limit)
        return [dict(zip(columns, row, strict=True)) for row in self.fetch(aggregate.fact, statement)]

    def row_keys(self, aggregate: Aggregate) -> list[RowKey]:
        """All contributing rows, ordered by record table and id."""
        statement = expressions.keys(self.shape(aggregate.fact), aggregate, self.dialect)
        return [RowKey(table, int(number), int(contributed)) for table, number, contributed in self.fetch(aggregate.fact, statement)]

    def prove(self, aggregate: Aggregate) -> Proof:
        """Count and digest of all contributing rows in the order of `rows`; nothing is held in memory."""
        statement = expressions.lines(self.shape(aggregate.fact), aggregate, self.dialect)
        digest, count = Hash(SM3()), 0
        for lines, content in self.stream(aggregate.fact, statement):
            count += lines
            digest.update(content)
        return Proof(rows=count, digest=digest.finalize().hex())
