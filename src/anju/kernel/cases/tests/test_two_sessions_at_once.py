"""Two people at one case at the same moment: exactly one of two decisions on one task succeeds, both of two on two seats do (GN-13)."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases import actions
from anju.kernel.cases.models import Case, Move
from anju.kernel.errors import AnjuError
from anju.testing.cases import Office
from anju.testing.factories import make_bureau, make_city
from anju.testing.matters import matters_for_test


@pytest.fixture
def office(fresh_db: str) -> Iterator[Office]:
    with matters_for_test():
        with using_scope(Scope.system()):
            make_city()
            made = Office.of(make_bureau("dongyuan", "990121"))
        yield made


def _race(*works: Callable[[], object]) -> list[str]:
    """Run these at once, each in a session of its own; `ok` or the code of the refusal of each."""
    barrier, outcomes = threading.Barrier(len(works)), [""] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            work()
            outcomes[place] = "ok"
        except AnjuError as refusal:
            outcomes[place] = refusal.problems[0].code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_of_two_decisions_on_one_task_one_succeeds(office: Office) -> None:
    case = office.open()
    outcomes = _race(*(lambda by=by: actions.accept(case, by=by) for by in office.clerks[:4]))
    assert Counter(outcomes) == {"ok": 1, "cases.not_open": 3}
    with using_scope(Scope.system()):
        assert Move.objects.filter(case=case, verb="agree").count() == 1


def test_parallel_seats_do_not_disturb_each_other(office: Office) -> None:
    case = office.open()
    actions.accept(case, by=office.clerks[0])
    actions.decide(case, "first_review", "agree", data={"opinion": "符合"}, by=office.clerks[1])
    seats = zip(("police", "civil", "registry"), office.clerks[2:5], strict=True)
    assert _race(*(lambda s=step, by=by: actions.decide(case, s, "agree", by=by) for step, by in seats)) == ["ok"] * 3
    with using_scope(Scope.system()):
        assert Case.objects.get(pk=case.pk).stage == "second_review"


def test_numbers_are_drawn_once(office: Office) -> None:
    assert _race(*(lambda: office.open(at="2025-03-03") for _ in range(6))) == ["ok"] * 6
    with using_scope(Scope.system()):
        assert sorted(Case.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_a_retry_with_its_key_opens_one_case(office: Office) -> None:
    def once(by: Actor) -> object:
        return actions.open_case("sample_grant", applicant=actions.Applicant("示例"), by=by, key="online-1")

    assert _race(*(lambda: once(office.clerks[0]) for _ in range(3))) == ["ok"] * 3
    with using_scope(Scope.system()):
        assert Case.objects.count() == 1
