"""A rule survives as data: a decision of years ago is computed again with the rule and parameters it was made by (GN-02)."""

from __future__ import annotations

import json

from hypothesis import given, settings

from anju.kernel.rules.judging import judge
from anju.kernel.rules.storing import as_data, digest_of, from_data
from anju.kernel.rules.tests.samples import subsidy
from anju.kernel.rules.tests.test_one_case_and_many_agree import HOUSEHOLDS

RULE = subsidy()
KEPT = from_data(json.loads(json.dumps(as_data(RULE), ensure_ascii=False)))


@settings(max_examples=200, deadline=None)
@given(row=HOUSEHOLDS)
def test_the_kept_rule_judges_and_explains_alike(row: dict):
    assert judge(KEPT, row) == judge(RULE, row)


def test_the_version_of_a_rule_is_its_content():
    assert digest_of(as_data(KEPT)) == digest_of(as_data(RULE)) == digest_of(as_data(subsidy()))
    changed = as_data(RULE)
    changed["values"][0]["value"] += 1
    assert digest_of(changed) != digest_of(as_data(RULE))
