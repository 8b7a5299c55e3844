"""Evaluate figures for a reader: plan, ask the engine once per fact, derive, within the reader's scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden, Problem
from anju.kernel.figures import facts as fact_catalogue
from anju.kernel.figures import snapshots
from anju.kernel.figures.aggregates import Aggregate, AggregateResult, Engine
from anju.kernel.figures.assembling import assemble
from anju.kernel.figures.catalogue import catalogue
from anju.kernel.figures.deriving import Answers
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.planning import Plan, Planner, Request, distinct
from anju.kernel.figures.ranking import rank_figure
from anju.kernel.orgs import regions

MAX_REQUESTS = 5000


def evaluate(requests: Iterable[Request], *, by: Actor, snapshot: Snapshot | None = None, engine: Engine | None = None) -> list[Figure]:
    """The figures, in order, all of one state of the books: the snapshot's (the current one by default), or the engine's.

    Raises Forbidden for a region or bureau outside the reader's scope, and AnjuError for what the planner refuses.
    """
    asked = [within(request, by.scope) for request in requests]
    if len(asked) > MAX_REQUESTS:
        raise AnjuError.of("figures.too_many", f"一次最多计算{MAX_REQUESTS}个指标值。", advice="请分几次计算。")
    if engine is None:
        snapshot = snapshot or current_snapshot()
        engine = DuckDBEngine(snapshot)
    planner = make_planner()
    plans = [planner.plan(request) for request in asked]
    answers = _answers(plans, engine, by.scope)
    number = None if snapshot is None else snapshot.pk
    return [_figure(plan, answers, number, by.scope) for plan in plans]


def make_planner() -> Planner:
    """A planner over this installation's catalogue, facts and region table."""
    return Planner(catalogue(), fact_catalogue.all_facts(), _siblings)


def within(request: Request, scope: Scope) -> Request:
    """The request as this reader may ask it: a reader of one bureau sees that bureau's rows only. Raises Forbidden outside the scope."""
    own = scope.bureau_id if request.bureau_id is None else request.bureau_id
    outside = "要看的地区或单位不在您的数据范围内。"
    if not scope.covers_region(request.region) or (scope.bureau_id is not None and own != scope.bureau_id):
        raise Forbidden(Problem("figures.forbidden", request.reference, outside, "请联系本单位安全管理员，或改选自己的地区。"))
    return request if own == request.bureau_id else _with_bureau(request, own)


def current_snapshot() -> Snapshot:
    """The newest snapshot, taken now when there is none yet."""
    try:
        return snapshots.current()
    except AnjuError as missing:
        if missing.problems[0].code != "figures.no_snapshot":
            raise
        return snapshots.refresh()


def _figure(plan: Plan, answers: Answers, snapshot: int | None, reader: Scope) -> Figure:
    if plan.request.measure == "rank":
        return rank_figure(plan, answers, snapshot, reader)
    return assemble(plan, answers, snapshot)


def _with_bureau(request: Request, bureau_id: int | None) -> Request:
    return Request(request.indicator, request.period, request.region, bureau_id, request.filters, request.measure)


def _answers(plans: Sequence[Plan], engine: Engine, reader: Scope) -> dict[Aggregate, AggregateResult]:
    own = distinct(aggregate for plan in plans for aggregate in plan.own())
    rivals = [each for each in distinct(aggregate for plan in plans for aggregate in plan.of_rivals()) if each not in set(own)]
    with using_scope(reader):
        answers = dict(zip(own, engine.run(own), strict=True))
    if rivals:
        # Only the order of the siblings leaves this module (ranking), never their values; so they may be read beyond the reader's scope.
        with using_scope(Scope.system()):
            answers.update(zip(rivals, engine.run(rivals), strict=True))
    return answers


def _siblings(region: str, day: date) -> list[tuple[str, str]]:
    return list(regions.siblings(region, day).values_list("code", "name")) if region else []
