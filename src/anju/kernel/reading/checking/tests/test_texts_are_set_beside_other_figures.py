"""A text against the system's figures and against what was published before; the other side comes as data."""

from __future__ import annotations

from fractions import Fraction

from anju.kernel.reading.checking.comparing import (
    Published,
    SystemValue,
    beside_system,
    check_published,
    check_system,
    published_figure,
    same_figures,
)
from anju.kernel.reading.reader import read

NOW = read("云川县住建局2024年上半年工作总结\n2024年上半年，全县商品房销售额18.48亿元，同比上升0.71%。\n全县共有物业小区128个。")
SALES, GROWTH, ESTATES = 0, 1, 2


def test_a_value_that_rounds_to_the_print_is_the_same() -> None:
    (row,) = beside_system(NOW, {SALES: SystemValue("商品房销售额", Fraction("1848318424.15"), "元")})
    assert row.state == "same"
    assert check_system(NOW, {SALES: row.system}) == ()


def test_another_value_is_an_error_with_its_difference() -> None:
    value = SystemValue("商品房销售额", Fraction("18.61"), "亿元")
    (row,) = beside_system(NOW, {SALES: value})
    assert (row.state, row.difference) == ("different", Fraction(-13_000_000))
    (finding,) = check_system(NOW, {SALES: value})
    assert finding.rule == "system_value"
    assert "系统里商品房销售额是18.61亿元，相差0.13亿元" in finding.message


def test_a_fall_in_the_system_is_a_fall_in_the_text() -> None:
    fallen = read("商品房销售额18.48亿元，同比下降0.71%。")
    assert check_system(fallen, {1: SystemValue("销售额同比", Fraction("-0.712"), "%")}) == ()
    assert len(check_system(fallen, {1: SystemValue("销售额同比", Fraction("0.712"), "%")})) == 1


def test_another_kind_of_unit_is_said_and_not_compared() -> None:
    (row,) = beside_system(NOW, {ESTATES: SystemValue("物业小区户数", Fraction(128), "户")})
    assert row.state == "other_unit"
    (finding,) = check_system(NOW, {ESTATES: row.system})
    assert finding.severity == "warning"


def test_nothing_to_compare_is_no_finding() -> None:
    masked = read("销售额*亿元。")
    assert [row.state for row in beside_system(masked, {0: SystemValue("销售额", Fraction(1), "亿元")})] == ["masked"]
    assert [row.state for row in beside_system(NOW, {SALES: SystemValue("销售额", None, "亿元")})] == ["missing"]


def test_the_published_figure_of_the_same_period() -> None:
    earlier = read("云川县住建局2024年上半年快报\n2024年上半年，全县商品房销售额18.62亿元。")
    other = published_figure(earlier, 0, paper="2024年上半年快报")
    assert other is not None
    (finding,) = check_published(NOW, {SALES: other})
    assert (finding.rule, finding.severity) == ("published_value", "error")
    assert "2024年上半年快报印的同一数字是18.62亿元" in finding.message


def test_growth_leads_back_to_what_was_published_a_year_before() -> None:
    def last_year(amount: str) -> Published:
        older = read(f"云川县住建局2023年上半年工作总结\n2023年上半年，全县商品房销售额{amount}。")
        other = published_figure(older, 0, paper="2023年上半年报告")
        assert other is not None
        return other

    assert check_published(NOW, {SALES: last_year("18.35亿元")}) == ()
    (finding,) = check_published(NOW, {SALES: last_year("17.90亿元")})
    assert finding.rule == "published_base"


def test_figures_of_two_texts_are_matched_by_their_words() -> None:
    older = read("云川县住建局2023年上半年工作总结\n2023年上半年，全县共有物业小区120个。\n全县商品房销售额18.35亿元。")
    matched = {NOW.figures[ours].text: older.figures[theirs].text for ours, theirs in same_figures(NOW, older).items()}
    assert matched == {"18.48亿元": "18.35亿元", "128个": "120个"}
