from __future__ import annotations

from collections.abc import Iterator

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases.matters.declaration import Matter
from anju.kernel.orgs.models import Bureau
from anju.testing.cases import Office
from anju.testing.matters import matters_for_test


@pytest.fixture
def matter(bureau: Bureau) -> Iterator[Matter]:
    """The demonstration matter, declared and published."""
    with matters_for_test() as found:
        yield found[0]


@pytest.fixture
def office(matter: Matter, bureau: Bureau) -> Office:
    """People of 东原县 who work on the demonstration matter."""
    with using_scope(Scope.system()):
        return Office.of(bureau)


@pytest.fixture
def clerk(office: Office) -> Actor:
    return office.clerks[0]
