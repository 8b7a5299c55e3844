"""Sessions that run at the same time: one of many overlapping values is entered, and no state of the table lacks an earlier one."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import connections

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.actions import Citation, set_value
from anju.kernel.parameters.models import ParameterValue
from anju.kernel.parameters.queries import book, newest_version
from anju.kernel.parameters.tests.pages import PAGE
from anju.testing.parameters import declare_parameters

DAYS, START = "test.publicity_days", datetime.date(2023, 1, 1)
SYSTEM = Actor.system("测试")


def enter(region: str, value: int) -> int:
    with using_scope(Scope.system()):
        return set_value(DAYS, value, region=region, start=START, cite=Citation("示例〔2022〕1号", "测试"), by=SYSTEM).pk


def at_once(works: list[Callable[[], int]]) -> list[int | Exception]:
    outcomes: list[int | Exception] = [0] * len(works)
    start = threading.Barrier(len(works))

    def run(index: int) -> None:
        try:
            start.wait(timeout=60)
            outcomes[index] = works[index]()
        except Exception as error:
            outcomes[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return outcomes


@pytest.mark.usefixtures("fresh_db")
def test_one_of_many_overlapping_values_is_entered() -> None:
    with declare_parameters(PAGE):
        outcomes = at_once([lambda value=value: enter("990121", value) for value in range(5, 11)])  # type: ignore[misc]
    refused = [one for one in outcomes if isinstance(one, AnjuError)]
    assert len(refused) == 5, outcomes
    assert {error.problems[0].code for error in refused} == {"parameters.overlap"}
    assert ParameterValue.objects.filter(name=DAYS).count() == 1


@pytest.mark.usefixtures("fresh_db")
def test_a_state_of_the_table_has_everything_that_was_entered_before_it() -> None:
    seen: list[tuple[int, int]] = []

    def enter_and_look(region: str) -> int:
        made = enter(region, 7)
        with using_scope(Scope.system()):
            version = newest_version()
            seen.append((version, sum(row.pk <= version for row in ParameterValue.objects.filter(name=DAYS))))
        return made

    regions = [f"9901{number:02d}" for number in range(1, 9)]
    with declare_parameters(PAGE):
        outcomes = at_once([lambda region=region: enter_and_look(region) for region in regions])  # type: ignore[misc]
        assert all(isinstance(one, int) for one in outcomes), outcomes
        with using_scope(Scope.system()):
            for version, rows in seen:
                held = book(version=version)
                assert sum(held.find(DAYS, region, START) is not None for region in regions) == rows
