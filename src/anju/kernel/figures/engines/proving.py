"""Count the rows of many aggregates and take the digest of each, in one reading of a fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
from cryptography.hazmat.primitives.hashes import SM3, Hash

from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.engines import expressions, masks
from anju.kernel.figures.engines.shapes import Shape


@dataclass(frozen=True, slots=True)
class Proof:
    """How many rows contribute and the SM3 digest over one line per row, by the window's date, record table and id.

    `record_table<tab>record_id<tab>contributed<newline>`; for a distinct count the value that is counted stands for the contribution.
    """

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One statement for many aggregates. `tests`: per aggregate the columns that are true for its rows; `values`: what it adds.

    The columns of the answer: record_table, record_id, `at` when the rows are dated, values, tests; `kinds` says what they are.
    """

    statement: str
    tests: tuple[tuple[str, ...], ...]
    values: tuple[str | None, ...]
    kinds: tuple[tuple[str, str], ...]


def together(aggregates: Sequence[Aggregate]) -> list[tuple[Aggregate, ...]]:
    """Those that one reading serves: of one fact, their rows ordered by one date."""
    found: dict[tuple[str, str], dict[Aggregate, None]] = {}
    for aggregate in aggregates:
        found.setdefault((aggregate.fact, _dated_by(aggregate)), {})[aggregate] = None
    return [tuple(each) for each in found.values()]


@lru_cache(maxsize=256)
def reading(shape: Shape, aggregates: tuple[Aggregate, ...], dialect: str) -> Reading:
    """Every row any of them counts, in order, with the conditions that tell them apart. Compiled once per set, shape and dialect."""
    for aggregate in aggregates:
        expressions.check(shape, aggregate)
    shared = masks.enclosing(aggregates)
    rows = expressions.matching(shape.table(), shared)
    telling = dict.fromkeys(atom for aggregate in aggregates for atom in masks.atoms(aggregate) if atom not in shared)
    tests = {atom: f"is{number}" for number, atom in enumerate(telling)}
    added = dict.fromkeys(column for each in aggregates if (column := _added(each)) is not None)
    values = {column: f"of{number}" for number, column in enumerate(added)}
    date = _dated_by(aggregates[0])
    columns: dict[str, ir.Value] = {"at": rows[date]} if date else {}
    columns |= {name: rows[column] for column, name in values.items()}
    columns |= {name: masks.expression(rows, atom) for atom, name in tests.items()}
    chosen = rows.select("record_table", "record_id", **columns)
    kinds = {"record_table": "string", "record_id": "int64", **({"at": "date"} if date else {})}
    kinds |= {name: shape.kind(column) for column, name in values.items()} | dict.fromkeys(tests.values(), "truth")
    return Reading(
        statement=expressions.to_sql(chosen.order_by([*(["at"] if date else []), "record_table", "record_id"]), dialect),
        tests=tuple(tuple(tests[atom] for atom in masks.atoms(each) if atom in tests) for each in aggregates),
        values=tuple(values[column] if (column := _added(each)) is not None else None for each in aggregates),
        kinds=tuple(kinds.items()),
    )


def _dated_by(aggregate: Aggregate) -> str:
    return aggregate.window.column if aggregate.window.kind != "any" else ""


def _added(aggregate: Aggregate) -> str | None:
    return aggregate.column if aggregate.kind != "count" else None


class Tally:
    """Counts and digests of one reading, batch after batch; nothing else is kept in memory."""

    def __init__(self, asked: Reading, aggregates: tuple[Aggregate, ...]) -> None:
        self._asked = asked
        self._sums = [aggregate.kind == "sum" for aggregate in aggregates]
        self._counts = [0] * len(aggregates)
        self._digests = [Hash(SM3()) for _ in aggregates]

    def add(self, batch: pa.RecordBatch) -> None:
        """The next rows, in the order of the statement."""
        tables = batch.column("record_table").cast(pa.string())
        heads = pc.binary_join_element_wise(tables, batch.column("record_id").cast(pa.string()), "", "\t")
        for number, (tests, value) in enumerate(zip(self._asked.tests, self._asked.values, strict=True)):
            added: Any = _text(batch.column(value), is_sum=self._sums[number]) if value is not None else pa.scalar("1")
            mine = heads
            if tests:
                mask = reduce(pc.and_kleene, (batch.column(name) for name in tests))
                mine = heads.filter(mask)
                added = added.filter(mask) if value is not None else added
            self._counts[number] += len(mine)
            _digest(self._digests[number], pc.binary_join_element_wise(mine, added, "\n", ""))

    def proofs(self) -> list[Proof]:
        """One per aggregate, in order. Once only."""
        return [Proof(count, digest.finalize().hex()) for count, digest in zip(self._counts, self._digests, strict=True)]


def _text(column: pa.Array, *, is_sum: bool) -> pa.Array:
    return pc.fill_null(pc.fill_null(column, 0).cast(pa.string()) if is_sum else column.cast(pa.string()), "")


def _digest(digest: Hash, lines: pa.StringArray) -> None:
    if len(lines) == 0:
        return
    # Arrow keeps the texts of an array end to end.
    _, offsets, content = lines.buffers()
    ends = pa.Array.from_buffers(pa.int32(), len(lines) + 1, [None, offsets], offset=lines.offset)
    begin, end = ends[0].as_py(), ends[-1].as_py()
    digest.update(content.slice(begin, end - begin).to_pybytes())
