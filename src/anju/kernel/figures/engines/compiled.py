"""What both engines share: compile, run, read the answer. An engine says how a statement runs and what a fact looks like."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import pyarrow as pa

from anju.kernel.figures.aggregates import Aggregate, AggregateResult, Literalish, RowKey
from anju.kernel.figures.engines import expressions, proving
from anju.kernel.figures.engines.proving import Proof, Reading
from anju.kernel.figures.engines.shapes import Shape


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
    def stream(self, fact: str, reading: Reading) -> Iterator[pa.RecordBatch]:
        """The rows of a reading in its order, some thousands at a time."""

    def run(self, aggregates: Sequence[Aggregate]) -> list[AggregateResult]:
        """One answer per aggregate, in order, with one statement per fact."""
        answers: dict[Aggregate, AggregateResult] = {}
        for fact, asked in expressions.grouped(aggregates).items():
            if self.is_empty(fact):
                answers.update(self._over_nothing(fact, asked))
                continue
            fused = expressions.fused(self.shape(fact), asked, self.dialect)
            row = self.fetch(fact, fused.statement)[0]
            for aggregate, (value, rows) in zip(asked, fused.places, strict=True):
                found = expressions.integer(row[value])
                answers[aggregate] = AggregateResult(value=_empty(aggregate) if found is None else found, rows=int(row[rows] or 0))
        return [answers[aggregate] for aggregate in aggregates]

    def is_empty(self, fact: str) -> bool:
        """True when the engine knows without asking that the fact has no rows: most books of most offices."""
        return False

    def _over_nothing(self, fact: str, asked: Sequence[Aggregate]) -> dict[Aggregate, AggregateResult]:
        shape = self.shape(fact)
        for aggregate in asked:
            expressions.check(shape, aggregate)
        return {aggregate: AggregateResult(value=_empty(aggregate), rows=0) for aggregate in asked}

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

    def prove(self, aggregates: Sequence[Aggregate]) -> list[Proof]:
        """Count and digest of all contributing rows of each, in order; a fact is read once per date column they ask by."""
        proofs: dict[Aggregate, Proof] = {}
        for asked in proving.together(aggregates):
            fact = asked[0].fact
            reading = proving.reading(self.shape(fact), asked, self.dialect)
            tally = proving.Tally(reading, asked)
            for batch in self.stream(fact, reading):
                tally.add(batch)
            proofs.update(zip(asked, tally.proofs(), strict=True))
        return [proofs[aggregate] for aggregate in aggregates]


def _empty(aggregate: Aggregate) -> int | None:
    return 0 if aggregate.kind in ("sum", "count", "distinct") else None
