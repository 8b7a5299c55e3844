"""A building of six homes on sale, and the clerk who signs."""

from __future__ import annotations

import pytest

from anju.domains.market.models import Permit
from anju.domains.property.models import Building, Unit
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.orgs.models import Bureau
from anju.testing.estates import make_building, units_of
from anju.testing.factories import make_actor
from anju.testing.sales import open_for_sale


@pytest.fixture
def building(county_clerk: Actor) -> Building:
    """示例苑 1栋."""
    return make_building(county_clerk)


@pytest.fixture
def units(building: Building, county_clerk: Actor) -> list[Unit]:
    """Its homes, on no permit yet."""
    return units_of(building, county_clerk)


@pytest.fixture
def permit(building: Building, units: list[Unit], county_clerk: Actor) -> Permit:
    """The permit that puts them on sale, with filed prices of 5,000 元/㎡."""
    return open_for_sale(building, units, county_clerk)


@pytest.fixture
def operator(bureau: Bureau) -> Actor:
    """A person of the developer who signs."""
    with using_scope(Scope.system()):
        return make_actor(bureau, "developer_operator")
