"""Policy values in tests: declare parameters of a test's own, and set any parameter with one line."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.parameters.actions import Citation, set_value
from anju.kernel.parameters.catalogue import declared_also
from anju.kernel.parameters.declaration import COUNTRY, Parameter
from anju.kernel.parameters.loading import load_declared
from anju.kernel.parameters.models import ParameterValue
from anju.kernel.parameters.reading import read_parameters

DOCUMENT = "测试发〔2000〕1号"


def given_parameter(
    name: str,
    value: Any,
    *,
    region: str = COUNTRY,
    start: str = "2000-01-01",
    end: str | None = None,
    document: str = DOCUMENT,
) -> ParameterValue:
    """The bureau's value of a declared parameter: `given_parameter("housing.rent_subsidy.rate", "9元")`."""
    with using_scope(Scope.system()):
        return set_value(
            name,
            value,
            region=region,
            start=datetime.date.fromisoformat(start),
            end=datetime.date.fromisoformat(end) if end else None,
            cite=Citation(document, "测试"),
            by=Actor.system("测试"),
        )


@contextmanager
def declare_parameters(page: str, *, slice: str = "test") -> Iterator[dict[str, Parameter]]:
    """Parameters that exist only in this block, written as a page of parameters.yaml; names begin with `test.`. Their values are loaded."""
    declared = {one.name: one for one in read_parameters(page, file="test.yaml", slice=slice)}
    with declared_also(declared.values()):
        load_declared(Actor.system("测试"), declared)
        yield declared
