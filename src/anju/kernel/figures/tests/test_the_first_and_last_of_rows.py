"""min and max: the earliest or latest date and the least or greatest number among the rows; dates neither grow nor add up."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.figures.evidence import evidence
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.figures.tests import samples
from anju.kernel.figures.tests.catalogue_samples import UNITS, load_text
from anju.kernel.figures.tests.figure_samples import ask


@pytest.fixture
def book(market: Actor) -> Actor:
    samples.add(
        market,
        samples.sale(filed_on=datetime.date(2022, 5, 6), left_on=datetime.date(2024, 2, 1), amount=12_345_600),
        samples.sale(filed_on=datetime.date(2023, 3, 8), left_on=datetime.date(2023, 9, 30), use="shop"),
        samples.sale(filed_on=datetime.date(2023, 2, 1), left_on=None, amount=98_765_400),
    )
    return market


def test_a_date_is_printed_as_a_day(book: Actor) -> None:
    assert ask("sample.first_filed", "2023H1", book).text == "2023年2月1日"
    last = ask("sample.last_left", "2023H1", book)
    assert last.text == "2024年2月1日"
    assert last.formula == "符合条件的3行中最晚的是2024年2月1日"


def test_a_filter_narrows_the_rows(book: Actor) -> None:
    assert ask("sample.last_left", "2023H1", book, filters=(("use", "shop"),)).text == "2023年9月30日"


def test_a_greatest_amount_has_its_own_unit(book: Actor) -> None:
    assert ask("sample.dearest", "2023H1", book).text == "98.77万元"


def test_without_rows_there_is_nothing_to_take(book: Actor) -> None:
    figure = ask("sample.first_filed", "2021", book)
    assert (figure.value, figure.missing, figure.text) == (None, "no_rows", "没有记录")


def test_a_date_does_not_grow(book: Actor) -> None:
    figure = ask("sample.first_filed", "2023H1", book, measure="yoy")
    assert (figure.value, figure.missing) == (None, "no_growth")


def test_the_rows_it_was_taken_from_are_its_evidence(book: Actor) -> None:
    found = evidence(Request("sample.first_filed", Period.parse("2023H1"), "990121"), by=book)
    assert found.count == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("m.a: {name: a, unit: 套, fact: sale_contract, max: filed_on, by: filed_on, source: s, meaning: m}", "quantities.unit_mismatch"),
        ("m.a: {name: a, unit: 日期, fact: sale_contract, sum: filed_on, by: filed_on, source: s, meaning: m}", "figures.not_a_number"),
        ("m.a: {name: a, unit: 日期, fact: sale_contract, max: building, by: filed_on, source: s, meaning: m}", "figures.not_a_number"),
        (
            "m.a: {name: a, unit: 批, fact: sale_contract, max: batch, by: filed_on, source: s, meaning: m}\n"
            "m.b: {name: b, unit: 批, fact: sale_contract, sum: batch, by: filed_on, source: s, meaning: m}\n"
            "m.c: {name: c, unit: 批, sum_of: [m.a, m.b], source: s, meaning: m}",
            "figures.not_additive",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(AnjuError) as refused:
        load_text(tmp_path, UNITS, text)
    assert code in [problem.code for problem in refused.value.problems]
