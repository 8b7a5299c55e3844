"""A process killed at any statement of freezing, drawing or choosing leaves all of it or nothing; asked again, it is done once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import connection

from anju.domains.housing.letting import balloting, choosing, queries
from anju.domains.housing.letting.tests.village import at, make_village
from anju.domains.housing.models import Draw, Place, Round
from anju.kernel.access.scope import Scope, using_scope
from anju.testing.dying import REFUSED, alone, die_after_commit, die_everywhere, die_in

TABLES = (
    "housing_round", "housing_pool", "housing_candidate", "housing_draw", "housing_place", "housing_allocation", "housing_lettingunit",
    "housing_waitlistentry", "journal_entry",
)  # fmt: skip


def picture() -> dict[str, object]:
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY id), '')) FROM {table} t")
            found[table] = cursor.fetchone()
        return found


def test_every_step_of_a_ballot_survives_being_killed(fresh_db: str):
    alone(scenario, fresh_db)


def scenario() -> None:
    with using_scope(Scope.system()):
        village = make_village()
        entries = [village.waits(number) for number in range(1, 4)]
        one = village.round(village.homes(2))
        village.takes_part(one, *entries)
        leader, clerk = village.leader, village.clerk
        steps: list[Callable[[], object]] = [
            lambda: balloting.freeze(one, by=leader, at=at(25), key="freeze"),
            lambda: balloting.draw(
                one, event="04 11 18", evidence="公告", witness="公证员", by=leader, at=at(1, 6), key="draw"
            ),
            lambda: choosing.publish_result(one, on=date(2023, 6, 2), by=clerk),
            lambda: choosing.open_choosing(one, on=date(2023, 6, 10), by=clerk),
            lambda: choosing.choose(_first(one), queries.homes_left(one)[0], on=date(2023, 6, 11), by=clerk, key="choose"),
        ]  # fmt: skip
        killed = []
        for step in steps:
            before = picture()
            killed.append(die_everywhere(step, lambda point, kept=before: _same(point, kept)))  # type: ignore[misc]
            die_after_commit(step)
            done = picture()
            assert done != before
            die_in(step)  # who was not told asks again: known by the key, or refused as done already
            assert picture() == done
        assert min(killed) >= 4, killed
        draw = Draw.objects.get(pool__round=one)
        assert Place.objects.filter(draw=draw).count() == 3
        assert die_in(lambda: balloting.draw(one, event="9", evidence="公告", witness="公证员", by=leader, at=at(1, 6))) == REFUSED
        assert Round.objects.get().state == "choosing"


def _first(one: Round) -> Place:
    return Place.objects.get(draw__pool__round=one, position=1)


def _same(point: int, before: dict[str, object]) -> None:
    assert picture() == before, point
