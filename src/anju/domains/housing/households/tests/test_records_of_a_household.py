"""What holds of a household's record whoever writes it: tiers by month, whose account, fines within the rule, months counted once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from anju.domains.housing.households import actions
from anju.domains.housing.models import BenefitMonth, Household, Payment, Sanction, SubsidyRunRow, TierPeriod
from anju.domains.housing.payments.tests.town import REGION, Town, make_town, resident_id
from anju.domains.housing.subsidies import running
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError

pytestmark = pytest.mark.django_db
DECIDED = {"article": "第三十六条", "reason": "转租", "decided_on": date(2023, 5, 1)}


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    made = make_town()
    with using_scope(Scope.system()):
        yield made


@pytest.mark.parametrize(
    ("gain", "most"),
    [(0, 100_000), (20_000, 60_000), (1_000_000, 3_000_000), (2_000_000, 3_000_000)],
    ids=["none", "small", "edge", "capped"],
)
def test_hs_20_a_fine_is_at_most_what_the_rule_says(town: Town, gain: int, most: int):
    with pytest.raises(AnjuError, match="housing.fine_beyond_the_rule"):
        actions.sanction("示例", resident_id(1), document="罚1", fine=most + 1, gain=gain, by=town.clerk, **DECIDED)
    made = actions.sanction("示例", resident_id(1), document="罚1", fine=most, gain=gain, by=town.clerk, **DECIDED)
    with pytest.raises(IntegrityError, match="sanction_fine_within_the_rule"), transaction.atomic():
        Sanction.objects.filter(pk=made.pk).update(fine=3_000_001)


def test_rb_06_a_tier_holds_from_its_month_on_and_months_before_stay(town: Town):
    household = town.household(1, tier=2)
    running.run_rent_subsidy(date(2023, 5, 1), by=town.clerk, on=date(2023, 6, 20))
    before = SubsidyRunRow.objects.get(household=household).amount
    actions.set_tier(household, 3, from_month=date(2023, 6, 1), basis="收入增加", by=town.clerk)
    running.run_rent_subsidy(date(2023, 6, 1), by=town.clerk, on=date(2023, 6, 20))
    running.run_rent_subsidy(date(2023, 5, 1), by=town.clerk, on=date(2023, 6, 21))
    amounts = SubsidyRunRow.objects.filter(household=household).order_by("run__month", "run_id").values_list("run__month", "amount")
    assert list(amounts) == [(date(2023, 5, 1), before), (date(2023, 5, 1), before), (date(2023, 6, 1), before * 8 // 10)]
    with pytest.raises(AnjuError, match="housing.tier_by_month"):
        actions.set_tier(household, 4, from_month=date(2023, 6, 15), basis="x", by=town.clerk)
    with pytest.raises(IntegrityError, match="one_tier_at_a_time"), transaction.atomic():
        TierPeriod.objects.create(
            household=household, tier=4, from_month=date(2023, 7, 1), basis="x", region_code=REGION, bureau_id=household.bureau_id
        )


def test_rb_14_money_goes_to_the_applicant_or_an_authorised_member(town: Town):
    household, stranger = town.household(2), town.household(3)
    members = list(household.members.order_by("pk"))
    members[1].authorised_on, members[1].authorisation = None, ""
    members[1].save(update_fields=["authorised_on", "authorisation"])
    for holder in (stranger.members.order_by("pk")[0], members[1]):
        with pytest.raises(AnjuError, match="housing.account_of_the_household"), transaction.atomic():
            town.agreement(household, holder, 90, from_month=date(2024, 1, 1), to_month=date(2024, 6, 1))
    with (
        pytest.raises(AnjuError, match="housing.one_live_agreement"),
        transaction.atomic(),
    ):  # of an authorised member nothing but this is wrong
        town.agreement(household, members[2], 91, from_month=date(2024, 1, 1), to_month=date(2024, 6, 1))


def test_rb_04_the_database_counts_the_months_of_a_person_whoever_pays(town: Town):
    first, second = town.household(4), town.household(5)

    def takes(household: Household, month: int, ordinal: int) -> None:
        place = {"region_code": REGION, "bureau_id": household.bureau_id, "household": household}
        paid = Payment.objects.create(
            payment_no=f"{household.pk}-{month}-{ordinal}", kind="new_worker", head="示例", resident_id=resident_id(1), months=1, amount=1,
            state="paid", settled_on=date(2023, 6, 1), **place,
        )  # fmt: skip
        BenefitMonth.objects.create(
            month=date(2023, month, 1), form="new_worker", payment=paid, person=b"one person", ordinal=ordinal, most=2, **place
        )

    takes(first, 1, 1)
    with pytest.raises(IntegrityError, match="month_counted_once"), transaction.atomic():
        takes(second, 1, 1)
    takes(second, 1, 2)
    with pytest.raises(IntegrityError, match="months_within_the_limit"), transaction.atomic():
        takes(second, 2, 3)
