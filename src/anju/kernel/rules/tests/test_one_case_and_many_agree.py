"""One definition, two readers: what is judged for one household equals, to the fen, its row in a million."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from anju.kernel.rules.columns import compute
from anju.kernel.rules.judging import Verdict, judge
from anju.kernel.rules.rule import Rule
from anju.kernel.rules.running import judge_many, judge_row, value_at
from anju.kernel.rules.scalar import evaluate
from anju.kernel.rules.terms import Term
from anju.kernel.rules.tests import samples

RULE = samples.subsidy()


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.none(), values)


HOUSEHOLDS = st.fixed_dictionaries(
    {
        "persons": maybe(st.integers(0, 8)),
        "income": maybe(st.one_of(st.integers(0, 2_000_000), st.integers(0, 8).map(lambda persons: persons * 200_000))),
        "own": maybe(st.integers(0, 12_000)),
        "tier": maybe(st.integers(1, 3)),
        "applied": maybe(st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(date.toordinal)),
        "graduated": maybe(st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(date.toordinal)),
    }
)


@settings(max_examples=400, deadline=None)
@given(term=st.one_of(samples.numbers(), samples.truths()), rows=st.lists(samples.cases(), min_size=1, max_size=12))
def test_any_term_has_one_meaning(term: Term, rows: list[dict]):
    column = compute(term, samples.as_columns(rows))
    assert [value_at(column, place) for place in range(len(rows))] == [evaluate(term, row) for row in rows]


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(HOUSEHOLDS, min_size=1, max_size=20))
def test_a_run_judges_every_row_as_by_itself(rows: list[dict]):
    columns = samples.as_columns(rows)
    run = judge_many(RULE, columns, len(rows), steps=("area",))
    for place, row in enumerate(rows):
        alone = judge(RULE, row)
        assert alone == judge_row(RULE, columns, place)
        assert alone.verdict == run.verdict[place]
        assert (alone.amount or 0) == run.amount[place]
        assert {check.name for bit, check in enumerate(RULE.checks) if run.failed[place] >> bit & 1} == set(alone.failed)
        assert {check.name for bit, check in enumerate(RULE.checks) if run.open[place] >> bit & 1} == set(alone.open)


def test_the_amounts_are_integers_and_large_runs_hold():
    rows = 200_000
    draw = np.random.default_rng(7)
    columns = {
        "persons": draw.integers(1, 6, rows), "income": draw.integers(0, 1_200_000, rows), "own": draw.integers(0, 8000, rows),
        "tier": draw.integers(1, 3, rows), "applied": np.full(rows, date(2023, 6, 1).toordinal()),
        "graduated": np.full(rows, date(2020, 6, 30).toordinal()),
    }  # fmt: skip
    from anju.kernel.rules.columns import Column

    given_columns = {name: Column(values.astype(np.int64)) for name, values in columns.items()}
    run = judge_many(RULE, given_columns, rows)
    assert run.amount.dtype == np.int64
    assert set(np.unique(run.verdict)) == {Verdict.REFUSED, Verdict.GRANTED}
    for place in range(0, rows, 9973):
        alone = judge_row(RULE, given_columns, place)
        assert (alone.verdict, alone.amount) == (run.verdict[place], run.amount[place])


def test_the_sample_is_a_rule():
    assert isinstance(RULE, Rule)
