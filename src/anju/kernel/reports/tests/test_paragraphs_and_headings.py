"""Printed words become paragraphs; headings are recognised by their numbers."""

from __future__ import annotations

import pytest

from anju.kernel.reports.built import Block, Run
from anju.kernel.reports.paragraphs import lay_out


def texts(*runs: Run) -> list[str]:
    return [block.text for block in lay_out(runs)]


def only(text: str) -> Block:
    (block,) = lay_out([Run(text)])
    return block


def test_a_line_is_a_paragraph_and_empty_lines_mean_nothing() -> None:
    assert texts(Run("甲。\n\n　　乙。\n")) == ["甲。", "乙。"]


def test_a_line_that_ends_with_a_comma_goes_on() -> None:
    assert texts(Run("商品房销售"), Run("2531套", "f1"), Run("，\n  建筑面积"), Run("35.52万㎡", "f2"), Run("。\n乙。")) == [
        "商品房销售2531套，建筑面积35.52万㎡。",
        "乙。",
    ]


@pytest.mark.parametrize(
    ("text", "level", "lead"),
    [
        ("一、强化标准意识", 1, "一、强化标准意识"),
        ("十一、其他", 1, "十一、其他"),
        ("（二）房地产市场平稳。我县开发面积增加。", 2, "（二）房地产市场平稳。"),
        ("(三)服务群众。", 2, "（三）服务群众。"),
        ("1.建立台账。逐项登记。", 3, "1.建立台账。"),
        ("（1）按月核对", 4, "（1）按月核对"),
        ("1.5亿元已经到位。", 0, ""),
        ("一是制定责任清单。", 0, ""),
        ("2023年上半年，", 0, ""),
    ],
)
def test_headings(text: str, level: int, lead: str) -> None:
    block = only(text)
    assert block.level == level
    assert "".join(run.text for run in block.runs[: block.lead]) == lead


def test_a_figure_never_belongs_to_a_heading_by_accident() -> None:
    (block,) = lay_out([Run("（一）应保尽保。受理"), Run("14人", "f1"), Run("。")])
    assert [(run.text, run.figure) for run in block.runs] == [("（一）应保尽保。", ""), ("受理", ""), ("14人", "f1"), ("。", "")]
    assert block.lead == 1
