"""parameters.yaml: what is wrong is said with file and line, all of it at once."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from anju.kernel.errors import AnjuError
from anju.kernel.parameters.catalogue import all_parameters
from anju.kernel.parameters.reading import read_parameters
from anju.kernel.parameters.tests.pages import PAGE
from anju.kernel.parameters.values import usable, words


def test_a_page_is_read() -> None:
    found = {one.name: one for one in read_parameters(PAGE, file="p.yaml", slice="test")}
    rate = found["test.rate"]
    assert [(value.stored, value.start, value.end, value.region) for value in rate.values] == [
        (500, datetime.date(2012, 7, 15), datetime.date(2020, 1, 1), ""),
        (700, datetime.date(2020, 1, 1), None, ""),
        (850, datetime.date(2021, 1, 1), None, "9901"),
    ]
    assert words(rate, 850) == "8.50元/㎡·月"
    tiers = found["test.tiers"]
    lowest, low = usable(tiers.kind, tiers.values[0].stored)
    assert (lowest["tier"], lowest["income"], lowest["factor"]) == ("lowest", None, Decimal(1))
    assert (low["income"], low["factor"]) == (120_000, Decimal("0.6"))
    with pytest.raises(TypeError):
        low["factor"] = 1


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("name: 租赁补贴标准", "nam: 租赁补贴标准"), 3, "不认识“nam”"),
        (("type: money\n  unit: 元/㎡·月", "type: money\n  unit: 分"), 5, "应以元开头"),
        (("type: integer", "type: whole"), 13, "类型“whole”不认识"),
        (("value: 7元", "value: 700"), 10, "应是金额并写明单位"),
        (("value: 7元", "value: 700元"), 10, "不大于100.00元/㎡·月"),
        (("value: 5.00元", "value: 5.001元"), 9, "比分还细"),
        (("to: 2020-01-01, value: 5.00元", "value: 5.00元"), 10, "重叠"),
        (("from: 2012-07-15, ", ""), 9, "缺少起始日期"),
        (("document: 示例建发〔2012〕1号", "document: "), 9, "缺少“document”"),
        (("region: 9901", "region: 云川市"), 11, "不是区划代码"),
        (("factor: 0.6", "factor: 0.666"), 58, "第2行“系数”最多2位小数"),
        (("{tier: low, income", "{tier: lowest, income"), 58, "第2行与第1行的“档次”相同"),
        (("income: 1200元", "income: 1200"), 58, "第2行“income”应是金额并写明单位"),
        (("key: tier", "key: tear"), 48, "key 应是表中的列名"),
        (("test.share:", "share:"), 29, "名称不合规"),
        (("choices: {calendar: 自然日, working: 工作日}\n", "\n"), 24, "choices 应有"),
    ],
)
def test_a_mistake_is_said_with_its_line(change: tuple[str, str], line: int, said: str) -> None:
    assert change[0] in PAGE
    with pytest.raises(AnjuError) as refused:
        read_parameters(PAGE.replace(*change, 1), file="p.yaml", slice="test")
    assert said in str(refused.value)
    assert any(
        abs(int(problem.where.split(":")[1]) - line) <= 6 and problem.where.startswith("p.yaml:") for problem in refused.value.problems
    )


def test_everything_the_slices_declare_is_sound() -> None:
    assert all(one.title and one.meaning for one in all_parameters().values())
