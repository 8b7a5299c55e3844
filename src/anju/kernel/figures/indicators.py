"""What an indicator is: one definition of one figure, valid from a day on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from anju.kernel.figures.aggregates import ALWAYS, Condition, Window
from anju.kernel.figures.periods import Period
from anju.kernel.quantities.rounding import Mode
from anju.kernel.quantities.units import DATE, RATE, Unit

Kind = Literal["count", "sum", "distinct", "min", "max", "ratio", "average", "completion", "share", "sum_of"]
BASIC: frozenset[str] = frozenset({"count", "sum", "distinct", "min", "max"})
EXTREMES: frozenset[str] = frozenset({"min", "max"})
QUOTIENTS: frozenset[str] = frozenset({"ratio", "average", "completion", "share"})
KINDS: tuple[Kind, ...] = ("count", "sum", "distinct", "min", "max", "ratio", "average", "completion", "share", "sum_of")

Measure = Literal["value", "yoy", "mom", "change", "rank", "share"]
MEASURES: tuple[Measure, ...] = ("value", "yoy", "mom", "change", "rank", "share")


@dataclass(frozen=True, slots=True)
class Time:
    """How the period chooses rows.

    flow: the date `column` lies in the period. cumulative: it lies between `since` (beginning, year_start or a day) and the period's
    last day. stock: the row is there when the period's last day is over: `column` reached, `until_column` not yet.
    """

    kind: Literal["flow", "cumulative", "stock"]
    column: str
    until_column: str | None = None
    since: Literal["beginning", "year_start"] | date = "beginning"

    def window(self, period: Period) -> Window:
        """The rows this period asks for."""
        if self.kind == "stock":
            return Window("stock", self.column, None, period.end, self.until_column)
        return Window("dated", self.column, self.start(period), period.end)

    def start(self, period: Period) -> date | None:
        """The first day that counts; None from the beginning."""
        if self.kind == "flow":
            return period.start
        if self.kind == "stock" or self.since == "beginning":
            return None
        return date(period.end.year, 1, 1) if self.since == "year_start" else self.since


@dataclass(frozen=True, slots=True)
class RankRule:
    """Among the regions with the same parent. competition: 1-2-2-4; dense: 1-2-2-3."""

    order: Literal["desc", "asc"] = "desc"
    ties: Literal["competition", "dense"] = "competition"


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """From this day on the figure counts another scope (area, category, merged county).

    comparable: earlier periods are recomputed on the new scope and growth says 可比口径; otherwise no growth is printed across the day.
    """

    on: date
    note: str
    comparable: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One version of a definition. `unit`: of the exact value; `show`: of what is printed, None to choose by size (money).

    `of` and `over`: the two indicators of a quotient; `parts`: those of a sum. `inverse`: a completion that is target/actual, for
    things one wants fewer of. `growth_round`: decimals of a growth. `where_place`: `file:line` of its definition.
    """

    key: str
    name: str
    slice: str
    kind: Kind
    unit: Unit
    show: Unit | None
    round: int
    source: str
    meaning: str
    owner: str
    where_place: str
    rounding: Mode = "half_up"
    growth_round: int = 2
    fact: str | None = None
    column: str | None = None
    where: Condition = ALWAYS
    time: Time | None = None
    of: str | None = None
    over: str | None = None
    parts: tuple[str, ...] = ()
    inverse: bool = False
    of_which: str | None = None
    rank: RankRule = field(default_factory=RankRule)
    ranked: bool = False
    better: Literal["up", "down", "none"] = "none"
    scope_changes: tuple[ScopeChange, ...] = ()
    recorded_from: date | None = None
    version: int = 1
    valid_from: date = date.min
    valid_to: date = date.max

    @property
    def is_basic(self) -> bool:
        """Computed from rows directly, not from other indicators."""
        return self.kind in BASIC

    @property
    def is_rate(self) -> bool:
        """Printed in %: its changes are 个百分点."""
        return self.unit.dimension == RATE

    @property
    def is_date(self) -> bool:
        """A day: it is compared and ranked, but neither grows nor adds up."""
        return self.unit.dimension == DATE

    @property
    def inputs(self) -> tuple[str, ...]:
        """The indicators it is computed from."""
        return self.parts or tuple(key for key in (self.of, self.over) if key is not None)
