"""What an engine is asked and what it answers: exact integers over the rows of one fact, nothing else.

Every ratio, growth, rank and rounding is done later on exact fractions, so two engines that agree here agree to the digit everywhere.

Integers are in the stored scale of the column (`facts.Column.scale`): money in fen, area in hundredths of ㎡, declared decimals times
10^places, counts as they are. Dates travel as `datetime.date` in conditions and come back from `min`/`max` as `date.toordinal()`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, Protocol, runtime_checkable

Literalish = str | int | date
"""A literal in a condition, already in the stored scale: text and choice codes as str, dates as date, everything else as int."""

Condition = tuple[Any, ...]
"""A normalised tree, hashable and ordered, one of:

    ("all", (condition, ...))             every one holds; the empty one is always true
    ("any", (condition, ...))             at least one holds; the empty one is never true
    ("not", condition)                    the condition is not true; a null makes a comparison not true, so `not` then holds
    ("in", column, (literal, ...))        the column equals one of the literals; sorted, at least one
    ("compare", column, op, literal)      op is gt, gte, lt or lte
    ("null", column, True | False)        the column is null / is not null

Two-valued on purpose: a condition and its `not` split every set of rows in two without remainder.
"""

ALWAYS: Condition = ("all", ())

Operator = Literal["gt", "gte", "lt", "lte"]
Kind = Literal["count", "sum", "distinct", "min", "max"]


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows belong to the time asked about. Both ends are inclusive.

    dated: `start` (None: from the beginning) <= column <= end; flows and cumulatives.
    stock: column <= end, and `until_column` is null or later than `end`: what is there when the day `end` is over.
    A null in `column` is outside every window. `ANY_TIME` has no dates at all.
    """

    kind: Literal["dated", "stock", "any"]
    column: str = ""
    start: date | None = None
    end: date = date.max
    until_column: str | None = None


ANY_TIME = Window(kind="any")


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One integer over one fact.

    count: rows. sum: of `column`, nulls as nothing, 0 over no rows. distinct: different non-null values of `column`.
    min, max: of `column` (date columns as ordinals), None over no values.
    `region`: a prefix of `region_code`, empty for everywhere. `bureau_id`: rows of this bureau only, None for any.
    """

    fact: str
    kind: Kind
    column: str | None = None
    where: Condition = ALWAYS
    window: Window = ANY_TIME
    region: str = ""
    bureau_id: int | None = None

    def row_set(self) -> Aggregate:
        """The count of the same rows: two aggregates over the same rows have one row set."""
        return replace(self, kind="count", column=None)


@dataclass(frozen=True, slots=True)
class AggregateResult:
    """`value`: the integer, None only for min/max over nothing. `rows`: how many rows match region, bureau, window and condition."""

    value: int | None
    rows: int


@dataclass(frozen=True, slots=True)
class RowKey:
    """A contributing row and the integer it adds (1 for counts; 0 for a null; for distinct, min and max: 1)."""

    record_table: str
    record_id: int
    contributed: int = field(default=1)


@runtime_checkable
class Engine(Protocol):
    """Evaluates aggregates over one state of the facts."""

    @property
    def name(self) -> str:
        """duckdb, postgres."""

    def run(self, aggregates: Sequence[Aggregate]) -> list[AggregateResult]:
        """One answer per aggregate, in order; each fact is read in one pass however many aggregates ask about it."""

    def values(self, aggregate: Aggregate, column: str, *, limit: int = 200) -> list[Literalish | None]:
        """The different values of `column` among the aggregate's rows, ascending, null last; for breakdowns by a dimension."""

    def rows(self, aggregate: Aggregate, *, columns: Sequence[str], offset: int = 0, limit: int = 200) -> list[dict[str, Any]]:
        """The contributing rows, ordered by record table and id, stored scale."""

    def row_keys(self, aggregate: Aggregate) -> list[RowKey]:
        """All contributing rows, ordered by record table and id."""
