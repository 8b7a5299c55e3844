from __future__ import annotations

from collections.abc import Iterator

import pytest

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.ledgers import catalogue
from anju.kernel.ledgers.declaration import Ledger
from anju.kernel.ledgers.imports.tests.books import LEDGER


@pytest.fixture
def contracts() -> Ledger:
    """存量房网签合同备案台账."""
    return catalogue.get(LEDGER)


@pytest.fixture
def all_visible(db: None) -> Iterator[None]:
    """Read records directly in the test."""
    with using_scope(Scope.system()):
        yield
