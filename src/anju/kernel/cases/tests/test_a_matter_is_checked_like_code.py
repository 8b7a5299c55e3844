"""What is wrong with a matter is said with file and line, before anybody works by it."""

from __future__ import annotations

import pytest

from anju.kernel.cases.matters.catalogue import parameter_problems, role_problems
from anju.kernel.cases.matters.reading import read_matters
from anju.kernel.cases.matters.returning import every_rule
from anju.kernel.errors import AnjuError
from anju.testing.matters import DEMONSTRATION, demonstration

HEAD = """m:
  name: 事项
  prefix: MM
  version: 2026-01
  applicants: [person]
  source: 示例文件
  refusals: {unfit: 不符合}
  clock: {limit: 20wd, stops_for: [supplement]}
"""
GOOD = HEAD + "  stages:\n    - accept: {role: clerk, limit: 5wd}\n    - review: {name: 审查, role: reviewer}\n"


def _said(text: str) -> str:
    with pytest.raises(AnjuError) as refusal:
        read_matters(text, file="m.yaml")
    return str(refusal.value)


def test_a_good_page_is_taken() -> None:
    assert read_matters(GOOD, file="m.yaml")[0].title == "事项"


@pytest.mark.parametrize(
    ("stage", "line", "words"),
    [
        ("- review: {name: 审查, role: reviewer, by_forward: true}", 11, "永远走不到"),
        ("- review: {name: 审查, role: reviewer, decisions: [refuse]}", 11, "没有能够通过的决定"),
        ("- review: {name: 审查, limit: 5wd}", 11, "没有写由谁办理"),
        ("- review: {name: 审查, role: reviewer, returns: [nowhere]}", 11, "退回的去处“nowhere”走不通"),
        ("- review: {name: 审查, role: reviewer, limit: 5}", 11, "读不懂"),
        ("- review: {name: 审查, role: reviewer, limit: 30wd}", 11, "期限长于总时限"),
        ("- review: {name: 审查, role: reviewer, on_refusal: later}", 11, "不是前面的阶段"),
        ("- review: {name: 审查, role: reviewer, off_clock: hearing}", 11, "不在 clock.stops_for"),
        ("- review: {name: 审查, role: reviewer, forwards: [accept]}", 11, "不是后面的阶段"),
        ("- review: {name: 审查, role: reviewer, not_same_person_as: [nobody]}", 11, "不存在"),
        ("- review: {name: 审查, role: reviewer, checks: [land]}", 11, "没有“land”这种核查"),
        ("- review: {name: 审查, role: reviewer, when: 'amount > 5'}", 11, "没有声明"),
        ("- accept: {role: clerk, limit: 5wd}", 11, "只能是第一个阶段"),
        ("- review: {name: 审查, role: reviewer, colour: red}", 11, "不认识“colour”"),
        ("- review: {name: 审查, together: {at_least: 3}, steps: {a: {name: 甲, role: clerk}, b: {name: 乙, role: clerk}}}", 11, "只有2方"),
    ],
)
def test_a_mistake_is_named_at_its_line(stage: str, line: int, words: str) -> None:
    said = _said(GOOD.replace("- review: {name: 审查, role: reviewer}", stage))
    assert words in said
    assert f"m.yaml:{line}" in said


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("  materials: {paper: {name: 证明, at: later}}\n", "没有任何环节要它"),
        ("  materials: {paper: {name: 证明, may_follow: {within: 40wd}}}\n", "补齐的期限长于办理时限"),
        ("  outcomes: {licence: 许可证}\n", "没有环节出具"),
        ("  checks: {land: {name: 土地核查}}\n", "没有环节要求"),
    ],
)
def test_what_nobody_asks_for_is_named(entry: str, words: str) -> None:
    assert words in _said(GOOD.replace("  stages:", entry + "  stages:"))


def test_a_limit_needs_a_source_and_a_promise_stays_within_the_law() -> None:
    assert "没有依据" in _said(GOOD.replace("  source: 示例文件\n", ""))
    assert "承诺时限长于法定时限" in _said(GOOD.replace("limit: 20wd,", "limit: 20wd, statutory: 10wd,"))
    assert "时钟没有期限" in _said(GOOD.replace("limit: 20wd, ", ""))


def test_all_mistakes_are_said_at_once() -> None:
    said = _said(GOOD.replace("prefix: MM", "prefix: mm").replace("role: reviewer", "role: reviewer, x: 1"))
    assert "prefix" in said
    assert "不认识“x”" in said


def test_a_role_or_parameter_nobody_has_is_named() -> None:
    matter = read_matters(GOOD.replace("role: reviewer", "role: wizard, limit: {parameter: no.such_days}"), file="m.yaml")[0]
    assert [problem.where for problem in role_problems([matter], {"clerk"})] == ["m.yaml:11"]
    assert "没有声明" in next(iter(parameter_problems([matter]))).what


def test_the_demonstration_uses_nearly_every_word() -> None:
    assert demonstration().name in DEMONSTRATION.read_text(encoding="utf-8")


def test_a_return_is_defined_for_every_pair() -> None:
    matter = demonstration()
    rules = list(every_rule(matter))
    pairs = {(rule.source, rule.target) for rule in rules}
    assert len(pairs) == len(rules)
    assert {(one, other) for one in matter.by_step for other in matter.by_step} <= pairs
    assert all(rule.allowed == (rule.why_not == "") and (not rule.allowed or rule.stage) for rule in rules)
    allowed = {(rule.source, rule.target) for rule in rules if rule.allowed}
    assert ("second_review", "police") in allowed
    assert ("police", "civil") not in allowed
    assert ("director", "chief") in allowed
    assert ("chief", "publicity") not in allowed
    assert ("first_review", "applicant") in allowed
