"""Evidence as data, and the rows of one counted part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.engines.compiled import CompiledEngine
from anju.kernel.figures.evidence_columns import shown
from anju.kernel.figures.facts import Column, Fact
from anju.kernel.figures.periods import Period


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One contributing row. `values`: as stored, one per column; `cells`: the same as people read them.

    `contributed`: the integer it adds, in the stored scale (1 for counts).
    """

    record_table: str
    record_id: int
    values: tuple[Any, ...]
    cells: tuple[str, ...]
    contributed: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a figure rests on.

    A figure counted from rows has `columns`, `rows` (the part asked for) and no parts; `digest` is SM3 over one line
    `record_table<tab>record_id<tab>contribution` per contributing row, by date, table and id. A derived figure has `parts` (each again
    an Evidence) and its digest is SM3 over theirs. `count`: contributing rows, the same number as the figure's `rows`.
    """

    reference: str
    name: str
    period: Period
    count: int
    digest: str
    columns: tuple[Column, ...] = ()
    rows: tuple[EvidenceRow, ...] = ()
    fact: Fact | None = None
    parts: tuple[Evidence, ...] = ()

    def tables(self) -> Iterator[Evidence]:
        """The parts that list rows, in order; the figure itself when it was counted directly."""
        if self.fact is not None:
            yield self
        for part in self.parts:
            yield from part.tables()


def rows_of(engine: CompiledEngine, aggregate: Aggregate, columns: tuple[Column, ...], *, offset: int, limit: int) -> Iterator[EvidenceRow]:
    """The contributing rows of one aggregate with these columns."""
    names = ["record_table", "record_id", *(column.name for column in columns)]
    summed = [aggregate.column] if aggregate.kind == "sum" and aggregate.column else []
    wanted = list(dict.fromkeys([*names, *summed]))
    for row in engine.rows(aggregate, columns=wanted, offset=offset, limit=limit):
        values = tuple(row[column.name] for column in columns)
        yield EvidenceRow(
            record_table=row["record_table"],
            record_id=row["record_id"],
            values=values,
            cells=tuple(shown(column, value) for column, value in zip(columns, values, strict=True)),
            contributed=int(row[summed[0]] or 0) if summed else 1,
        )
