"""A deposit is settled once and to the fen; a home is exchanged for a vacant one or between two tenants, never for one that is let."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from anju.domains.housing.letting.tests.village import Village, make_village
from anju.domains.housing.models import Allocation, DepositSettlement, Lease, LettingUnit, RentBill
from anju.domains.housing.tenancy import billing, leaving, paying, settling
from anju.domains.housing.tenancy.settling import Move
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError

pytestmark = pytest.mark.django_db


@pytest.fixture
def village(db: None) -> Iterator[Village]:
    with using_scope(Scope.system()):
        yield make_village()


def left(village: Village) -> Lease:
    """A lease that ended on 20 August 2023 with its bills of June to August unpaid."""
    lease = village.lease()
    for month in (6, 7, 8):
        billing.bill_month(date(2023, month, 1), on=date(2023, month, 1), by=village.clerk)
    leaving.begin(lease, "own_wish", on=date(2023, 8, 1), by=village.clerk)
    return leaving.finish(lease, on=date(2023, 8, 20), by=village.clerk)


def test_rent_owed_is_taken_first_then_damage_and_the_rest_goes_back(village: Village):
    lease = left(village)
    owed = sum(rest for _bill, rest in paying.owed(lease))
    assert 0 < owed < lease.deposit
    with pytest.raises(AnjuError, match=r"housing\.damage_over_deposit"):
        settling.settle_deposit(lease, damage=lease.deposit - owed + 1, damage_text="门", on=date(2023, 9, 1), by=village.clerk)
    with pytest.raises(AnjuError, match=r"housing\.damage_is_told"):
        settling.settle_deposit(lease, damage=1_000, damage_text="", on=date(2023, 9, 1), by=village.clerk)
    made = settling.settle_deposit(lease, damage=30_000, damage_text="更换入户门锁", on=date(2023, 9, 1), by=village.clerk)
    assert (made.rent, made.damage, made.returned) == (owed, 30_000, lease.deposit - owed - 30_000)
    assert made.receipt is not None
    assert (made.receipt.way, made.receipt.amount) == ("押金抵扣", owed)
    assert paying.owed(lease) == []
    with pytest.raises(AnjuError, match=r"housing\.housing_depositsettlement_lease_id_key"):
        settling.settle_deposit(lease, damage=0, damage_text="", on=date(2023, 9, 2), by=village.clerk)
    with pytest.raises(DatabaseError, match="settlement_stays|permission denied"), transaction.atomic():
        DepositSettlement.objects.filter(pk=made.pk).update(returned=made.returned + 1)


def test_no_deposit_is_settled_while_somebody_lives_there(village: Village):
    lease = village.lease()
    with pytest.raises(AnjuError, match=r"housing\.settled_after_the_end"):
        settling.settle_deposit(lease, damage=0, damage_text="", on=date(2023, 9, 1), by=village.clerk)


@pytest.mark.parametrize(("damage", "off"), [(0, 1), (0, -1), (30_000, 1), (30_000, -100), (100_000, 1)])
def test_the_database_refuses_a_settlement_that_does_not_add_up(village: Village, damage: int, off: int):
    lease = left(village)
    with pytest.raises(DatabaseError, match="settlement_"), transaction.atomic():
        DepositSettlement.objects.create(
            lease=lease, settled_on=date(2023, 9, 1), rent=0, damage=damage, damage_text="损坏" if damage else "",
            returned=lease.deposit - damage + off, settled_by="测试", bureau_id=lease.bureau_id, region_code=lease.region_code,
        )  # fmt: skip


def test_a_household_moves_into_a_vacant_home_with_its_deposit_and_term(village: Village):
    old = village.lease()
    (vacant,) = village.homes(1, first=30)
    with pytest.raises(AnjuError, match=r"housing\.no_reason"):
        settling.exchange((Move(old, vacant, "ZL-H1"),), reason=" ", on=date(2023, 8, 31), by=village.reviewer)
    (made,) = settling.exchange((Move(old, vacant, "ZL-H1"),), reason="子女就学，产权单位同意", on=date(2023, 8, 31), by=village.reviewer)
    old.refresh_from_db()
    assert (old.state, old.ended_on) == ("ended", date(2023, 8, 31))
    assert (made.starts_on, made.ends_on, made.deposit, made.unit_id) == (date(2023, 9, 1), old.ends_on, old.deposit, vacant.pk)
    chosen = Allocation.objects.get(pk=made.allocation_id)
    assert (chosen.way, chosen.former_id, chosen.state) == ("exchange", old.allocation_id, "signed")
    assert [LettingUnit.objects.get(pk=pk).state for pk in (old.unit_id, vacant.pk)] == ["vacant", "let"]
    billing.bill_month(date(2023, 8, 1), on=date(2023, 9, 2), by=village.clerk)
    billing.bill_month(date(2023, 9, 1), on=date(2023, 9, 2), by=village.clerk)
    billed = RentBill.objects.filter(lease__household_id=old.household_id).order_by("month").values_list("lease_id", "month__month")
    assert list(billed) == [(old.pk, 8), (made.pk, 9)]
    for bill, rest in paying.owed(old):
        paying.take(old, rest, receipt_no=f"P{bill.pk}", on=date(2023, 9, 3), by=village.clerk)
    with pytest.raises(AnjuError, match=r"housing\.deposit_went_on"):
        settling.settle_deposit(old, damage=0, damage_text="", on=date(2023, 9, 4), by=village.clerk)


def test_two_tenants_take_each_others_homes(village: Village):
    first, second = village.lease(1), village.lease(2)
    moves = (
        Move(first, LettingUnit.objects.get(pk=second.unit_id), "ZL-H1"),
        Move(second, LettingUnit.objects.get(pk=first.unit_id), "ZL-H2"),
    )
    made = settling.exchange(moves, reason="就业地点互换", on=date(2023, 8, 15), by=village.reviewer)
    assert [(one.household_id, one.unit_id) for one in made] == [
        (first.household_id, second.unit_id),
        (second.household_id, first.unit_id),
    ]
    assert Lease.objects.filter(state="active").count() == 2


def test_no_exchange_for_a_home_that_is_let_or_while_rent_is_owed(village: Village):
    first, second = village.lease(1), village.lease(2)
    taken = LettingUnit.objects.get(pk=second.unit_id)
    with pytest.raises(AnjuError, match=r"housing\.exchange_for_a_vacant_home"):
        settling.exchange((Move(first, taken, "ZL-H1"),), reason="就学", on=date(2023, 8, 15), by=village.reviewer)
    first.refresh_from_db()
    assert first.state == "active"
    billing.bill_month(date(2023, 7, 1), on=date(2023, 7, 1), by=village.clerk)
    (vacant,) = village.homes(1, first=30)
    with pytest.raises(AnjuError, match=r"housing\.lease_owes_rent"):
        settling.exchange((Move(first, vacant, "ZL-H1"),), reason="就学", on=date(2023, 8, 15), by=village.reviewer)
