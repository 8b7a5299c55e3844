"""The rows behind a figure, chosen by the very conditions that counted them, with their number and one digest over all of them."""

from __future__ import annotations

from dataclasses import replace

from anju.kernel.figures import facts as fact_catalogue
from anju.kernel.figures.aggregates import Aggregate
from anju.kernel.figures.compute import current_snapshot, make_planner, within
from anju.kernel.figures.digests import sm3_of_data
from anju.kernel.figures.engines.compiled import CompiledEngine
from anju.kernel.figures.engines.duckdb import DuckDBEngine
from anju.kernel.figures.evidence_columns import chosen_columns
from anju.kernel.figures.evidence_export import export_xlsx
from anju.kernel.figures.evidence_rows import Evidence, EvidenceRow, rows_of
from anju.kernel.figures.facts import Column
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.planning import Plan, Question, Request
from anju.kernel.figures.references import filters_text
from anju.kernel.orgs.actor import Actor
from anju.kernel.orgs.scope import Scope, using_scope

__all__ = ["Evidence", "EvidenceRow", "evidence", "export_xlsx"]

MAX_ROWS = 10_000


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
    with using_scope(by.scope):
        now = _Page(engine, plan.now, max(offset, 0), min(max(limit, 0), MAX_ROWS)).of(plan.now)
        parts = [_Page(engine, each, 0, 0).of(each) for each in (plan.base, plan.whole) if each is not None]
    digests = [now.digest, *(part.digest for part in parts), *_rival_digests(plan, engine)]
    if len(digests) == 1:
        return now
    return Evidence(
        reference=asked.reference,
        name=now.name,
        period=now.period,
        count=now.count,
        digest=sm3_of_data(digests),
        rows=now.rows,
        parts=(now, *parts),
    )


def _rival_digests(plan: Plan, engine: CompiledEngine) -> list[str]:
    if not plan.rivals:
        return []
    # A rank rests on the siblings' rows too. Only digests of them are read here, and only a digest of those leaves.
    with using_scope(Scope.system()):
        return [
            engine.prove(leaf.aggregate).digest
            for rival in plan.rivals
            for leaf in rival.question.leaves()
            if rival.region != plan.now.region and leaf.aggregate is not None
        ]


class _Page:
    """Walks the parts of a figure and lists the rows that fall on the page asked for.

    Two parts over the same rows (amount and area of a price) list them once, with the columns of both.
    """

    def __init__(self, engine: CompiledEngine, question: Question, offset: int, limit: int) -> None:
        self.engine = engine
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
        proof = self.engine.prove(aggregate)
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
