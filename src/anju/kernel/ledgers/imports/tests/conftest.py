from __future__ import annotations

from collections.abc import Iterator

import pytest

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.ledgers import catalogue
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.imports.tests.books import LEDGER, PAGE
from anju.testing.ledgers import declare_for_test


@pytest.fixture(autouse=True)
def declared(request: pytest.FixtureRequest) -> Iterator[None]:
    """The book of these tests, with its table in whichever database the test has."""
    name = next((one for one in ("fresh_db", "db") if one in request.fixturenames), None)
    if name is None:
        yield
        return
    request.getfixturevalue(name)
    with declare_for_test(PAGE):
        yield


@pytest.fixture
def contracts(declared: None) -> Ledger:
    """存量房网签合同备案台账."""
    return catalogue.get(LEDGER)


@pytest.fixture
def all_visible(db: None) -> Iterator[None]:
    """Read records directly in the test."""
    with using_scope(Scope.system()):
        yield
