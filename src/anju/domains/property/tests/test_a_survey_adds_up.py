"""MK-01, MK-02, MK-03: units come from surveys whose sums hold, each unit once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anju.domains.property import actions
from anju.domains.property.models import Building, Survey, Unit
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.testing.estates import PARCEL, survey_lines, units_of

DAY = date(2023, 6, 1)


def take(building: Building, by: Actor, lines: list[actions.SurveyLine], **more: object) -> Survey:
    asked = {"kind": Survey.Kind.MEASURED, "document": "实测〔2023〕9号", "surveyed_on": DAY, "by": by} | more
    with using_scope(by.scope):
        return actions.take_survey(building, lines, **asked)  # type: ignore[arg-type]


def test_the_actual_survey_replaces_predicted_areas_and_keeps_both(building: Building, county_clerk: Actor) -> None:
    take(building, county_clerk, survey_lines(area="101.50"))
    unit = units_of(building, county_clerk)[0]
    assert (unit.predicted_area, unit.measured_area, unit.area, unit.inner_area) == (
        Decimal("100.00"), Decimal("101.50"), Decimal("101.50"), Decimal("81.20"),
    )  # fmt: skip
    with using_scope(county_clerk.scope):
        assert [one.area for one in unit.surveyed.order_by("pk")] == [Decimal("100.00"), Decimal("101.50")]


def test_the_total_holds_within_a_hundredth_a_unit(building: Building, county_clerk: Actor) -> None:
    take(building, county_clerk, survey_lines(), total_area=Decimal("600.06"))
    with pytest.raises(AnjuError, match="survey_adds_up"):
        take(building, county_clerk, survey_lines(), document="实测〔2023〕10号", total_area=Decimal("600.07"))
    with using_scope(county_clerk.scope):
        assert not Survey.objects.filter(document="实测〔2023〕10号").exists()


@given(extra=st.integers(-9, 9).filter(bool))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whole_is_inner_and_shared(extra: int, building: Building, county_clerk: Actor) -> None:
    lines = survey_lines()
    lines[3] = replace(lines[3], area=lines[3].area + Decimal(extra) / 100, where="实测!F7")
    with pytest.raises(AnjuError) as refused:
        take(building, county_clerk, lines)
    assert [(one.code, one.where) for one in refused.value.problems] == [("property.area_differs", "实测!F7")]


def test_one_place_is_one_unit(building: Building, county_clerk: Actor) -> None:
    lines = survey_lines()
    with pytest.raises(AnjuError, match="property.unit_twice"):
        take(building, county_clerk, [*lines, lines[0]])
    with using_scope(county_clerk.scope):
        assert Unit.objects.count() == 6


def test_an_actual_survey_names_every_unit(building: Building, county_clerk: Actor) -> None:
    with pytest.raises(AnjuError, match="survey_misses_units"):
        take(building, county_clerk, survey_lines()[1:])


def test_unit_codes_are_unique_well_formed_and_on_the_projects_parcel(building: Building, county_clerk: Actor) -> None:
    lines = survey_lines()
    good = [replace(line, unit_code=f"{PARCEL}F0001{number:04d}") for number, line in enumerate(lines, start=1)]
    take(building, county_clerk, good)
    for wrong, code in (
        (f"{PARCEL}K00010001", "unit_code_shape"),
        ("990121001002GB00004F00010001", "unit_code_on_parcel"),
        (good[1].unit_code, "property_unit_unit_code_key"),
    ):
        with pytest.raises(AnjuError) as refused:
            take(building, county_clerk, [replace(good[0], unit_code=wrong), *good[1:]], document=f"实测 {code}")
        assert refused.value.problems[0].code == f"property.{code}"


def test_the_same_document_is_taken_in_once(building: Building, county_clerk: Actor) -> None:
    with pytest.raises(AnjuError, match="survey_once"):
        take(building, county_clerk, survey_lines(), kind=Survey.Kind.PREDICTED, document="预测〔2023〕1号")
