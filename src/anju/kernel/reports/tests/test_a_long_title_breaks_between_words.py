"""A title too long for one line is broken where a reader would pause."""

from __future__ import annotations

import pytest

from anju.kernel.reports.docx.titles import title_lines

BUREAU, PERIOD = "东原县房产服务中心", "2023年上半年"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (f"{PERIOD}工作情况的报告", [f"{PERIOD}工作情况的报告"]),
        (f"{BUREAU}{PERIOD}工作情况报告", [BUREAU, f"{PERIOD}工作情况报告"]),
        (
            f"{BUREAU}关于{PERIOD}住房保障和房地产市场运行情况的报告",
            [f"{BUREAU}关于{PERIOD}", "住房保障和房地产市场运行情况的报告"],
        ),
        ("无处可断一个很长很长很长很长很长很长很长很长题目", ["无处可断一个很长很长很长很长很长很长很长很长题目"]),
    ],
)
def test_lines(title: str, lines: list[str]) -> None:
    assert title_lines(title, (BUREAU, PERIOD)) == lines
