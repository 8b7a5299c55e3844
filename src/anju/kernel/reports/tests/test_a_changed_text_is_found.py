"""Comparing texts names the change and the figure it touches."""

from __future__ import annotations

import pytest

from anju.kernel.reports.built import Run
from anju.kernel.reports.comparing import changes

FROZEN = [
    (Run("全县商品房销售"), Run("2531套", "f1"), Run("，建筑面积"), Run("35.52万㎡", "f2"), Run("，其中住宅较多。")),
    (Run("自2013年起执行。"),),
]


def found(*paragraphs: str) -> list[tuple[Run, ...]]:
    return [(Run(text),) for text in paragraphs]


FIRST, SECOND = "全县商品房销售2531套，建筑面积35.52万㎡，其中住宅较多。", "自2013年起执行。"


def test_the_same_text_has_no_change() -> None:
    assert changes(FROZEN, found(FIRST, SECOND)) == []
    assert changes(FROZEN, found(f" {FIRST}\u00a0", SECOND)) == []


@pytest.mark.parametrize(
    ("first", "figures"),
    [
        (FIRST.replace("2531", "2631"), ("f1",)),
        (FIRST.replace("2531套", "12531套"), ("f1",)),
        (FIRST.replace("2531套", "2531余套"), ("f1",)),
        (FIRST.replace("2531套，", ""), ("f1",)),
        (FIRST.replace("万㎡", "㎡"), ("f2",)),
        (FIRST.replace("35.52万㎡，", "35.52万㎡以上，"), ()),
        (FIRST.replace("较多", "为主"), ()),
    ],
)
def test_a_change_names_the_figure_it_touches(first: str, figures: tuple[str, ...]) -> None:
    made = changes(FROZEN, found(first, SECOND))
    assert made
    assert {name for change in made for name in change.figures} == set(figures)


def test_a_number_outside_of_figures_is_numeric() -> None:
    (change,) = changes(FROZEN, found(FIRST, SECOND.replace("2013", "2016")))
    assert (change.paragraph, change.numeric, change.figures) == (2, True, ())


def test_a_paragraph_removed_names_its_figures() -> None:
    (change,) = changes(FROZEN, found(SECOND))
    assert change.figures == ("f1", "f2")


def test_a_paragraph_added_is_one_change() -> None:
    (change,) = changes(FROZEN, found(FIRST, "另有100套待售。", SECOND))
    assert (change.before, change.after, change.numeric) == ("", "另有100套待售。", True)
