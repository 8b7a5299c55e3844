"""Applications, homes let, counts and exits of former years stand in the tables of the slice, and what the system does is in the books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from anju.domains.housing.applications.applying import Written, apply_for
from anju.domains.housing.letting.tests.village import Village, make_village
from anju.domains.housing.models import Allocation, Application, Household, LettingProject, Member, OccupancyCount, SecurityExit
from anju.domains.housing.payments.tests.town import resident_id
from anju.domains.housing.subsidies import agreements
from anju.domains.housing.tenancy import counting, leaving
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import actions, queries
from anju.kernel.ledgers.catalogue import get
from anju.testing.cases import moment

pytestmark = pytest.mark.django_db
APPLICATIONS, ALLOCATIONS = "public_rental_application", "public_rental_allocation"


@pytest.fixture
def village(db: None) -> Iterator[Village]:
    with using_scope(Scope.system()):
        yield make_village()


def applied(village: Village, number: int, **changes: Any) -> int:
    values: dict[str, Any] = {
        "application_no": f"B{number:03d}", "household_no": f"BH{number:03d}", "head": "示例甲", "resident_id": resident_id(number),
        "phone": "13800138000", "persons": "2", "tier": "低保", "applied_on": "2022-01-05", "accepted_on": "2022-01-09", "state": "已配租",
    }  # fmt: skip
    return actions.add_record(get(APPLICATIONS), values | changes, by=village.clerk, accept_confirmations=True)


def let(village: Village, number: int, **changes: Any) -> int:
    values: dict[str, Any] = {
        "allocation_no": f"P{number:03d}", "application_no": f"B{number:03d}", "household_no": f"BH{number:03d}", "head": "示例甲",
        "estate": "示例安居小区", "room": f"{number}幢101", "area": "45.60", "month_rent": "120", "allocated_on": "2022-02-01",
        "state": "已分配",
    }  # fmt: skip
    return actions.add_record(get(ALLOCATIONS), values | changes, by=village.clerk, accept_confirmations=True)


def book(name: str, village: Village, number: int) -> dict[str, str]:
    ledger = get(name)
    (row,) = queries.shown(ledger, [row for row in queries.page(ledger, village.clerk.scope, size=100).rows if row.pk == number])
    return row


def test_a_row_of_the_book_is_an_application_of_a_household_with_its_person(village: Village):
    number = applied(village, 901)
    row = Application.objects.get(pk=number)
    assert (row.product, row.state, row.household.household_no, row.persons, row.tier) == ("public_rental", "approved", "BH901", 2, 2)
    assert row.applicant.phone is not None
    assert row.applicant.phone.in_full == "13800138000"
    shown = book(APPLICATIONS, village, number)
    assert (shown["state"], shown["tier"], shown["head"], shown["accepted_on"]) == ("已配租", "低保", "示例甲", "2022-01-09")
    unqualified = applied(village, 902, state="审核不符合")
    assert book(APPLICATIONS, village, unqualified)["state"] == "审核不符合"
    assert book(APPLICATIONS, village, applied(village, 903, state="不予受理"))["state"] == "不予受理"


def test_hs_02_one_application_and_one_household_in_the_book_too(village: Village):
    applied(village, 901, state="已受理")
    with pytest.raises(AnjuError, match="还没有办结"):
        applied(village, 911, household_no="BH901", resident_id=resident_id(901), state="已受理")
    with pytest.raises(AnjuError, match="此人已在家庭“BH901”中"):
        applied(village, 912, resident_id=resident_id(901))
    with pytest.raises(AnjuError, match=r"housing\.person_stays"):
        actions.change_record(get(APPLICATIONS), applied(village, 913), {"head": "别人"}, by=village.clerk, version=1, reason="更正")


def test_a_book_voids_nothing_a_case_carries(village: Village):
    household = village.town.household(8)
    application = apply_for("public_rental", household, Written(), on=date(2025, 3, 3), by=village.clerk, at=moment("2025-03-03"))
    with pytest.raises(AnjuError, match=r"housing\.carried_application_stands"):
        actions.void_record(get(APPLICATIONS), application.pk, by=village.clerk, reason="误录")
    actions.void_record(get(APPLICATIONS), applied(village, 901), by=village.clerk, reason="误录")
    assert Application.objects.filter(voided_at=None).get() == application


def test_a_home_of_the_book_bars_a_second_one_until_it_is_given_back(village: Village):
    applied(village, 901)
    number = let(village, 901)
    row = Allocation.objects.get(pk=number)
    assert (row.way, row.state, row.household.household_no) == ("book", "signed", "BH901")
    assert book(ALLOCATIONS, village, number)["application_no"] == "B901"
    applied(village, 902)
    with pytest.raises(AnjuError, match="这件申请的家庭是“BH902”"):
        let(village, 902, household_no="BH901")
    with pytest.raises(AnjuError, match="已按“P901”配租"):
        let(village, 903, application_no="B901", household_no="BH901")
    ledger = get(ALLOCATIONS)
    actions.change_record(ledger, number, {"state": "已退租"}, by=village.clerk, version=1, reason="退租")
    again = let(village, 903, application_no="B901", household_no="BH901")
    actions.void_record(ledger, again, by=village.clerk, reason="误录")
    assert Allocation.objects.filter(voided_at=None).count() == 1


def test_what_the_ballot_let_is_in_the_book_and_not_changed_by_it(village: Village):
    entry = village.waits(7)
    assert book(APPLICATIONS, village, entry.application_id)["state"] == "已受理"
    lease = village.lease()
    shown = book(ALLOCATIONS, village, lease.allocation_id)
    assert (shown["state"], shown["estate"], shown["room"], shown["area"]) == ("已分配", "示例家园", "1幢101", "45.60")
    chosen = Allocation.objects.get(pk=lease.allocation_id)
    assert chosen.entry is not None
    assert book(APPLICATIONS, village, chosen.entry.application_id)["state"] == "已配租"
    assert shown["application_no"] == chosen.entry.application.application_no
    for refuse in (
        lambda: actions.change_record(get(ALLOCATIONS), chosen.pk, {"room": "9幢901"}, by=village.clerk, version=1, reason="更正"),
        lambda: actions.void_record(get(ALLOCATIONS), chosen.pk, by=village.clerk, reason="误录"),
    ):
        with pytest.raises(AnjuError, match=r"housing\.(allocation_stays|only_books_are_voided)"):
            refuse()


def test_who_leaves_is_in_the_book_of_exits_by_the_ground_of_leaving(village: Village):
    lease = village.lease()
    leaving.begin(lease, "own_wish", on=date(2023, 9, 1), by=village.clerk)
    leaving.finish(lease, on=date(2023, 9, 20), by=village.clerk)
    gone = SecurityExit.objects.get(lease=lease)
    shown = book("security_exit", village, gone.pk)
    assert (shown["kind"], shown["reason"], shown["exited_on"]) == ("主动退出", "其他", "2023-09-20")
    with pytest.raises(AnjuError, match=r"housing\.exit_stays"):
        actions.change_record(get("security_exit"), gone.pk, {"reason": "收入超标"}, by=village.clerk, version=1, reason="更正")
    with pytest.raises(AnjuError, match=r"housing\.exit_stays"):
        actions.void_record(get("security_exit"), gone.pk, by=village.clerk, reason="误录")
    household = village.town.household(40)
    agreement = household.agreements.get()
    agreements.end(agreement, ending="got_home", on=date(2023, 6, 1), unpaid_from=date(2023, 7, 1), reason="已购房", by=village.clerk)
    stopped = SecurityExit.objects.get(agreement=agreement)
    assert (stopped.kind, stopped.reason, stopped.household_id) == ("subsidy", "home", household.pk)
    values = {
        "exit_no": "T1", "household_no": household.household_no, "head": "示例乙", "kind": "取消租赁补贴", "reason": "收入超标",
        "exited_on": "2022-05-01",
    }  # fmt: skip
    written = actions.add_record(get("security_exit"), values, by=village.clerk)
    assert SecurityExit.objects.get(pk=written).household_id == household.pk
    actions.void_record(get("security_exit"), written, by=village.clerk, reason="误录")


def test_the_yearly_count_is_counted_from_homes_and_leases(village: Village):
    lease = village.lease()
    village.homes(3, first=20)
    Member.objects.create(
        household=Household.objects.get(pk=lease.household_id), name="示例丁", resident_id=resident_id(555), born_on=date(2015, 1, 1),
        relation="child", joined_on=date(2023, 1, 1), bureau_id=lease.bureau_id, region_code=lease.region_code,
    )  # fmt: skip
    (made,) = counting.count(on=date(2023, 12, 30), by=village.clerk)
    assert (made.estate, made.units, made.occupied, made.persons) == ("示例家园", 4, 1, 2)
    with pytest.raises(AnjuError, match=r"housing\.estate_counted_once"):
        counting.count(on=date(2023, 12, 30), by=village.clerk)
    ledger = get("public_rental_occupancy")
    with pytest.raises(AnjuError, match=r"housing\.count_stays"):
        actions.void_record(ledger, made.pk, by=village.clerk, reason="误录")
    values = {"estate": "示例旧院", "units": "10", "occupied": "9", "persons": "25", "counted_on": "2021-12-30"}
    number = actions.add_record(ledger, values, by=village.clerk)
    actions.change_record(ledger, number, {"occupied": "10"}, by=village.clerk, version=1, reason="更正")
    assert OccupancyCount.objects.get(pk=number).occupied == 10


def test_projects_are_begun_before_they_are_finished(village: Village):
    values = {"project_no": "X1", "project": "示例安居二期", "units": "120", "planned_on": "2022-01-10", "started_on": "2022-05-01"}
    number = actions.add_record(get("public_rental_project"), values, by=village.clerk)
    row = LettingProject.objects.get(pk=number)
    assert (row.units, row.started_on, row.finished_on) == (120, date(2022, 5, 1), None)
    actions.change_record(
        get("public_rental_project"), number, {"finished_on": "2023-06-30"}, by=village.clerk, version=1, reason="竣工验收备案"
    )
    assert book("public_rental_project", village, number)["finished_on"] == "2023-06-30"
    with pytest.raises(AnjuError, match=r"housing\.letting_project_no_once|已有"):
        actions.add_record(get("public_rental_project"), values, by=village.clerk)
    with pytest.raises(IntegrityError, match="letting_project_in_order"), transaction.atomic():
        LettingProject.objects.filter(pk=number).update(finished_on=date(2022, 4, 30))
