from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.testing.factories import make_actor, make_bureau, make_city


@dataclass(frozen=True)
class Office:
    """`by`: the reporter of 东原县's bureau; `neighbour`: the one of 西屏县; `clerk`: somebody who may look and not build."""

    by: Actor
    neighbour: Actor
    clerk: Actor


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    with using_scope(Scope.system()):
        make_city()
        own, other = make_bureau("dongyuan-reading", "990121"), make_bureau("xiping-reading", "990122")
        yield Office(make_actor(own, "reporter"), make_actor(other, "reporter"), make_actor(own, "clerk"))
