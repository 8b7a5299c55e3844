"""From books to figures: every number of the printed report comes out of counting rows, and opens down to them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from anju.kernel.access.scope import using_scope
from anju.kernel.figures.catalogue import all_indicators
from anju.kernel.figures.compute import Request, evaluate
from anju.kernel.figures.evidence import evidence
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.periods import Period
from anju.kernel.figures.references import parse_name
from anju.kernel.quantities.units import from_stored, unit
from anju.site.demo.tests.expected import SECTION_TWO
from anju.testing.sample import Sample

H1 = Period.parse("2023H1")
COUNTY = "990121"


def request_for(text: str, period: Period = H1) -> Request:
    name = parse_name(text)
    return Request(name.key, name.period_in(period), COUNTY, filters=name.filters, measure=name.measure)


@pytest.fixture(scope="module")
def figures(sample_county_to_read: Sample) -> dict[str, Figure]:
    with using_scope(sample_county_to_read.by.scope):
        found = evaluate([request_for(text) for text in SECTION_TWO], by=sample_county_to_read.by)
    return dict(zip(SECTION_TWO, found, strict=True))


@pytest.mark.parametrize("reference", SECTION_TWO)
def test_a_figure_prints_as_the_report_did(figures: dict[str, Figure], reference: str):
    assert figures[reference].text == SECTION_TWO[reference]


def test_every_figure_opens_down_to_the_rows_it_counts(figures: dict[str, Figure], sample_county_to_read: Sample):
    by = sample_county_to_read.by
    with using_scope(by.scope):
        for reference, figure in figures.items():
            found = evidence(request_for(reference), by=by)
            assert found.count == figure.rows, reference
            assert found.rows, reference


def test_what_the_rows_add_is_the_figure(figures: dict[str, Figure], sample_county_to_read: Sample):
    by, indicators = sample_county_to_read.by, all_indicators()
    with using_scope(by.scope):
        for reference, figure in figures.items():
            if indicators[figure.key].kind in ("count", "sum") and figure.measure == "value":
                found = evidence(request_for(reference), by=by, limit=10_000)
                assert from_stored(sum(row.contributed for row in found.rows), unit(figure.unit)) == figure.value, reference


@pytest.fixture
def exact(figures: dict[str, Figure]) -> Callable[[str], Fraction]:
    def of(reference: str) -> Fraction:
        value = figures[reference].value
        assert value is not None
        return value

    return of


def test_rates_follow_from_their_parts(exact):
    assert exact("delivery.delivery_rate") == Fraction(796 * 100, 1540)
    assert exact("delivery.task_completion") == Fraction(796 * 100, 553)


def test_development_is_residential_and_commercial(exact):
    assert exact("market.development.area") == exact("market.development.residential_area") + exact("market.development.commercial_area")


def test_the_average_price_is_amount_over_area_and_nothing_else(exact):
    price = exact("market.new_homes.residential.amount") / exact("market.new_homes.residential.sold_area")
    assert exact("market.new_homes.residential.average_price") == price
    assert round(price) == 4732


def test_transactions_are_contracts_and_deregistrations(exact):
    for what in ("cases", "area"):
        existing = exact("market.existing_homes.contracts" if what == "cases" else "market.existing_homes.area")
        assert exact(f"market.transactions.{what}") == existing + exact(f"market.deregistration.{what}")


def test_sales_are_residential_and_other_uses(exact):
    for what in ("sold_units", "sold_area", "amount"):
        parts = exact(f"market.new_homes.residential.{what}") + exact(f"market.new_homes.non_residential.{what}")
        assert exact(f"market.new_homes.{what}") == parts


def test_money_adds_over_the_quarters_but_households_do_not(exact):
    assert exact("housing.rent_subsidy.amount") == exact("housing.rent_subsidy.amount@Q1") + exact("housing.rent_subsidy.amount@Q2")
    households = exact("housing.rent_subsidy.households@Q1") + exact("housing.rent_subsidy.households@Q2")
    assert exact("housing.rent_subsidy.households") < households == 17
