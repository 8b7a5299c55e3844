"""Several figures of one indicator side by side: by a dimension, by region, over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.figures import facts as fact_catalogue
from anju.kernel.figures.aggregates import Engine, Literalish
from anju.kernel.figures.catalogue import catalogue
from anju.kernel.figures.compute import current_snapshot, evaluate, make_planner, within
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.facts import Column
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.indicators import Indicator, Measure
from anju.kernel.figures.literals import text_of
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.periods import Kind, Period
from anju.kernel.figures.planning import Request
from anju.kernel.figures.presenting import value_text
from anju.kernel.figures.references import Filters
from anju.kernel.orgs import regions
from anju.kernel.quantities.rounding import largest_remainder, round_to

MAX_VALUES = 200


def breakdown(
    indicator: str,
    dimension: str,
    period: Period,
    region: str,
    *,
    by: Actor,
    bureau_id: int | None = None,
    filters: Filters = (),
    measure: Measure = "value",
    snapshot: Snapshot | None = None,
    engine: Engine | None = None,
) -> list[tuple[str, Figure]]:
    """(value of the dimension, figure) for every value with rows: choices in their declared order, others ascending.

    Values come as references write them (`10`, `residential`; `label` gives what people read). Rows without a value are left out.
    For `measure="share"` of a complete partition the shown shares add up to 100 by largest remainder (invariant 8).
    Raises AnjuError `figures.too_many_values` over 200 values.
    """
    if engine is None:
        snapshot = snapshot or current_snapshot()
        engine = DuckDBEngine(snapshot)
    asked = within(Request(indicator, period, region, bureau_id, filters), by.scope)
    found = _values(asked, dimension, by, engine)
    requests = [replace(asked, filters=tuple(sorted((*filters, (dimension, value)))), measure=measure) for value in found]
    figures = evaluate(requests, by=by, snapshot=snapshot, engine=engine)
    return list(zip(found, _adding_up(figures) if measure == "share" else figures, strict=True))


def by_region(
    indicator: str, period: Period, region: str, *, by: Actor, measure: Measure = "value", filters: Filters = (),
    snapshot: Snapshot | None = None, engine: Engine | None = None,
) -> list[tuple[str, Figure]]:  # fmt: skip
    """(name, figure) of the regions directly below that the reader's scope covers, by code. Raises Forbidden when it covers none."""
    below = [each for each in regions.children(region, period.end) if by.scope.covers_region(each.code)]
    if not below:
        within(Request(indicator, period, region), by.scope)
    requests = [Request(indicator, period, each.code, None, filters, measure) for each in below]
    return list(zip((each.name for each in below), evaluate(requests, by=by, snapshot=snapshot, engine=engine), strict=True))


def trend(
    indicator: str, periods: Iterable[Period], region: str, *, by: Actor, bureau_id: int | None = None, filters: Filters = (),
    measure: Measure = "value", snapshot: Snapshot | None = None, engine: Engine | None = None,
) -> list[Figure]:  # fmt: skip
    """The figure in each of the periods, in order."""
    requests = [Request(indicator, period, region, bureau_id, filters, measure) for period in periods]
    return evaluate(requests, by=by, snapshot=snapshot, engine=engine)


def recent(period: Period, count: int = 8) -> list[Period]:
    """This period and those before it, oldest first, for a trend."""
    found = [period]
    while len(found) < count:
        found.append(found[-1].previous())
    return found[::-1]


def parts_of(period: Period) -> list[Period]:
    """The natural steps inside a period: months of a half or quarter, quarters of a year; itself when there are none."""
    kinds: dict[str, Kind] = {"year": "quarter", "half": "month", "quarter": "month", "range": "month"}
    try:
        return list(period.parts(kinds[period.kind])) if period.kind in kinds else [period]
    except AnjuError:
        return [period]


def label(indicator: str, dimension: str, value: str) -> str:
    """What people read for a value of a dimension: the label of a choice, otherwise the value."""
    column = _column(catalogue().leaves(catalogue().get(indicator)), dimension)
    return column.choices.get(value, value)


def dimensions(indicator: str) -> dict[str, str]:
    """The columns a figure can be broken down by, with their labels: choices, short texts and small numbers of every fact it uses."""
    leaves = catalogue().leaves(catalogue().get(indicator))
    known = fact_catalogue.all_facts()
    columns = [known[str(leaf.fact)].columns for leaf in leaves]
    shared = set(columns[0]).intersection(*columns[1:]) if columns else set()
    fitting = ("choice", "region", "organisation", "integer", "month", "text")
    return {name: columns[0][name].label for name in columns[0] if name in shared and columns[0][name].type in fitting}


def _values(asked: Request, dimension: str, by: Actor, engine: Engine) -> list[str]:
    leaves = catalogue().leaves(catalogue().get(asked.indicator, asked.period.end), asked.period.end)
    column = _column(leaves, dimension)
    question = make_planner().plan(asked).now
    raw: set[Literalish] = set()
    with using_scope(by.scope):
        for leaf in question.leaves():
            assert leaf.aggregate is not None
            raw.update(value for value in engine.values(leaf.aggregate, dimension, limit=MAX_VALUES + 1) if value is not None)
    if len(raw) > MAX_VALUES:
        raise AnjuError.of(
            "figures.too_many_values", f"“{column.label}”的取值多于{MAX_VALUES}个，不能逐项列出。", advice="请换一个维度，或先筛选。"
        )
    if column.choices:
        return [code for code in column.choices if code in raw]
    return [text_of(column, value) for value in sorted(raw, key=_ascending)]


def _ascending(value: Literalish) -> tuple[int, str]:
    return (value, "") if isinstance(value, int) else (0, str(value))


def _column(leaves: Sequence[Indicator], name: str) -> Column:
    return fact_catalogue.fact(str(leaves[0].fact)).column(name)


def _adding_up(figures: Sequence[Figure]) -> list[Figure]:
    """Shares shown so that they sum to 100, when they are all of it and each is rounded alike."""
    values = [figure.value for figure in figures if figure.value is not None]
    if len(values) != len(figures) or sum(values, Fraction(0)) != 100:
        return list(figures)
    places = max(-int(figure.shown.as_tuple().exponent) for figure in figures if figure.shown is not None)
    rounded = largest_remainder(values, round_to(100, places), places)
    return [_reshown(figure, shown) for figure, shown in zip(figures, rounded, strict=True)]


def _reshown(figure: Figure, shown: Decimal) -> Figure:
    if shown == figure.shown:
        return figure
    note = "为使各部分占比之和等于100%，按最大余数法取舍"
    return replace(figure, shown=shown, text=value_text(shown, figure.show_unit), notes=(*figure.notes, note))
