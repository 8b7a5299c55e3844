"""The rows behind a figure, chosen by the very conditions that counted them, with their number and one digest over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.figures import facts as fact_catalogue
from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.compute import current_snapshot, make_planner, within
from anju.kernel.figures.digests import sm3_of_data
from anju.kernel.figures.engines.compiled import CompiledEngine
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.engines.proving import Proof
from anju.kernel.figures.evidence_columns import chosen_columns
from anju.kernel.figures.evidence_export import export_xlsx
from anju.kernel.figures.evidence_rows import Evidence, EvidenceRow, rows_of
from anju.kernel.figures.facts import Column
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.planning import Plan, Question, Request, distinct
from anju.kernel.figures.references import filters_text

__all__ = ["Evidence", "EvidenceRow", "evidence", "evidence_of_all", "export_xlsx"]

MAX_ROWS = 10_000
Proofs = Mapping[Aggregate, Proof]


def evidence(
    request: Request,
    *,
    by: Actor,
    snapshot: Snapshot | None = None,
    engine: CompiledEngine | None = None,
    offset: int = 0,
    limit: int = 200,
) -> Evidence:
    """The rows behind a figure within the reader's scope, `limit` of them from `offset` on; 0 gives count and digest only.

    The rows of a derived figure's parts follow each other: `rows` has them all, `parts` has each part's own. What growth is measured
    against, and the whole of a share, are parts with count and digest only: ask for their period to see their rows.
    Raises Forbidden for a region or bureau outside the reader's scope.
    """
    asked = within(request, by.scope)
    engine = engine or DuckDBEngine(snapshot or current_snapshot())
    plan = make_planner().plan(asked)
    return _evidence(plan, engine, _proofs([plan], engine, by), by, offset=max(offset, 0), limit=min(max(limit, 0), MAX_ROWS))


def evidence_of_all(
    requests: Sequence[Request], *, by: Actor, snapshot: Snapshot | None = None, engine: CompiledEngine | None = None
) -> list[Evidence]:
    """Count and digest of many figures, in order, without their rows: what `evidence` says with `limit` 0, each fact read once.

    Raises Forbidden for a region or bureau outside the reader's scope.
    """
    asked = [within(request, by.scope) for request in requests]
    engine = engine or DuckDBEngine(snapshot or current_snapshot())
    planner = make_planner()
    plans = [planner.plan(request) for request in asked]
    proofs = _proofs(plans, engine, by)
    return [_evidence(plan, engine, proofs, by, offset=0, limit=0) for plan in plans]


def _proofs(plans: Sequence[Plan], engine: CompiledEngine, by: Actor) -> Proofs:
    own = distinct(leaf.aggregate for plan in plans for question in _own(plan) for leaf in question.leaves() if leaf.aggregate is not None)
    rivals = [each for each in distinct(aggregate for plan in plans for aggregate in _of_rivals(plan)) if each not in set(own)]
    with using_scope(by.scope):
        proofs = dict(zip(own, engine.prove(own), strict=True))
    if rivals:
        # A rank rests on the siblings' rows too. Only digests of them are read here, and only a digest of those leaves.
        with using_scope(Scope.system()):
            proofs.update(zip(rivals, engine.prove(rivals), strict=True))
    return proofs


def _own(plan: Plan) -> list[Question]:
    return [each for each in (plan.now, plan.base, plan.whole) if each is not None]


def _of_rivals(plan: Plan) -> list[Aggregate]:
    others = [rival.question for rival in plan.rivals if rival.region != plan.now.region]
    return [leaf.aggregate for question in others for leaf in question.leaves() if leaf.aggregate is not None]


def _evidence(plan: Plan, engine: CompiledEngine, proofs: Proofs, by: Actor, *, offset: int, limit: int) -> Evidence:
    with using_scope(by.scope):
        now = _Page(engine, proofs, plan.now, offset, limit).of(plan.now)
        parts = [_Page(engine, proofs, each, 0, 0).of(each) for each in _own(plan)[1:]]
    digests = [now.digest, *(part.digest for part in parts), *(proofs[each].digest for each in _of_rivals(plan))]
    if len(digests) == 1:
        return now
    return Evidence(
        reference=plan.request.reference,
        name=now.name,
        period=now.period,
        count=now.count,
        digest=sm3_of_data(digests),
        rows=now.rows,
        parts=(now, *parts),
    )


class _Page:
    """Walks the parts of a figure and lists the rows that fall on the page asked for.

    Two parts over the same rows (amount and area of a price) list them once, with the columns of both.
    """

    def __init__(self, engine: CompiledEngine, proofs: Proofs, question: Question, offset: int, limit: int) -> None:
        self.engine = engine
        self.proofs = proofs
        self.offset = offset
        self.limit = limit
        self.columns: dict[Aggregate, tuple[Column, ...]] = {}
        self.counts: dict[Aggregate, int] = {}
        together: dict[Aggregate, list[Aggregate]] = {}
        for leaf in question.leaves():
            if leaf.aggregate is not None:
                together.setdefault(_row_set(leaf.aggregate), []).append(leaf.aggregate)
        for rows, aggregates in together.items():
            self.columns[rows] = chosen_columns(fact_catalogue.fact(rows.fact), aggregates)

    def of(self, question: Question) -> Evidence:
        """The evidence of a question and of what it is computed from."""
        if question.aggregate is not None:
            return self._counted(question, question.aggregate)
        parts = tuple(self.of(each) for each in question.inputs)
        sets = {_row_set(leaf.aggregate) for leaf in question.leaves() if leaf.aggregate is not None}
        return Evidence(
            reference=question.indicator.key + filters_text(question.filters),
            name=question.indicator.name,
            period=question.period,
            count=sum(self.counts[rows] for rows in sets),
            digest=sm3_of_data([part.digest for part in parts]),
            rows=tuple(row for part in parts for row in part.rows),
            parts=parts,
        )

    def _counted(self, question: Question, aggregate: Aggregate) -> Evidence:
        proof = self.proofs[aggregate]
        rows = _row_set(aggregate)
        listed = rows in self.counts
        self.counts[rows] = proof.rows
        return Evidence(
            reference=question.indicator.key + filters_text(question.filters),
            name=question.indicator.name,
            period=question.period,
            count=proof.rows,
            digest=proof.digest,
            columns=self.columns[rows],
            rows=() if listed else self._rows(aggregate, self.columns[rows], proof.rows),
            fact=fact_catalogue.fact(aggregate.fact),
        )

    def _rows(self, aggregate: Aggregate, columns: tuple[Column, ...], count: int) -> tuple[EvidenceRow, ...]:
        begin, self.offset = self.offset, max(self.offset - count, 0)
        if self.limit == 0 or begin >= count:
            return ()
        rows = tuple(rows_of(self.engine, aggregate, columns, offset=begin, limit=self.limit))
        self.limit -= len(rows)
        return rows


def _row_set(aggregate: Aggregate) -> Aggregate:
    return replace(aggregate, kind="count", column=None)
