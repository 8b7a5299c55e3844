"""A made-up city with counties, bureaus and people, as fixtures."""

from __future__ import annotations

import pytest

from anju.kernel.orgs.actor import Actor


@pytest.fixture
def system() -> Actor:
    """The installation itself."""
    return Actor.system("测试")
