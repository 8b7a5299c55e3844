"""选房: in the order of the ballot, a vacant home of the plan, one household a home; refusals counted (HS-11, HS-12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from anju.domains.housing.letting import balloting, choosing, queries, units
from anju.domains.housing.letting.planning import Group
from anju.domains.housing.letting.tests.village import Village, at, make_village
from anju.domains.housing.models import Allocation, LettingUnit, Place, Round, WaitlistEntry
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.testing.sessions import at_once

DAY = date(2023, 6, 20)


@pytest.fixture
def village(db: None) -> Iterator[Village]:
    made = make_village()
    with using_scope(Scope.system()):
        yield made


def open_round(village: Village, people: int, homes: int, groups: list[Group] | None = None, first: int = 1) -> tuple[Round, list[Place]]:
    entries = [village.waits(first + place, group="disabled" if groups and place == 0 else "") for place in range(people)]
    one = village.round(village.homes(homes), groups)
    village.takes_part(one, *entries)
    balloting.freeze(one, by=village.leader, at=at(25))
    draw = balloting.draw(one, event="04 11", evidence="公告", witness="公证员", by=village.leader, at=at(1, 6))
    choosing.publish_result(one, on=date(2023, 6, 2), by=village.clerk)
    with pytest.raises(AnjuError, match="housing.result_is_published"):
        choosing.open_choosing(one, on=date(2023, 6, 9), by=village.clerk)
    return choosing.open_choosing(one, on=date(2023, 6, 10), by=village.clerk), balloting.places(draw)


@pytest.mark.django_db
def test_nobody_chooses_before_those_in_front_were_heard(village: Village):
    one, places = open_round(village, 3, 3)
    homes = list(queries.homes_left(one))
    with pytest.raises(AnjuError, match="housing.order_of_the_ballot"):
        choosing.choose(places[1], homes[0], on=DAY, by=village.clerk)
    taken = choosing.choose(places[0], homes[0], on=DAY, by=village.clerk)
    assert (taken.state, taken.sign_until, LettingUnit.objects.get(pk=homes[0].pk).state) == ("allocated", date(2023, 6, 30), "reserved")
    assert WaitlistEntry.objects.get(pk=taken.entry_id).state == "allocated"
    with pytest.raises(AnjuError, match="housing.home_of_the_plan"):
        choosing.choose(places[1], homes[0], on=DAY, by=village.clerk)
    choosing.absent(places[1], on=DAY, by=village.clerk)
    found = queries.next_place(one)
    assert found is not None
    assert found.position == 3
    choosing.choose(places[2], homes[1], on=DAY, by=village.clerk)
    closed = choosing.close(one, on=DAY, by=village.clerk)
    assert closed.state == "closed"
    assert not closed.units.filter(open=True).exists()
    assert LettingUnit.objects.get(pk=homes[2].pk).state == "vacant"


@pytest.mark.django_db
def test_a_home_must_be_in_the_plan_and_fit_the_household_and_the_group(village: Village):
    other = units.enter([units.Home("X1", "示例家园", "9幢", "101", 1, "one", Decimal("45.60"))], on=DAY, by=village.clerk)[0]
    one, places = open_round(village, 2, 6, [Group("残疾家庭", ("disabled",), floor_most=2), Group("其他家庭")])
    homes = {home.floor: home for home in queries.homes_left(one)}
    for home in (other, homes[3]):
        with pytest.raises(AnjuError, match="housing.home_of_the_plan"):
            choosing.choose(places[0], home, on=DAY, by=village.clerk)
    choosing.choose(places[0], homes[2], on=DAY, by=village.clerk)
    LettingUnit.objects.filter(pk=homes[3].pk).update(layout="three")
    with pytest.raises(AnjuError, match="housing.layout_of_the_household"):
        choosing.choose(places[1], homes[3], on=DAY, by=village.clerk)


@pytest.mark.django_db
def test_who_refuses_or_does_not_sign_too_often_leaves_the_line(village: Village):
    one, places = open_round(village, 2, 2)
    home = queries.homes_left(one)[0]
    with pytest.raises(AnjuError, match="housing.refused_for_a_reason"):
        choosing.refuse(places[0], reason="", on=DAY, by=village.clerk)
    choosing.refuse(places[0], reason="离单位太远", on=DAY, by=village.clerk)
    first = WaitlistEntry.objects.get(allocations__place=places[0])
    assert first.state == "waiting"
    taken = choosing.choose(places[1], home, on=DAY, by=village.clerk)
    with pytest.raises(AnjuError, match="housing.signed_within_a_time"):
        choosing.lapse(taken, on=date(2023, 6, 30), by=village.clerk)
    choosing.lapse(taken, on=date(2023, 7, 1), by=village.clerk)
    assert LettingUnit.objects.get(pk=home.pk).state == "vacant"
    choosing.close(one, on=DAY, by=village.clerk)
    again = village.round([home], round_no="PZ2023-02")
    village.takes_part(again, first)
    balloting.freeze(again, by=village.leader, at=at(25))
    draw = balloting.draw(again, event="1", evidence="公告", witness="公证员", by=village.leader, at=at(1, 6))
    choosing.publish_result(again, on=date(2023, 6, 2), by=village.clerk)
    choosing.open_choosing(again, on=date(2023, 7, 10), by=village.clerk)
    choosing.refuse(balloting.places(draw)[0], reason="楼层不合适", on=date(2023, 7, 10), by=village.clerk)
    first.refresh_from_db()
    assert (first.state, first.reason) == ("cancelled", "累计放弃2次")


@pytest.mark.django_db
def test_what_became_of_a_place_stays_and_a_home_goes_to_one_household(village: Village):
    one, places = open_round(village, 2, 2)
    home = queries.homes_left(one)[0]
    taken = choosing.choose(places[0], home, on=DAY, by=village.clerk)
    with pytest.raises(DatabaseError, match="allocation_stays"), transaction.atomic():
        Allocation.objects.filter(pk=taken.pk).update(allocated_on=date(2023, 6, 21))
    LettingUnit.objects.filter(pk=home.pk).update(state="vacant")
    with pytest.raises(DatabaseError, match="home_to_one_household"), transaction.atomic():
        Allocation.objects.create(
            allocation_no="X", round=one, place=places[1], household_id=places[1].candidate.intention.entry.household_id,
            entry=places[1].candidate.intention.entry, unit=home, allocated_on=DAY, sign_until=DAY, state="allocated",
            bureau_id=one.bureau_id, region_code=one.region_code,
        )  # fmt: skip
    with pytest.raises(AnjuError, match="housing.home_follows_its_lease"):
        units.set_state(LettingUnit.objects.get(pk=home.pk), "let", by=village.clerk, reason="误操作")


def test_two_counters_at_once_give_one_place_one_home(fresh_db: str):
    with using_scope(Scope.system()):
        village = make_village()
        one, places = open_round(village, 2, 2)
        homes = list(queries.homes_left(one))

    def counter(home: LettingUnit) -> str:
        try:
            with using_scope(Scope.system()):
                choosing.choose(places[0], home, on=DAY, by=village.clerk)
        except AnjuError as error:
            return error.problems[0].code
        return "ok"

    done = at_once(lambda: counter(homes[0]), lambda: counter(homes[1]))
    assert sorted(map(str, done)) == ["housing.housing_allocation_place_id_key", "ok"]
    with using_scope(Scope.system()):
        assert Allocation.objects.count() == 1
        assert LettingUnit.objects.filter(state="reserved").count() == 1
