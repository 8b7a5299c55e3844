from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.kernel.errors import AnjuError
from anju.kernel.figures.periods import Period

years = st.integers(1950, 2190)
codes = st.one_of(
    years.map(str),
    st.tuples(years, st.sampled_from(["H1", "H2", "Q1", "Q2", "Q3", "Q4"])).map(lambda pair: f"{pair[0]}{pair[1]}"),
    st.tuples(years, st.integers(1, 12)).map(lambda pair: f"{pair[0]}-{pair[1]:02d}"),
)
days = st.dates(date(1951, 1, 1), date(2190, 12, 31))
ranges = st.tuples(days, days).map(lambda pair: Period.between(min(pair), max(pair)))
periods = st.one_of(codes.map(Period.parse), ranges)


@given(codes)
def test_a_code_reads_back(code: str) -> None:
    assert Period.parse(code).code == code


@given(periods)
def test_every_period_reads_back_from_its_code(period: Period) -> None:
    assert Period.parse(period.code) == period


@given(periods)
def test_the_year_before_and_the_year_after_meet_unless_february_ends(period: Period) -> None:
    before = period.year_before()
    assert before.kind == period.kind
    assert (before.start.year, before.end.year) == (period.start.year - 1, period.end.year - 1)
    assert (before.start.month, before.end.month) == (period.start.month, period.end.month)


@given(periods.filter(lambda period: period.end - period.start < timedelta(days=300 * 30)))
def test_the_previous_period_touches_this_one(period: Period) -> None:
    if period.start.year * 2 - period.end.year < 1960:
        return
    assert period.previous().end + timedelta(days=1) == period.start


@given(codes.map(Period.parse), st.sampled_from(["half", "quarter", "month"]))
def test_parts_tile_the_whole(period: Period, kind: str) -> None:
    order = ["year", "half", "quarter", "month"]
    if order.index(period.kind) > order.index(kind):
        with pytest.raises(AnjuError):
            period.parts(kind)  # type: ignore[arg-type]
        return
    parts = period.parts(kind)  # type: ignore[arg-type]
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert all(second.start - first.end == timedelta(days=1) for first, second in itertools.pairwise(parts))


def test_a_half_year_by_name() -> None:
    half = Period.parse("2023h1")
    assert (half.start, half.end, half.label, half.end_label) == (date(2023, 1, 1), date(2023, 6, 30), "2023年上半年", "2023年6月底")
    assert half.part("Q1").label == "2023年第一季度"
    assert half.part("M06") == Period.parse("2023-06") == Period.parse("2023M06")
    assert half.year_before().code == "2022H1"
    assert half.previous().code == "2022H2"


def test_a_part_by_its_place() -> None:
    second = Period.parse("2022H2")
    assert (second.part("1Q").code, second.part("2Q").code) == ("2022Q3", "2022Q4")
    assert (second.part("1M").code, second.part("06M").code) == ("2022-07", "2022-12")
    assert Period.parse("2022").part("2H") == second
    assert Period.parse("2023H1").part("2Q") == Period.parse("2023H1").part("Q2")


@pytest.mark.parametrize(("period", "part"), [("2023H1", "Q3"), ("2022H2", "3Q"), ("2022Q3", "1H"), ("2022-07", "1Q"), ("2022H2", "0Q")])
def test_a_part_outside_is_refused(period: str, part: str) -> None:
    with pytest.raises(AnjuError) as refused:
        Period.parse(period).part(part)
    assert refused.value.problems[0].code == "figures.part_outside"


def test_a_range_that_has_a_name_takes_it() -> None:
    assert Period.parse("2023-01-01..2023-06-30").code == "2023H1"
    assert Period.parse("2023-01-01..2023-05-31").label == "2023年1至5月"
    assert Period.parse("2023-01-01..2023-05-15").label == "2023年1月1日至2023年5月15日"
    assert Period.parse("2023-05").year_to_date().code == "2023-01-01..2023-05-31"
    assert Period.parse("2023Q2").year_to_date().code == "2023H1"
    assert Period.parse("2023").end_label == "2023年底"


def test_february_ends_when_it_ends() -> None:
    assert Period.parse("2024-01-01..2024-02-29").year_before().code == "2023-01-01..2023-02-28"
    assert Period.parse("2025-01-01..2025-02-28").year_before().code == "2024-01-01..2024-02-29"
    assert Period.parse("2024-02").year_before().code == "2023-02"


@pytest.mark.parametrize(
    "text", ["", "23", "2023H3", "2023Q5", "2023-13", "2023-02-01..2023-01-01", "2023-02-30..2023-03-01", "20230", "1800"]
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(AnjuError) as refused:
        Period.parse(text)
    assert refused.value.problems[0].code == "figures.bad_period"
