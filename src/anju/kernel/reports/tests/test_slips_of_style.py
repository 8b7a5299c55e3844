"""Slips of official style are found where they stand; good style is silent."""

from __future__ import annotations

import pytest

from anju.kernel.reports.built import Finding, Run
from anju.kernel.reports.findings.style import check_text, check_words
from anju.kernel.reports.language.walking import words
from anju.kernel.reports.paragraphs import lay_out
from anju.kernel.reports.template import parse_template

HEAD = "---\ntitle: 报告\nrelations:\n  - claim: {words: 全部到位, when: a.b = a.c}\n---\n"


def slips(text: str) -> list[Finding]:
    template = parse_template(HEAD + text, name="测试.txt", stem="测试", slice_name="test")
    printed = lay_out([Run(each.text) for each in words(template.body)])
    return [*check_text(printed), *check_words(template)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("截止六月底销售30套。", "cut_off"),
        ("截止目前销售30套。", "cut_off"),
        ("截止2023年6月底。", "cut_off"),
        ("查询1332余人次。", "rough"),
        ("东发【2013】14号文。", "document_number"),
        ("东发(2013)14号文。", "document_number"),
        ("东发〔2013〕第14号文。", "document_number"),
        ("销售*套。", "masked"),
        ("增长-5%。", "growth_sign"),
        ("2023年上半年销售30套。", "period_word"),
        ("已全部分配到位。", "unbacked_claim"),
        ("面积1㎡和2平方米。", "one_unit"),
        ("于2023年07月05日印发。", "leading_zero"),
        ("约340余次。", "rough_twice"),
        ("下降35％。", "percent"),
    ],
)
def test_slips(text: str, rule: str) -> None:
    assert f"reports.style.{rule}" in [finding.rule for finding in slips(text)]


@pytest.mark.parametrize(
    "text",
    [
        "截至{期末}销售30套。",
        "开具证明3200余份。",
        "东发〔2013〕14号，自2013年10月13日起执行。",
        "防止截留资金，投诉截止办法另行通知。",
        "{如果 a.b = 0}全部办结{如果完}。",
        "资金全部到位。",
        "（一）住房保障应保尽保。受理24户。",
        "占全部任务的51.69%。",
        "约340次，增长5%。",
    ],
)
def test_good_style_is_silent(text: str) -> None:
    assert slips(text) == []


def test_a_slip_in_the_template_has_line_and_column() -> None:
    (finding,) = slips("第一段。\n今年上半年销售30套。")
    assert finding.where == "测试.txt:7:1"
