"""From requests to the set of aggregates that answers them all: current and base periods, denominators, sibling regions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from anju.kernel.errors import AnjuError
from anju.kernel.figures.aggregates import ANY_TIME, Aggregate, Kind
from anju.kernel.figures.catalogue import Catalogue
from anju.kernel.figures.conditions import both, is_one_of
from anju.kernel.figures.facts import Fact
from anju.kernel.figures.indicators import Indicator, Measure
from anju.kernel.figures.literals import literal_from_text, text_of
from anju.kernel.figures.periods import Period
from anju.kernel.figures.references import Filters, filters_text, measure_text
from anju.kernel.quantities.units import unit

MAX_SIBLINGS = 500
_KINDS: dict[str, Kind] = {"count": "count", "sum": "sum", "distinct": "distinct", "min": "min", "max": "max"}


@dataclass(frozen=True, slots=True)
class Request:
    """One figure wanted. `region`: a region code, empty for everywhere. `filters`: (column, value) pairs as people write them."""

    indicator: str
    period: Period
    region: str
    bureau_id: int | None = None
    filters: Filters = ()
    measure: Measure = "value"

    @property
    def reference(self) -> str:
        """`key[batch=10]#yoy`."""
        return f"{self.indicator}{filters_text(self.filters)}{measure_text(self.measure)}"


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator in one period, region and filter. A basic one has an aggregate, another one has inputs.

    `factor`: what one of the aggregate's integers is worth in the indicator's unit. `begins`: the first date its fact has on record.
    """

    indicator: Indicator
    period: Period
    region: str
    bureau_id: int | None
    filters: Filters
    aggregate: Aggregate | None = None
    factor: Fraction = Fraction(1)
    begins: Aggregate | None = None
    inputs: tuple[Question, ...] = ()

    def leaves(self) -> Iterator[Question]:
        """The basic questions below, in order."""
        if self.aggregate is not None:
            yield self
        for each in self.inputs:
            yield from each.leaves()


@dataclass(frozen=True, slots=True)
class Rival:
    """A region that takes part in a ranking."""

    region: str
    name: str
    question: Question


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one request asks: now, the base of its growth, the whole of its share, its rivals."""

    request: Request
    now: Question
    base: Question | None = None
    whole: Question | None = None
    rivals: tuple[Rival, ...] = ()

    def own(self) -> Iterator[Aggregate]:
        """The aggregates over the reader's own region."""
        for question in (self.now, self.base, self.whole):
            for leaf in question.leaves() if question is not None else ():
                if leaf.aggregate is not None:
                    yield leaf.aggregate
                if question is self.base and leaf.begins is not None:
                    yield leaf.begins

    def of_rivals(self) -> Iterator[Aggregate]:
        """The aggregates over sibling regions, of which only the order may be told."""
        for rival in self.rivals:
            yield from (leaf.aggregate for leaf in rival.question.leaves() if leaf.aggregate is not None)


def distinct(aggregates: Iterable[Aggregate]) -> list[Aggregate]:
    """Each asked once, in order of first appearance."""
    return list(dict.fromkeys(aggregates))


class Planner:
    """Plans requests over one catalogue. `siblings(region, day)`: (code, name) of the regions ranked with it, itself included."""

    def __init__(self, catalogue: Catalogue, facts: Mapping[str, Fact], siblings: Callable[[str, date], Iterable[tuple[str, str]]]) -> None:
        self.catalogue = catalogue
        self.facts = facts
        self.siblings = lru_cache(maxsize=64)(lambda region, day: tuple(siblings(region, day)))

    def plan(self, request: Request) -> Plan:
        """The plan of one request. Raises AnjuError for an unknown indicator, version, filter, or a measure that makes no sense."""
        indicator = self.catalogue.get(request.indicator, request.period.end)
        request = replace(request, filters=self._canonical(indicator, request))
        now = self.question(indicator, request.period, request.region, request.bureau_id, request.filters)
        plan = Plan(request, now)
        if request.measure in ("yoy", "change"):
            return replace(plan, base=self._over(now, request.period.year_before()))
        if request.measure == "mom":
            return replace(plan, base=self._over(now, request.period.previous()))
        if request.measure == "share":
            return replace(plan, whole=self._whole(now))
        if request.measure == "rank":
            return replace(plan, rivals=tuple(self._rivals(now)))
        return plan

    def question(self, indicator: Indicator, period: Period, region: str, bureau_id: int | None, filters: Filters) -> Question:
        """The question of one indicator and, below it, of those it is computed from, all in the version of this period."""
        asked = Question(indicator, period, region, bureau_id, filters)
        if not indicator.is_basic:
            inputs = (self.catalogue.get(key, period.end) for key in indicator.inputs)
            return replace(asked, inputs=tuple(self.question(each, period, region, bureau_id, filters) for each in inputs))
        assert indicator.fact is not None
        assert indicator.time is not None
        fact = self.facts[indicator.fact]
        conditions = [is_one_of(column, [literal_from_text(fact.column(column), text)]) for column, text in filters]
        aggregate = Aggregate(
            fact.name,
            _KINDS[indicator.kind],
            indicator.column,
            both(indicator.where, *conditions),
            indicator.time.window(period),
            region,
            bureau_id,
        )
        begins = Aggregate(fact.name, "min", indicator.time.column, window=ANY_TIME, region=region, bureau_id=bureau_id)
        return replace(asked, aggregate=aggregate, factor=self._factor(indicator, fact), begins=begins)

    def _canonical(self, indicator: Indicator, request: Request) -> Filters:
        """Filters by stored values (`use=residential`, not `use=住宅`), so that one figure has one reference."""
        if not request.filters:
            return ()
        leaf = self.catalogue.leaves(indicator, request.period.end)[0]
        columns = {name: self.facts[str(leaf.fact)].column(name) for name, _ in request.filters}
        return tuple(sorted((name, text_of(columns[name], literal_from_text(columns[name], text))) for name, text in request.filters))

    def _over(self, now: Question, period: Period) -> Question:
        # The same versions as now: growth is measured on one scope (可比口径).
        if now.aggregate is None:
            return replace(now, period=period, inputs=tuple(self._over(each, period) for each in now.inputs))
        assert now.indicator.time is not None
        return replace(now, period=period, aggregate=replace(now.aggregate, window=now.indicator.time.window(period)))

    def _whole(self, now: Question) -> Question:
        if not now.filters:
            raise AnjuError.of(
                "figures.share_of_what",
                f"“{now.indicator.name}”的占比没有说明是哪一部分。",
                where=now.indicator.key,
                advice="请加上筛选，例如[use=residential]#share。",
            )
        if now.indicator.is_rate or now.indicator.kind not in ("count", "sum", "distinct", "sum_of"):
            raise AnjuError.of(
                "figures.share_of_rate", f"“{now.indicator.name}”是比率，没有占比。", where=now.indicator.key, advice="请对数量求占比。"
            )
        return self.question(now.indicator, now.period, now.region, now.bureau_id, ())

    def _rivals(self, now: Question) -> Iterator[Rival]:
        members = self.siblings(now.region, now.period.end)
        if len(members) > MAX_SIBLINGS:
            raise AnjuError.of("figures.too_many_regions", f"参加排名的地区多于{MAX_SIBLINGS}个。", where=now.indicator.key)
        for code, name in members:
            yield Rival(code, name, self.question(now.indicator, now.period, code, None, now.filters))

    @staticmethod
    def _factor(indicator: Indicator, fact: Fact) -> Fraction:
        if indicator.kind not in ("sum", "min", "max") or indicator.column is None or indicator.is_date:
            return 1 / indicator.unit.factor
        column = fact.columns[indicator.column]
        measured = unit(column.unit).factor if column.unit else Fraction(1)
        return measured / indicator.unit.factor / column.scale
