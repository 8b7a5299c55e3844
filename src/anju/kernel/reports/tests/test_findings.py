"""What does not hold between figures is said with its arithmetic; what only rounding parts is not accused."""

from __future__ import annotations

import pytest

from anju.kernel.reports.built import Built, Finding
from anju.kernel.reports.tests.conftest import County

TITLE = 'title: "{期间}工作情况的报告"\n'


def report(county: County, relations: str, body: str = "销售额{sample.amount}。") -> Built:
    return county.report(body, head=f"---\n{TITLE}relations:\n{relations}---\n")


def findings(built: Built, rule: str) -> list[Finding]:
    return [finding for finding in built.findings if finding.rule == f"reports.{rule}"]


def test_a_sum_that_holds_is_silent(county: County) -> None:
    county.sell(2)
    county.sell(1, use="shop")
    built = report(county, "  - sum: {total: sample.amount, parts: [sample.home_amount, sample.shop_amount]}\n")
    assert built.findings == ()


def test_a_sum_that_does_not_hold_says_its_arithmetic(county: County) -> None:
    county.sell(2, amount=12_345_000_000)
    county.sell(1, use="shop", amount=5_000_000_000)
    built = report(county, "  - sum: {total: sample.amount, parts: [sample.home_amount, sample.home_amount]}\n")
    (finding,) = findings(built, "sum")
    assert finding.message == "住宅销售额2.47亿元 + 住宅销售额2.47亿元 = 4.94亿元，与销售额2.97亿元不等，相差1.97亿元。"
    assert finding.figures == ("anju_f001",)


def test_rounding_is_explained_and_not_accused(county: County) -> None:
    # 0.495亿 and 0.495亿 print 0.50 each and 0.99 together.
    county.sell(1, amount=4_950_000_000)
    county.sell(1, use="shop", amount=4_950_000_000)
    built = report(county, "  - sum: {total: sample.amount, parts: [sample.home_amount, sample.shop_amount]}\n")
    assert findings(built, "sum") == []
    (finding,) = findings(built, "rounding")
    assert finding.severity == "note"
    assert "0.50亿元 + 0.50亿元与销售额0.99亿元在末位上不等" in finding.message
    assert "0.50、0.49" in finding.advice


def test_a_part_greater_than_its_whole(county: County) -> None:
    county.sell(3)
    built = report(county, "  - of_which: {total: sample.shop_amount, part: sample.home_amount}\n")
    assert "大于总项" in findings(built, "of_which")[0].message


def test_a_ratio_that_does_not_follow(county: County) -> None:
    county.sell(3)
    built = report(county, "  - ratio: {is: sample.price, of: sample.amount, over: sample.count}\n")
    assert "与均价5081元/㎡不符" in findings(built, "ratio")[0].message


def test_growth_lies_between_that_of_its_parts(county: County) -> None:
    for on, homes, shops in (("2022-03-01", 2, 2), ("2023-03-01", 3, 4)):
        county.sell(homes, on=on)
        county.sell(shops, on=on, use="shop")
    right = "  - decomposition: {total: sample.amount, parts: [sample.home_amount, sample.shop_amount]}\n"
    wrong = "  - decomposition: {total: sample.shop_amount, parts: [sample.home_amount, sample.home_amount]}\n"
    assert findings(report(county, right), "decomposition") == []
    assert "应介于各分项增幅之间" in findings(report(county, wrong), "decomposition")[0].advice


def test_a_target_missed(county: County) -> None:
    county.sell(1)
    county.sell(4, use="shop")
    built = county.report("完成比{sample.completion}。")
    (finding,) = findings(built, "target")
    assert finding.message == "完成比未达到100%：住宅套数1套 ÷ 非住宅套数4套 = 25.00%。"
    county.sell(3)
    assert findings(county.report("完成比{sample.completion}。"), "target") == []


def test_a_claim_holds_by_equality(county: County) -> None:
    county.sell(3)
    relation = '  - claim: {words: 全部分配, when: "sample.homes = sample.count"}\n'
    assert report(county, relation, "已全部分配{sample.homes}。").findings == ()
    county.sell(1, use="shop")
    (finding,) = findings(report(county, relation, "已全部分配{sample.homes}。"), "claim")
    assert finding.message == "正文写了“全部分配”，但住宅套数3套，销售套数4套，不成立。"


@pytest.mark.parametrize(("printed", "follows"), [("4732元/㎡", True), ("4730元/㎡", True), ("4734元/㎡", True), ("4687元/㎡", False)])
def test_a_printed_average_must_follow_from_its_total(county: County, printed: str, follows: bool) -> None:
    # The seed's: 14.57亿元 over 30.79万㎡ is 4732元/㎡, and rounding allows 4729.66 to 4734.45.
    county.sell(1, amount=145_700_000_000, area="307900.00")
    relation = f"  - stated: {{figure: sample.price, printed: {printed}, in: 2023年上半年工作总结}}\n"
    found = findings(report(county, relation, "均价{sample.price}。"), "stated")
    assert (found == []) is follows
    if found:
        assert found[0].message == (
            "“2023年上半年工作总结”印的均价4687元/㎡不能由其销售额与销售面积得出：14.57亿元 ÷ 30.79万㎡ = 4732元/㎡"
            "（计入两数的舍入，只能在4729.66至4734.45元/㎡之间），与4687元/㎡相差45元/㎡（0.95%）。"
        )


def test_a_stated_number_of_another_period_is_silent(county: County) -> None:
    county.sell(1)
    relation = "  - stated: {figure: sample.price, printed: 1元/㎡, period: 2022H1}\n"
    assert findings(report(county, relation, "均价{sample.price}。"), "stated") == []
