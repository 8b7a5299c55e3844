"""Every shipped rule: columns and single cases agree to the fen for random households, unknown inputs included."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anju.domains.housing.rules.new_worker import new_worker
from anju.domains.housing.rules.purchase_reward import purchase_reward
from anju.domains.housing.rules.recognition import recognition
from anju.domains.housing.rules.rent_subsidy import rent_subsidy
from anju.domains.housing.rules.talent import talent_purchase
from anju.domains.housing.rules.tests.terms import new_worker_terms, recognition_terms, reward_policy, talent_terms, yuzhong
from anju.kernel.rules.judging import judge
from anju.kernel.rules.parameters import Value
from anju.kernel.rules.rule import Given, Rule
from anju.kernel.rules.running import judge_many, judge_row
from anju.kernel.rules.tests.samples import as_columns

RULES = [
    rent_subsidy(yuzhong()),
    rent_subsidy(
        yuzhong(
            max_months=Value("max_months", "最长期限", 72, "月"), floor=Value("floor", "最低", 36_000, "元/月", 2), capped_by_rent=False
        )
    ),
    new_worker(new_worker_terms()),
    talent_purchase(talent_terms()),
    purchase_reward(reward_policy()),
    recognition(recognition_terms()),
]


def values_of(one: Given) -> st.SearchStrategy[Any]:
    match one.term.kind:
        case "truth":
            return st.one_of(st.none(), st.booleans())
        case "date":
            return st.one_of(st.none(), st.dates(date(2014, 1, 1), date(2026, 12, 31)).map(date.toordinal))
        case "code":
            return st.one_of(st.none(), st.sampled_from([*one.labels, 99]))
    few = st.integers(one.term.low, min(one.term.high, one.term.low + 40))
    return st.one_of(st.none(), few, st.integers(one.term.low, one.term.high))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_both_readers_agree(rule: Rule, data: st.DataObject):
    case = st.fixed_dictionaries({name: values_of(one) for name, one in rule.givens.items()})
    rows = data.draw(st.lists(case, min_size=1, max_size=10))
    columns = as_columns(rows)
    run = judge_many(rule, columns, len(rows))
    for place, row in enumerate(rows):
        alone = judge(rule, row)
        assert (alone.verdict, alone.amount or 0) == (run.verdict[place], run.amount[place])
        assert judge_row(rule, columns, place) == alone
