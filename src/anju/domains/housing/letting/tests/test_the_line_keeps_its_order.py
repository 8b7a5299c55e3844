"""轮候: after publicity only, one place a household, five years at most; what it stands on never changes (HS-07, HS-08)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from anju.domains.housing.letting import queries, waiting
from anju.domains.housing.letting.tests.village import REGION, Village, make_village
from anju.domains.housing.models import WaitlistEntry
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.actions import Citation, set_value

pytestmark = pytest.mark.django_db
PUBLISHED = date(2023, 1, 31)


@pytest.fixture
def village(db: None) -> Iterator[Village]:
    made = make_village()
    with using_scope(Scope.system()):
        yield made


def test_the_line_goes_by_acceptance_and_tells_everybody_their_place(village: Village):
    first, second = village.waits(1), village.waits(2, on=date(2023, 2, 3))
    assert [row.pk for row in queries.line(village.clerk.scope)] == [first.pk, second.pk]
    assert (queries.standing(first), queries.standing(second)) == (1, 2)
    waiting.withdraw(first, reason="迁往外地", on=date(2023, 3, 1), by=village.clerk)
    assert (queries.standing(WaitlistEntry.objects.get(pk=first.pk)), queries.standing(second)) == (None, 1)
    listed = queries.published_line()
    assert [(row.code, row.name[0], set(row.name[1:])) for row in listed] == [(second.entry_no, "孙", {"*"})]


@pytest.mark.parametrize("day", [date(2023, 1, 30), PUBLISHED])
def test_nobody_waits_before_the_last_day_of_the_publicity_is_over(village: Village, day: date):
    application = village.application(village.town.household(3), 3)
    with pytest.raises(AnjuError, match="housing.waits_after_publicity"):
        waiting.register(application, published_until=PUBLISHED, on=day, by=village.clerk)


@pytest.mark.parametrize("changes", [{"state": "accepted", "reviewed_on": None}, {"product": "rent_subsidy"}])
def test_nobody_waits_without_an_approved_application_for_a_home(village: Village, changes: dict[str, object]):
    application = village.application(village.town.household(3), 3, **changes)
    application.product = "public_rental"
    with pytest.raises(AnjuError, match="housing.waits_by_an_approved_application"):
        waiting.register(application, published_until=PUBLISHED, on=date(2023, 2, 1), by=village.clerk)


def test_a_household_has_one_place_in_the_line(village: Village):
    entry = village.waits(4)
    again = village.application(entry.household, 40)
    with pytest.raises(AnjuError, match="housing.one_place_in_the_line"):
        waiting.register(again, published_until=PUBLISHED, on=date(2023, 2, 2), by=village.clerk)


def test_the_line_ends_after_the_local_years_and_never_after_more_than_five(village: Village):
    assert village.waits(5).expires_on == date(2028, 2, 1)
    set_value(
        "housing.letting.waiting_years", 3, region=REGION, start=date(2023, 3, 1), cite=Citation("示例房发〔2023〕4号", "测试"),
        by=Actor.system("测试"),
    )  # fmt: skip
    assert village.waits(6, on=date(2023, 3, 1)).expires_on == date(2026, 3, 1)
    household = village.town.household(7)
    application = village.application(household, 7)
    with pytest.raises(DatabaseError, match="waits_five_years_at_most"), transaction.atomic():
        WaitlistEntry.objects.create(
            entry_no="LH-6", household=household, application=application, tier=2, basis="acceptance", ordered_on=PUBLISHED,
            published_until=PUBLISHED, registered_on=date(2023, 2, 1), expires_on=date(2028, 2, 2), state="waiting",
            bureau_id=village.clerk.bureau_id, region_code=REGION,
        )  # fmt: skip


def test_whose_time_is_over_is_let_go_on_the_day_after_and_warned_before(village: Village):
    entry = village.waits(9)
    assert not queries.near_the_end(village.clerk.scope, date(2027, 11, 2)).exists()
    assert queries.near_the_end(village.clerk.scope, date(2027, 11, 3)).get().pk == entry.pk
    assert waiting.expire_due(on=date(2028, 2, 1), by=village.clerk) == 0
    assert waiting.expire_due(on=date(2028, 2, 2), by=village.clerk) == 1
    entry.refresh_from_db()
    assert (entry.state, entry.ended_on) == ("expired", date(2028, 2, 2))


def test_what_a_place_stands_on_never_changes(village: Village):
    entry = village.waits(10)
    for change in ({"ordered_on": date(2020, 1, 1)}, {"expires_on": date(2024, 1, 1)}, {"basis": "score"}):
        with pytest.raises(DatabaseError, match="place_in_the_line_stays"), transaction.atomic():
            WaitlistEntry.objects.filter(pk=entry.pk).update(**change)
    with pytest.raises(AnjuError, match="housing.no_reason"):
        waiting.cancel(entry, reason=" ", on=date(2023, 3, 1), by=village.clerk)


def test_five_years_after_the_29th_of_february_is_the_28th():
    assert waiting.years_later(date(2024, 2, 29), 5) == date(2029, 2, 28)


def ordered(village: Village, basis: str, *, since: date) -> None:
    cite = Citation("示例房发〔2023〕9号", "测试")
    set_value("housing.letting.order", basis, region=REGION, start=since, cite=cite, by=Actor.system("测试"))


def test_a_new_basis_of_the_order_begins_behind_those_who_wait(village: Village):
    first = village.waits(1)
    ordered(village, "register", since=date(2023, 3, 1))
    unknown = village.application(village.town.household(2), 2)
    with pytest.raises(AnjuError, match=r"housing\.order_not_known"):
        waiting.register(unknown, published_until=PUBLISHED, on=date(2023, 3, 1), by=village.clerk)
    late, early = (
        waiting.register(
            village.application(village.town.household(number), number, registered_since=since),
            published_until=PUBLISHED, on=date(2023, 3, 2), by=village.clerk,
        )
        for number, since in ((3, date(2015, 1, 1)), (4, date(2001, 1, 1)))
    )  # fmt: skip
    assert [(row.pk, row.series) for row in queries.line(village.clerk.scope)] == [(first.pk, 1), (early.pk, 2), (late.pk, 2)]
    ordered(village, "score", since=date(2023, 4, 1))
    low, high, same = (
        waiting.register(
            village.application(village.town.household(number), number, score=score, accepted_on=accepted),
            published_until=PUBLISHED, on=date(2023, 4, 2), by=village.clerk,
        )
        for number, score, accepted in ((5, 60, date(2022, 12, 2)), (6, 90, date(2022, 12, 4)), (7, 90, date(2022, 12, 3)))
    )  # fmt: skip
    line = list(queries.line(village.clerk.scope))
    assert [row.pk for row in line] == [first.pk, early.pk, late.pk, same.pk, high.pk, low.pk]
    assert [queries.standing(row) for row in line] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(DatabaseError, match="place_in_the_line_stays"), transaction.atomic():
        WaitlistEntry.objects.filter(pk=low.pk).update(score=99)
