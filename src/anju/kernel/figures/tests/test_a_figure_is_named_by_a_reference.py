from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.errors import AnjuError
from anju.kernel.figures.indicators import MEASURES
from anju.kernel.figures.periods import Period
from anju.kernel.figures.references import FigureName, parse_name

words = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
keys = st.lists(words, min_size=2, max_size=4).map(".".join)
values = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="[],=@#"), min_size=1, max_size=8)
names = st.builds(
    FigureName,
    key=keys,
    filters=st.dictionaries(words, values, max_size=3).map(lambda pairs: tuple(sorted(pairs.items()))),
    part=st.sampled_from(["", "Q1", "H2", "M06"]),
    measure=st.sampled_from(MEASURES),
)


@given(names)
def test_a_reference_reads_back(name: FigureName) -> None:
    assert parse_name(str(name)) == name


def test_suffixes_come_in_any_order() -> None:
    expected = FigureName("market.amount", (("batch", "10"), ("use", "residential")), "Q1", "yoy")
    assert parse_name("market.amount#yoy@Q1[use=residential, batch=10]") == expected
    assert expected.period_in(Period.parse("2023H1")).code == "2023Q1"


NONSENSE = [
    "", "amount", "market.amount#best", "market.amount#yoy#mom", "market.amount[batch]", "market.amount[a=1,a=2]", "market.amount x",
    "market.amount[", "Market.amount", "market.amount" + "[a=1]" * 200,
]  # fmt: skip


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(AnjuError) as refused:
        parse_name(text)
    assert refused.value.problems[0].code == "figures.bad_reference"
