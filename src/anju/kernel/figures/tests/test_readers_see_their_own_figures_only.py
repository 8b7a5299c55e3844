"""Reader scope of figures, and invariant 20: the rank set is listed, siblings' values are kept back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope
from anju.kernel.errors import Forbidden
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.engines.postgres import PostgresEngine
from anju.kernel.figures.figure import Figure
from anju.kernel.figures.periods import Period
from anju.kernel.figures.planning import Request
from anju.kernel.figures.series import breakdown, by_region, trend
from anju.kernel.figures.tests.figure_samples import ask, on_both
from anju.kernel.figures.tests.samples import add, sale

H1 = Period.parse("2023H1")
COUNTY = Actor("东原县读者", Scope("990121"))
CLERK = Actor("东原县一单位", Scope("990121", 1), bureau_id=1)
CITY = Actor("云川市读者", Scope("9901"))


def counties(system: Actor) -> None:
    """Homes over others: 东原县 2/1, 西屏县 3/1, 南塘县 2/1 through another bureau, 北河县 no target."""
    add(system, sale(), sale(), sale(use="shop"))
    add(system, *[sale(region_code="990122") for _ in range(3)], sale(region_code="990122", use="shop"))
    add(system, *[sale(region_code="990123", bureau_id=2) for _ in range(2)], sale(region_code="990123", bureau_id=2, use="shop"))
    add(system, sale(region_code="990124"))


def regions_in(figure: Figure) -> set[str]:
    parts = [figure.base, *figure.parts] if figure.base else list(figure.parts)
    return {figure.region}.union(*(regions_in(part) for part in parts))


def test_a_figure_outside_the_scope_is_refused(market: Actor) -> None:
    for region in ("990122", "9901", "99", "", "9901210"):
        requests = [Request("sample.count", H1, region)]
        if region == "9901210":  # below the county, and so within
            assert evaluate(requests, by=COUNTY)[0].value == 0
            continue
        with pytest.raises(Forbidden):
            evaluate(requests, by=COUNTY)
        with pytest.raises(Forbidden):
            trend("sample.count", [H1], region, by=COUNTY)
        with pytest.raises(Forbidden):
            breakdown("sample.count", "use", H1, region, by=COUNTY)
    with pytest.raises(Forbidden):
        by_region("sample.count", H1, "99", by=Actor("邻省", Scope("98")))
    with pytest.raises(Forbidden):
        evaluate([Request("sample.count", H1, "990121")], by=Actor.stranger())


def test_a_reader_of_one_bureau_gets_its_rows_only(market: Actor) -> None:
    add(market, sale(bureau_id=1), sale(bureau_id=2), sale(bureau_id=2, filed_on=date(2022, 3, 1)))
    assert ask("sample.count", "2023H1", COUNTY).value == 2
    assert ask("sample.count", "2023H1", COUNTY, bureau_id=2).value == 1
    assert ask("sample.count", "2023H1", CLERK).value == 1
    assert ask("sample.count", "2023H1", CLERK, measure="yoy").missing == "no_base"
    with pytest.raises(Forbidden):
        evaluate([Request("sample.count", H1, "990121", bureau_id=2)], by=CLERK)
    assert [figure.value for _, figure in breakdown("sample.count", "use", H1, "990121", by=CLERK)] == [1]


def test_invariant_20_a_county_sees_its_rank_and_names_but_no_other_value(market: Actor) -> None:
    counties(market)
    county, clerk, city = (ask("sample.completion", "2023H1", by, measure="rank") for by in (COUNTY, CLERK, CITY))
    assert [figure.text for figure in (county, clerk, city)] == ["并列第二"] * 3
    assert county.value == Fraction(2)
    assert county.notes == ("参加排名的地区（3个）：东原县、西屏县、南塘县", "没有数据、未参加排名：北河县")
    assert county.formula == "3个地区按“完成比”未取舍的值从高到低排，东原县居并列第二；并列的名次相同、其后顺延"
    assert regions_in(county) == regions_in(clerk) == {"990121"}
    assert regions_in(city) == {"990121", "990122", "990123"}
    assert [part.text for part in city.parts] == ["200.00%", "300.00%", "200.00%"]
    assert ask("sample.completion", "2023H1", CITY, "990124", measure="rank").missing == "not_ranked"
    assert ask("sample.completion", "2023H1", CITY, "990122", measure="rank").text == "第一"


def test_rows_beyond_the_scope_stay_out_of_the_database_session_too(market: Actor) -> None:
    counties(market)
    requests = [Request("sample.count", H1, "990121"), Request("sample.completion", H1, "990121", measure="rank")]
    count, rank = evaluate(requests, by=COUNTY, engine=PostgresEngine())
    assert (count.value, rank.text) == (3, "并列第二")
    # With the reader's own scope in force for everything, row-level security leaves one county to rank.
    assert evaluate(requests[1:], by=COUNTY, engine=PostgresEngine(COUNTY.scope))[0].text == "第一"


def test_a_city_is_the_sum_of_its_counties(market: Actor) -> None:
    """Invariant 42: a city's rate is the sum of numerators over the sum of denominators, never a mean of rates."""
    counties(market)
    requests = [Request(key, H1, region) for key in ("sample.homes", "sample.others", "sample.completion") for region in ("9901", "990121")]
    homes, _, others, _, completion, _ = on_both(requests, CITY)
    assert completion.value == Fraction(homes.value or 0) / Fraction(others.value or 1) * 100 == Fraction(800, 3)
