"""MK-13: the area stays, the old units are closed and take no further move."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from anju.domains.property import actions
from anju.domains.property.models import Lineage, Unit
from anju.domains.property.stages import Event, Limit, Stage
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.testing.estates import move, put_on_sale

DAY = date(2023, 4, 3)
SPLIT = {"on": DAY, "document": "分割〔2023〕2号"}


def test_two_become_one(units: list[Unit], county_clerk: Actor) -> None:
    merged = actions.merge_units(
        [units[0].pk, units[1].pk], actions.NewUnit("101", Decimal("200.00")), on=DAY, document="合并〔2023〕1号", by=county_clerk
    )
    with using_scope(county_clerk.scope):
        assert Unit.objects.filter(removed_on=None).count() == 5
        assert {line.before_id for line in Lineage.objects.filter(after=merged)} == {units[0].pk, units[1].pk}
        assert merged.stage == Stage.INITIAL
    with pytest.raises(AnjuError, match="unit_is_gone"):
        move(units[:1], Event.OPEN, Stage.SALEABLE, county_clerk)


def test_one_becomes_two_of_the_same_area(units: list[Unit], county_clerk: Actor) -> None:
    parts = [actions.NewUnit("101A", Decimal("60.00")), actions.NewUnit("101B", Decimal("40.02"))]
    made = actions.split_unit(units[0].pk, parts, by=county_clerk, **SPLIT)  # type: ignore[arg-type]
    assert [unit.room for unit in made] == ["101A", "101B"]
    parts = [actions.NewUnit("102A", Decimal("60.00")), actions.NewUnit("102B", Decimal("40.04"))]
    with pytest.raises(AnjuError, match="reshaping_keeps_the_area"):
        actions.split_unit(units[1].pk, parts, by=county_clerk, **SPLIT)  # type: ignore[arg-type]


def test_a_bound_unit_is_not_reshaped(units: list[Unit], county_clerk: Actor) -> None:
    put_on_sale(units, county_clerk)
    move(units[:1], Event.SIGN, Stage.SIGNED, county_clerk)
    parts = [actions.NewUnit("101A", Decimal("60.00")), actions.NewUnit("101B", Decimal("40.00"))]
    with pytest.raises(AnjuError, match="unit_still_bound"):
        actions.split_unit(units[0].pk, parts, by=county_clerk, **SPLIT)  # type: ignore[arg-type]
    actions.restrict_units([units[1].pk], kind=Limit.MORTGAGED, authority="示例银行", document="押1", on=DAY, by=county_clerk)
    with pytest.raises(AnjuError, match="unit_still_bound"):
        actions.split_unit(units[1].pk, parts, by=county_clerk, **SPLIT)  # type: ignore[arg-type]
    with pytest.raises(AnjuError, match="units_differ"):
        actions.merge_units([units[0].pk, units[2].pk], actions.NewUnit("1", Decimal(200)), by=county_clerk, **SPLIT)  # type: ignore[arg-type]
