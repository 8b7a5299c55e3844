"""What the register's tests share: a clerk who keeps it and a building with six homes."""

from __future__ import annotations

import pytest

from anju.domains.property.models import Building, Unit
from anju.kernel.access.actor import Actor
from anju.testing.estates import make_building, units_of


@pytest.fixture
def building(county_clerk: Actor) -> Building:
    """示例苑 1栋: three floors of two homes of 100 ㎡."""
    return make_building(county_clerk)


@pytest.fixture
def units(building: Building, county_clerk: Actor) -> list[Unit]:
    """Its homes."""
    return units_of(building, county_clerk)
