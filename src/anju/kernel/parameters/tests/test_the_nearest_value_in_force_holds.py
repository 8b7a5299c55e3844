"""at(name, region, day): dated, cited, inherited down the region tree; none is a refusal (GN-01)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Region
from anju.kernel.parameters.book import Book, Value, region_chain
from anju.kernel.parameters.queries import at, book
from anju.kernel.parameters.tests.pages import PAGE
from anju.testing.parameters import declare_parameters, given_parameter

RATE = "test.rate"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def page(db: None) -> Iterator[None]:
    with declare_parameters(PAGE):
        yield


@pytest.mark.usefixtures("page")
def test_the_value_depends_on_the_day_and_the_place() -> None:
    assert at(RATE, "110105", day("2012-07-15")).value == 500
    assert at(RATE, "110105", day("2019-12-31")).value == 500
    assert at(RATE, "110105", day("2020-01-01")).value == 700
    assert at(RATE, "990121", day("2020-06-01")).value == 700
    found = at(RATE, "990121", day("2021-01-01"))
    assert (found.value, found.document, found.region) == (850, "示例市发〔2020〕3号", "9901")


@pytest.mark.usefixtures("page")
def test_gn_01_without_a_value_in_force_nothing_is_decided() -> None:
    with pytest.raises(AnjuError, match=r"parameters\.not_found"):
        at(RATE, "990121", day("2012-07-14"))
    with pytest.raises(AnjuError, match=r"没有参数“test.publicity_days”的值"):
        at("test.publicity_days", "990121", day("2023-01-01"))


@pytest.mark.usefixtures("page")
def test_the_bureaus_own_value_wins_in_its_region_and_the_nearest_region_wins_over_all() -> None:
    given_parameter(RATE, "6元", start="2022-01-01")
    assert at(RATE, "110105", day("2022-01-01")).value == 600  # over the product's value for the country
    assert at(RATE, "990121", day("2022-01-01")).value == 850  # the city's value is nearer
    given_parameter(RATE, 900, region="990121", start="2022-07-01", end="2023-01-01")
    held = book()
    assert [held.at(RATE, "990121", day(one)).value for one in ("2022-06-30", "2022-07-01", "2022-12-31", "2023-01-01")] == [
        850,
        900,
        900,
        850,
    ]
    assert held.at(RATE, "990121003", day("2022-08-01")).value == 900  # a town of the county
    assert held.at(RATE, "990122", day("2022-08-01")).value == 850


@pytest.mark.usefixtures("page")
def test_a_book_stays_as_it_stood() -> None:
    before = book()
    given_parameter(RATE, "6元", start="2022-01-01")
    assert before.at(RATE, "110105", day("2022-01-01")).value == 700
    assert book(version=before.version).at(RATE, "110105", day("2022-01-01")).value == 700
    assert book().at(RATE, "110105", day("2022-01-01")).value == 600


values = st.builds(
    lambda region, start, length, own, number: Value(
        "x",
        number,
        number,
        "文",
        region,
        datetime.date.fromordinal(start),
        datetime.date.fromordinal(start + length) if length else None,
        own,
    ),
    st.sampled_from(["", "99", "9901", "990121"]),
    st.integers(738000, 738400),
    st.integers(0, 200),
    st.booleans(),
    st.integers(1, 10**6),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(values, max_size=12), st.sampled_from(["", "99", "9901", "990121", "990122"]), st.integers(737900, 738700))
def test_the_search_finds_what_a_plain_look_finds(found: list[Value], region: str, ordinal: int) -> None:
    when = datetime.date.fromordinal(ordinal)
    chain = region_chain(region)
    there = [value for value in found if value.region in chain and value.holds_on(when)]
    best = min(there, key=lambda value: (chain.index(value.region), not value.own), default=None)
    answered = Book(found, 0).find("x", region, when)
    assert (answered is None) == (best is None)
    if answered is not None and best is not None:
        assert (answered.region, answered.own) == (best.region, best.own)
        assert answered.holds_on(when)


def test_the_region_table_nests_as_the_chain_says(city: Region) -> None:
    assert region_chain("990121") == ("990121", "9901", "99", "")
    assert region_chain("") == ("",)
