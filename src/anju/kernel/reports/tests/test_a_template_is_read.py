"""Plain Chinese with slots becomes nodes; a mistake names its line and column and says what to do."""

from __future__ import annotations

import pytest

from anju.kernel.errors import Problem
from anju.kernel.reports.language.conditions import parse_condition
from anju.kernel.reports.language.nodes import Amount, Both, Choice, Compare, Each, Known, Node, Not, Reference, Slot, Text, Variable
from anju.kernel.reports.language.parser import parse_body
from anju.kernel.reports.language.references import NotAReference, parse_reference

UNITS = "market.new_homes.sold_units"


def read(body: str) -> tuple[Node, ...]:
    problems: list[Problem] = []
    nodes = parse_body(body, name="半年报告.txt", first_line=10, problems=problems)
    assert problems == []
    return nodes


def mistakes(body: str) -> list[str]:
    problems: list[Problem] = []
    parse_body(body, name="半年报告.txt", first_line=10, problems=problems)
    return [str(problem) for problem in problems]


def test_words_variables_and_figures() -> None:
    words, variable, comma, slot = read("截至{期末}，{market.new_homes.amount|亿元}")
    assert isinstance(words, Text)
    assert words.text == "截至"
    assert isinstance(variable, Variable)
    assert variable.name == "期末"
    assert isinstance(comma, Text)
    assert isinstance(slot, Slot)
    assert (str(slot.reference), slot.formats, slot.place.line, slot.place.column) == ("market.new_homes.amount", ("亿元",), 10, 8)


def test_full_width_marks_inside_braces_mean_the_same() -> None:
    (slot,) = read("{market.new_homes.amount｜同比}")
    assert isinstance(slot, Slot)
    assert slot.formats == ("同比",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b", Reference("a.b")),
        ("a.b@Q1", Reference("a.b", part="Q1")),
        ("a.b@1Q", Reference("a.b", part="1Q")),
        ("a.b[batch=10]#yoy", Reference("a.b", (("batch", "10"),), "", "yoy")),
        ("a.b#rank@H1[b=2,a=1]", Reference("a.b", (("a", "1"), ("b", "2")), "H1", "rank")),
    ],
)
def test_references(text: str, expected: Reference) -> None:
    assert parse_reference(text) == expected
    assert parse_reference(str(expected)) == expected


@pytest.mark.parametrize("text", ["销售套数", "a.b#", "a.b#most", "a.b[batch]", "a.b@Q1@Q2", "a.b c"])
def test_what_is_not_a_reference(text: str) -> None:
    with pytest.raises(NotAReference):
        parse_reference(text)


def test_a_list_and_its_body() -> None:
    (each,) = read('{逐项 batch 取自 market.reward.households 分隔 "；"}第{batch|中文}批{market.reward.households}{逐项完}')
    assert isinstance(each, Each)
    assert (each.dimension, str(each.reference), each.separator, len(each.body)) == ("batch", "market.reward.households", "；", 4)


def test_a_choice_with_all_its_branches() -> None:
    (choice,) = read("{如果 a.b#yoy > 0}升{否则如果 有 a.b#yoy}降{否则}无{如果完}")
    assert isinstance(choice, Choice)
    assert [branch.condition for branch in choice.branches] == [
        Compare(Reference("a.b", measure="yoy"), ">", Amount(0)),  # type: ignore[arg-type]
        Known(Reference("a.b", measure="yoy")),
    ]
    assert len(choice.otherwise) == 1


def test_conditions_bind_as_they_read() -> None:
    condition = parse_condition("a.b >= 100% 且 非 无 a.c 且 a.d ≠ 1.5亿元")
    assert isinstance(condition, Both)
    assert len(condition.parts) == 3
    assert condition.parts[1] == Not(Not(Known(Reference("a.c"))))
    amount = condition.parts[2].right  # type: ignore[union-attr]
    assert (str(amount.value), amount.unit) == ("3/2", "亿元")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("body", "place", "says"),
    [
        ("第一行\n销售{market.sold", "半年报告.txt:11:3", "没有闭合"),
        ("多了}", "半年报告.txt:10:3", "多了一个"),
        ("全角｛期末｝", "半年报告.txt:10:3", "全角"),
        ("{a.b#most}", "半年报告.txt:10:1", "没有“#most”这个量"),
        ("{如果 a.b > 1}升", "半年报告.txt:10:1", "没有写完"),
        ("降{如果完}", "半年报告.txt:10:2", "没有对应的“如果”"),
        ("{逐项 batch}{逐项完}", "半年报告.txt:10:1", "逐项应写成"),
        ("{如果 a.b 100}升{如果完}", "半年报告.txt:10:1", "比较符号"),
        ("{}", "半年报告.txt:10:1", "缺少内容"),
    ],
)
def test_mistakes_have_a_place_and_advice(body: str, place: str, says: str) -> None:
    said = mistakes(body)
    assert said
    assert said[0].startswith(place)
    assert says in said[0]


def test_one_mistake_is_said_once() -> None:
    assert len(mistakes("{如果 a.b 100}升{否则}降{如果完}\n{逐项 坏}x{逐项完}")) == 2


def test_double_braces_print_braces() -> None:
    (words,) = read("集合{{甲}}")
    assert isinstance(words, Text)
    assert words.text == "集合{甲}"


def test_a_full_width_separator_is_printed_as_written() -> None:
    (each,) = read('{逐项 use 取自 a.b[x=1，y=2] 分隔 "，"}{use}{逐项完}')
    assert isinstance(each, Each)
    assert (each.separator, each.reference.filters) == ("，", (("x", "1"), ("y", "2")))
