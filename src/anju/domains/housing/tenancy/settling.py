"""The verbs after a tenancy: its deposit is settled, and a home is exchanged for another (令11号第二十三条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.letting.planning import LET
from anju.domains.housing.models import Allocation, DepositSettlement, Lease, LettingUnit
from anju.domains.housing.refusals import told
from anju.domains.housing.tenancy import paying
from anju.domains.housing.tenancy.leasing import Terms, make
from anju.domains.housing.tenancy.leaving import end
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError

APPROVE = "housing.review_payments"


def settle_deposit(lease: Lease, *, damage: int, damage_text: str, on: date, by: Actor, key: str | None = None) -> DepositSettlement:
    """结算押金 of a lease that ended: rent still owed first, then damage, the rest goes back. Amounts in fen.

    Raises AnjuError `housing.settled_after_the_end`, `housing.damage_over_deposit`, `housing.damage_is_told`.
    """
    with doing("settle_deposit", by=by, needs=LET, subject=subject_of(lease), key=key) as entry:
        if entry.repeated:
            return DepositSettlement.objects.get(pk=entry.data["settlement"])
        row = held(Lease, lease.pk, by)
        if row.state != Lease.State.ENDED:
            raise told("settled_after_the_end", row.lease_no)
        rent = min(row.deposit, sum(left for _bill, left in paying.owed(row)))
        if damage < 0 or damage > row.deposit - rent:
            raise AnjuError.of(
                "housing.damage_over_deposit",
                f"押金抵扣租金后还剩{(row.deposit - rent) / 100:.2f}元，不够抵扣。",
                where=row.lease_no,
                advice="超出押金的损坏另行追偿，这里最多填剩余的金额。",
            )
        receipt = paying.take(row, rent, receipt_no=f"YJ-{row.lease_no}", way="押金抵扣", on=on, by=by) if rent else None
        made = DepositSettlement.objects.create(
            lease=row, settled_on=on, rent=rent, receipt=receipt, damage=damage, damage_text=damage_text if damage else "",
            returned=row.deposit - rent - damage, settled_by=by.name, **home_of(by),
        )  # fmt: skip
        entry.data = {"settlement": made.pk, "rent": rent, "damage": damage, "returned": made.returned}
    return made


@dataclass(frozen=True, slots=True)
class Move:
    """A household that takes another home: its lease, the home it takes, the number of the new lease."""

    lease: Lease
    unit: LettingUnit
    lease_no: str


def exchange(moves: tuple[Move, ...], *, reason: str, on: date, by: Actor, key: str | None = None) -> list[Lease]:
    """调换住房: one household into a vacant home, or two into each other's, with the owner's consent (令11号第二十三条).

    The old leases end that day, the new ones begin the day after with the same deposit and end. Needs `housing.review_payments`.
    Raises AnjuError `housing.no_reason`, `housing.lease_owes_rent`, `housing.exchange_for_a_vacant_home`.
    """
    if not reason.strip():
        raise AnjuError.of(
            "housing.no_reason", "没有写理由。", where="理由", advice="写明因就业、子女就学等需要调换，以及所有权人同意的文号。"
        )
    with doing("exchange_homes", by=by, needs=APPROVE, reason=reason, key=key) as entry:
        if entry.repeated:
            return list(Lease.objects.filter(pk__in=entry.data["leases"]).order_by("pk"))
        old = [held(Lease, one.lease.pk, by) for one in sorted(moves, key=lambda one: one.lease.pk)]
        taken = {one.lease.pk: one for one in moves}
        if not old or len(taken) != len(moves):
            raise AnjuError.of("housing.no_exchange", "没有选择要调换的租约。", where="调换住房")
        for lease in old:
            _leave_for_another(lease, on, by)
        made = [_enter(lease, taken[lease.pk], reason, on, by) for lease in old]
        entry.subject, entry.data = subject_of(old[0]), {"leases": [one.pk for one in made], "former": [one.pk for one in old]}
    return made


def _leave_for_another(lease: Lease, on: date, by: Actor) -> None:
    if lease.state != Lease.State.ACTIVE:
        raise told("illegal_transition", lease.get_state_display())
    if lease.ends_on <= on:
        raise AnjuError.of("housing.lease_is_over", "租期已届满。", where=lease.lease_no, advice="请先办理续租。")
    owed = sum(left for _bill, left in paying.owed(lease))
    if owed:
        raise AnjuError.of(
            "housing.lease_owes_rent", f"还欠租金{owed / 100:.2f}元。", where=lease.lease_no, advice="缴清租金后再办理调换。"
        )
    end(lease, on)
    chosen = held(Allocation, lease.allocation_id, by)
    chosen.state = Allocation.State.VACATED
    chosen.save(update_fields=["state"])
    unit = held(LettingUnit, lease.unit_id, by)
    unit.state = LettingUnit.State.VACANT
    unit.save(update_fields=["state"])


def _enter(lease: Lease, one: Move, reason: str, on: date, by: Actor) -> Lease:
    former = held(Allocation, lease.allocation_id, by)
    chosen = Allocation.objects.create(
        allocation_no=f"{former.allocation_no}-H{former.pk}"[-40:], way=Allocation.Way.EXCHANGE, former=former,
        household_id=lease.household_id,
        application_id=former.application_id or (former.entry.application_id if former.entry else None),
        unit=held(LettingUnit, one.unit.pk, by), allocated_on=on, sign_until=on + timedelta(days=1), state=Allocation.State.ALLOCATED,
        reason=reason[:200], **home_of(by),
    )  # fmt: skip
    terms = Terms(one.lease_no.strip(), on + timedelta(days=1), lease.ends_on, lease.deposit, lease.fittings)
    made = make(chosen, terms, on=on, by=by)
    chosen.state = Allocation.State.SIGNED
    chosen.save(update_fields=["state"])
    return made
