"""A home is let once, billed by the month, paid oldest first, given back on a ground the records show (HS-03, HS-13 to 17, 21, 22)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from anju.domains.housing.letting.tests.village import Village, make_village
from anju.domains.housing.models import (
    Allocation,
    BenefitMonth,
    ExitGround,
    Lease,
    LettingUnit,
    Payment,
    RentBill,
    RentShare,
    WaitlistEntry,
)
from anju.domains.housing.payments import drafting
from anju.domains.housing.tenancy import billing, leasing, leaving, paying, renewing
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.testing.sessions import at_once

SIGNED = date(2023, 6, 15)


@pytest.fixture
def village(db: None) -> Iterator[Village]:
    made = make_village()
    with using_scope(Scope.system()):
        yield made


def months(village: Village, *which: tuple[int, int]) -> list[RentBill]:
    return [bill for year, month in which for bill in billing.bill_month(date(year, month, 1), on=date(year, month, 1), by=village.clerk)]


@pytest.mark.django_db
def test_a_lease_takes_its_home_and_every_month_of_its_term(village: Village):
    lease = village.lease()
    assert LettingUnit.objects.get(pk=lease.unit_id).state == "let"
    assert Allocation.objects.get(pk=lease.allocation_id).state == "signed"
    assert WaitlistEntry.objects.get(household=lease.household_id).state == "signed"
    taken = BenefitMonth.objects.filter(household=lease.household_id, form="let_unit").order_by("month").values_list("month", flat=True)
    assert (len(taken), taken[0], list(taken)[-1]) == (37, date(2023, 6, 1), date(2026, 6, 1))
    with pytest.raises(DatabaseError, match="one_benefit_a_month"), transaction.atomic():
        BenefitMonth.objects.create(
            household_id=lease.household_id, month=date(2024, 1, 1), form="let_unit", lease_id=lease.pk, bureau_id=lease.bureau_id,
            region_code=lease.region_code,
        )  # fmt: skip
    village.town.run_quarter(date(2023, 7, 1))
    with pytest.raises(AnjuError, match="housing.nothing_to_pay"):  # the subsidy of a housed household
        drafting.draft_rent_subsidies("2023-07", by=village.clerk)


@pytest.mark.django_db
def test_a_month_with_a_home_is_not_subsidised(village: Village):
    lease = village.lease()
    village.town.run_quarter()
    batch = drafting.draft_rent_subsidies("2023-Q2", by=village.clerk)
    assert Payment.objects.get(payment_batch=batch, household=lease.household).covers == "2023-04,2023-05"


@pytest.mark.parametrize(
    ("changes", "on", "refused"),
    [
        ({"ends_on": date(2028, 6, 21)}, SIGNED, "housing.lease_five_years_at_most"),
        ({"starts_on": date(2023, 6, 9)}, date(2023, 6, 9), "housing.lease_of_its_allocation"),
        ({}, date(2023, 6, 21), "housing.signed_too_late"),
    ],
)
def test_a_lease_is_within_the_rule(village: Village, changes: dict[str, date], on: date, refused: str):
    chosen = village.chosen()
    fields = {"lease_no": "ZL", "starts_on": date(2023, 6, 21), "ends_on": date(2026, 6, 15), "deposit": 0, "fittings": "简装"} | changes
    with pytest.raises(AnjuError, match=refused):
        leasing.sign(chosen, leasing.Terms(**fields), on=on, by=village.clerk)  # type: ignore[arg-type]
    assert not BenefitMonth.objects.filter(form="let_unit").exists()
    fields |= {"starts_on": date(2023, 6, 21), "ends_on": date(2028, 6, 20)}
    assert leasing.sign(chosen, leasing.Terms(**fields), on=SIGNED, by=village.clerk).state == "active"  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_bill_is_of_its_month_and_computed_again_the_same(village: Village):
    lease = village.lease()
    june, july = months(village, (2023, 6), (2023, 7))
    assert (june.amount, july.amount) == (5586, 11172)  # 45.60㎡ × 3.50 × 0.7, 15 of 30 days, and whole
    assert (july.due_on, july.basis["used"].keys() >= {"housing.rent.standard", "housing.rent.reduction"}) == (date(2023, 7, 20), True)
    assert billing.recompute(july).amount == july.amount
    assert months(village, (2023, 7)) == []
    with pytest.raises(DatabaseError, match="rent_stays|permission"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE housing_rentbill SET amount = 0")
    assert RentBill.objects.filter(lease=lease).count() == 2


@pytest.mark.django_db
def test_rent_pays_the_oldest_bill_first_and_never_more_than_is_owed(village: Village):
    lease = village.lease()
    months(village, (2023, 6), (2023, 7), (2023, 8))
    paying.take(lease, 10_000, receipt_no="FS1", on=date(2023, 8, 1), by=village.clerk)
    assert list(RentShare.objects.order_by("pk").values_list("bill__month", "amount")) == [
        (date(2023, 6, 1), 5586),
        (date(2023, 7, 1), 4414),
    ]
    assert [(bill.month, left) for bill, left in paying.owed(lease)] == [(date(2023, 7, 1), 6758), (date(2023, 8, 1), 11172)]
    with pytest.raises(AnjuError, match="欠缴租金179.30元.*housing.more_than_owed"):
        paying.take(lease, 17_931, receipt_no="FS2", on=date(2023, 8, 1), by=village.clerk)
    with pytest.raises(AnjuError, match="housing.rent_receipt_no_once"):
        paying.take(lease, 1, receipt_no="FS1", on=date(2023, 8, 1), by=village.clerk)
    paying.take(lease, 17_930, receipt_no="FS2", on=date(2023, 8, 1), by=village.clerk)
    assert paying.owed(lease) == []


def test_two_windows_at_once_take_what_is_owed_once(fresh_db: str):
    with using_scope(Scope.system()):
        village = make_village()
        lease = village.lease()
        months(village, (2023, 6))

    def window(number: int) -> str:
        try:
            with using_scope(Scope.system()):
                paying.take(lease, 5586, receipt_no=f"FS{number}", on=date(2023, 7, 1), by=village.clerk)
        except AnjuError as error:
            return error.problems[0].code
        return "ok"

    assert sorted(map(str, at_once(lambda: window(1), lambda: window(2)))) == ["housing.more_than_owed", "ok"]


@pytest.mark.django_db
def test_the_sixth_unpaid_month_is_a_ground_and_a_payment_lifts_it(village: Village):
    lease = village.lease()
    months(village, *((2023, month) for month in range(6, 12)))
    assert leaving.find_grounds(on=date(2023, 11, 20), by=village.clerk) == 0  # the sixth is not due yet: five
    assert leaving.find_grounds(on=date(2023, 11, 21), by=village.clerk) == 1
    assert leaving.find_grounds(on=date(2023, 11, 22), by=village.clerk) == 0
    assert ExitGround.objects.get(lease=lease).evidence == "累计6个月租金未缴"
    paying.take(lease, 5586, receipt_no="FS1", on=date(2023, 11, 23), by=village.clerk)
    assert ExitGround.objects.get(lease=lease).lifted_on == date(2023, 11, 23)


@pytest.mark.django_db
def test_a_home_found_empty_for_six_months_is_a_ground(village: Village):
    lease = village.lease()
    for day, lived_in in ((date(2023, 7, 1), True), (date(2023, 8, 1), False), (date(2024, 1, 31), False)):
        leaving.visit(lease, on=day, lived_in=lived_in, finding="水表读数", by=village.clerk)
    assert not ExitGround.objects.exists()
    leaving.visit(lease, on=date(2024, 2, 1), lived_in=False, finding="无人居住", by=village.clerk)
    assert ExitGround.objects.get().breach_on == date(2023, 8, 1)
    leaving.visit(lease, on=date(2024, 2, 2), lived_in=True, finding="已入住", by=village.clerk)
    assert not ExitGround.objects.filter(lifted_on=None).exists()


@pytest.mark.django_db
def test_the_moving_period_costs_the_rent_of_the_lease_and_then_the_market_rent(village: Village):
    lease = village.lease()
    months(village, (2023, 6), (2023, 7))
    with pytest.raises(AnjuError, match="housing.no_open_ground"):
        leaving.begin(lease, "other_home", on=date(2023, 8, 1), by=village.clerk)
    leaving.find(lease, "other_home", on=date(2023, 8, 1), evidence="网签合同 示例-1", by=village.clerk)
    moving = leaving.begin(lease, "other_home", on=date(2023, 8, 1), by=village.clerk)
    assert moving.move_by == date(2023, 9, 30)
    bills = months(village, (2023, 8), (2023, 9), (2023, 10))
    assert [(bill.rate, bill.amount) for bill in bills] == [("contract", 11172), ("contract", 11172), ("market", 54720)]
    gone = leaving.finish(moving, on=date(2023, 10, 31), by=village.clerk, repair=True)
    assert (gone.state, LettingUnit.objects.get(pk=lease.unit_id).state) == ("ended", "repairing")
    assert BenefitMonth.objects.filter(form="let_unit").count() == 5  # June to October; the months after are free
    assert months(village, (2023, 11)) == []


@pytest.mark.django_db
def test_market_rent_is_paid_back_from_the_breach_not_from_its_discovery(village: Village):
    lease = village.lease()
    months(village, (2023, 7), (2023, 8), (2023, 9))
    ground = leaving.find(
        lease, "sublet", on=date(2023, 9, 20), breach_on=date(2023, 8, 17), evidence="转租合同", by=village.clerk
    )  # fmt: skip
    bills = billing.pay_back(ground, until=date(2023, 9, 30), on=date(2023, 9, 25), by=village.clerk)
    # August: 15 of 31 days at 12 less what those days were billed; September whole
    assert [(bill.month, bill.amount) for bill in bills] == [
        (date(2023, 8, 1), 26477 - 5405),
        (date(2023, 9, 1), 54720 - 11172),
    ]
    with pytest.raises(AnjuError, match="housing.one_back_payment_a_month"):
        billing.pay_back(ground, until=date(2023, 9, 30), on=date(2023, 9, 25), by=village.clerk)
    empty = ExitGround.objects.create(
        lease=lease, ground="fraud", found_on=date(2023, 9, 1), evidence="x", bureau_id=lease.bureau_id, region_code=lease.region_code
    )
    with pytest.raises(AnjuError, match="housing.no_breach"):
        billing.pay_back(empty, until=date(2023, 9, 30), on=date(2023, 9, 25), by=village.clerk)


@pytest.mark.django_db
def test_a_renewal_in_time_goes_on_the_day_after_and_a_late_one_ends_at_the_term(village: Village):
    lease = village.lease()
    renewal = renewing.ask(lease, on=date(2026, 3, 15), by=village.clerk)
    assert renewal.late is False
    further = renewing.grant(renewal, "ZL2026-1", until=date(2031, 6, 15), on=date(2026, 4, 1), by=village.town.reviewer)
    assert (further.starts_on, further.renews_id) == (date(2026, 6, 16), lease.pk)
    lease.refresh_from_db()
    assert (lease.state, lease.ended_on) == ("ended", date(2026, 6, 15))
    assert BenefitMonth.objects.filter(form="let_unit").count() == 37 + 60
    other = village.lease(2)
    late = renewing.ask(other, on=date(2026, 3, 16), by=village.clerk)
    with pytest.raises(AnjuError, match="housing.late_renewal_is_not_granted"):
        renewing.grant(late, "ZL2026-2", until=date(2029, 6, 15), on=date(2026, 4, 1), by=village.town.reviewer)
    with pytest.raises(DatabaseError, match="renewal_in_time"), transaction.atomic():
        type(late).objects.filter(pk=late.pk).update(late=False)
    renewing.refuse(late, reason="逾期申请", on=date(2026, 4, 1), by=village.town.reviewer)
    assert leaving.find_grounds(on=date(2026, 6, 16), by=village.clerk) == 1
    assert ExitGround.objects.get(lease=other).ground == "not_renewed"


@pytest.mark.django_db
def test_no_two_leases_of_a_home_overlap_and_what_was_signed_stays(village: Village):
    lease = village.lease()
    with pytest.raises(DatabaseError, match="lease_stays"), transaction.atomic():
        Lease.objects.filter(pk=lease.pk).update(ends_on=date(2027, 1, 1))
    again = Lease.objects.get(pk=lease.pk)
    again.pk, again.lease_no, again.renews_id = None, "ZL-X", lease.pk
    again.starts_on, again.ends_on = lease.ends_on, date(2027, 1, 1)
    with pytest.raises(DatabaseError, match="leases_do_not_overlap"), transaction.atomic():
        again.save(force_insert=True)
