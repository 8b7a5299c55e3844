"""The conditions of a list are read from its address and said in words."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from anju.kernel.ledgers.catalogue import get
from anju.site.pages.ledgers.filters import as_where, read_terms


@pytest.mark.parametrize(
    ("query", "sentence", "where"),
    [
        ("f.use=residential&f.use=commercial", "用途是住宅或商业", {"use": ["residential", "commercial"]}),
        (
            "f.filed_on.from=2023-01-01&f.filed_on.to=2023-06-30",
            "备案日期在2023-01-01至2023-06-30",
            {"filed_on": {"gte": "2023-01-01", "lte": "2023-06-30"}},
        ),
        ("f.filed_on.to=2023-06-30", "备案日期不晚于2023-06-30", {"filed_on": {"lte": "2023-06-30"}}),
        ("f.amount.from=500000", "合同金额不小于500000元", {"amount": {"gte": "500000"}}),
        ("f.project=东城", "项目名称含“东城”", {"project": {"contains": "东城"}}),
    ],
)
def test_a_condition_is_said(query: str, sentence: str, where: dict[str, object]) -> None:
    terms = read_terms(get("sale_contract"), QueryDict(query))
    assert [term.sentence for term in terms] == [sentence]
    assert as_where(terms) == where


def test_what_is_unknown_or_empty_is_left_out() -> None:
    assert read_terms(get("sale_contract"), QueryDict("f.use=castle&f.nothing=1&f.project=&after=abc")) == []


def test_a_condition_can_be_taken_away_alone() -> None:
    asked = QueryDict("f.use=residential&f.project=东城&after=xyz&sort=-amount")
    terms = {term.field.name: term for term in read_terms(get("sale_contract"), asked)}
    assert QueryDict(terms["use"].without[1:]).dict() == {"f.project": "东城", "sort": "-amount"}
