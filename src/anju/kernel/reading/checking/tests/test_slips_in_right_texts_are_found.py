"""Own right texts: the relations written beside them hold, checking finds nothing in them, and nearly every slip made in them is found."""

from __future__ import annotations

import pytest

from anju.kernel.reading.checking.checking import check
from anju.kernel.reading.checking.evaluation.corpus import Group, OwnText, own_texts
from anju.kernel.reading.checking.evaluation.formula import holds
from anju.kernel.reading.checking.evaluation.recall import measure
from anju.kernel.reading.reader import read

TEXTS = (*own_texts(), *own_texts("held_out"))
AT_LEAST = {"texts": 0.97, "held_out": 0.9}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_the_relations_of_a_text_hold(text: OwnText) -> None:
    assert len(text.kept) >= 5
    assert [kept for kept in text.kept if kept.holds(text.figures) is not True] == []


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_nothing_is_found_in_a_right_text(text: OwnText) -> None:
    assert [finding.message for finding in check(text.reading)] == []


@pytest.mark.parametrize("group", ["texts", "held_out"])
def test_slips_are_found(group: Group) -> None:
    recall = measure(own_texts(group), rounds=1, every=3 if group == "texts" else 1)
    assert sum(recall.noticeable.values()) > 150
    assert recall.share() >= AT_LEAST[group], recall.missed
    for rule, number in recall.by_rule.items():
        assert recall.found_by_rule[rule] >= 0.7 * number, (rule, recall.missed)


def test_a_formula_is_worked_out_with_intervals() -> None:
    figures = {figure.text: figure for figure in read("甲1.0万户、乙2.0万户，合计3.2万户，同比下降4.20%。").figures}
    assert holds("3.2万户 = 1.0万户 + 2.0万户", figures, signed=False) is False
    assert holds("3.2万户 <= 1.0万户 * 4", figures, signed=False) is True
    assert holds("1.0万户 = 2.0万户 / (1 + 1)", figures, signed=False) is True
    assert holds("1.0万户 <= 3.2万户 * (1 + 4.20%)", figures, signed=True) is True
    with pytest.raises(KeyError):
        holds("9户 = 8户", figures, signed=False)
