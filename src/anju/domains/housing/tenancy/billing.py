"""The verbs of rent: a month's bills, each with the rule and the parameters it stands on, and the difference paid back from a breach on."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from anju.domains.housing.acting import doing, held, home_of
from anju.domains.housing.letting.planning import LET
from anju.domains.housing.models import ExitGround, Lease, RentBill, TierPeriod
from anju.domains.housing.rules.from_basis import rent_standard
from anju.domains.housing.rules.rent import contract_rent, days_of, market_rent
from anju.domains.housing.subsidies.rule_versions import keep_version, rule_of
from anju.domains.housing.tenancy.leasing import months_between
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis
from anju.kernel.rules.judging import Judgement, judge, stored

Rate = RentBill.Rate
DUE_DAY = "housing.rent.due_day"
FOREVER = date(9999, 12, 31)


def bill_month(month: date, *, on: date, by: Actor) -> list[RentBill]:
    """出账: a bill for every lease that runs in the month and has none yet; run again it adds what is missing and doubles nothing."""
    if month.day != 1:
        raise AnjuError.of("housing.bill_of_a_month", "账单按月，从1日起。", where=f"{month:%Y-%m-%d}")
    with doing("bill_rent", by=by, needs=LET) as entry:
        last = date(month.year, month.month, monthrange(month.year, month.month)[1])
        leases = Lease.objects.select_for_update(of=("self",)).filter(bureau_id=home_of(by)["bureau_id"], starts_on__lte=last)
        missing = leases.exclude(bills__in=RentBill.objects.filter(month=month).exclude(rate=Rate.BACK)).select_related("household")
        made = [bill for lease in missing.order_by("pk") if (bill := _bill(lease, month, on, by)) is not None]
        entry.data = {"month": month.isoformat(), "bills": len(made), "total": sum(bill.amount for bill in made)}
    return made


def pay_back(ground: ExitGround, *, until: date, on: date, by: Actor) -> list[RentBill]:
    """追缴: what the market rate asks beyond the bills, month by month from the day of the breach, not of its discovery (HS-21)."""
    if ground.breach_on is None:
        raise AnjuError.of("housing.no_breach", "没有写违规发生的日期。", where="退出事由", advice="追缴自违规发生之日起算，请先查明。")
    with doing("pay_back_rent", by=by, needs=LET, subject=f"housing_lease:{ground.lease_id}") as entry:
        lease = held(Lease, ground.lease_id, by)
        made = []
        for month in months_between(max(ground.breach_on, lease.starts_on), until):
            days = days_of(month, max(ground.breach_on, lease.starts_on), until)
            billed = RentBill.objects.filter(lease=lease, month=month).exclude(rate=Rate.BACK).first()
            due = _judged(lease, month, days, Rate.MARKET)
            already = 0 if billed is None else billed.amount * days // max(int(billed.inputs["days"]), 1)
            difference = (due[1].amount or 0) - already
            if difference > 0:
                made.append(_keep(lease, month, Rate.BACK, difference, due, on, by))
        entry.data = {"bills": len(made), "total": sum(bill.amount for bill in made)}
    return made


def recompute(bill: RentBill) -> Judgement:
    """A bill computed again from its own rule and inputs (GN-02)."""
    return judge(rule_of(bill.rule), bill.inputs)


def lasts_until(lease: Lease) -> date:
    """The last day somebody pays for: of the tenancy that ended, of the moving period and beyond while nobody has left, or of the term."""
    if lease.ended_on is not None:
        return lease.ended_on
    return FOREVER if lease.state == Lease.State.MOVING else lease.ends_on


def _bill(lease: Lease, month: date, on: date, by: Actor) -> RentBill | None:
    """Contract rate while the lease or the moving period lasts; the market rate from the month after the moving period (HS-22)."""
    days = days_of(month, lease.starts_on, lasts_until(lease))
    if days == 0:
        return None
    rate = Rate.MARKET if lease.move_by is not None and month > lease.move_by else Rate.CONTRACT
    found = _judged(lease, month, days, rate)
    if found[1].amount is None:
        missing = "、".join(found[1].missing) or "租金标准"
        raise AnjuError.of("housing.rent_not_known", f"还不能计租，须查明：{missing}。", where=lease.lease_no, advice="请补齐保障类别。")
    return _keep(lease, month, rate, found[1].amount, found, on, by)


def _judged(lease: Lease, month: date, days: int, rate: str) -> tuple[Any, Judgement, dict[str, Any], Basis]:
    basis = Basis.on(month, lease.region_code)
    tier = TierPeriod.objects.filter(household=lease.household_id, from_month__lte=month).exclude(to_month__lte=month).first()
    inputs: dict[str, Any] = {"area": int(lease.area * 100), "days": days, "month_days": monthrange(month.year, month.month)[1]}
    if rate == Rate.CONTRACT:
        inputs["tier"] = tier.tier if tier else None
    rule = (contract_rent if rate == Rate.CONTRACT else market_rent)(rent_standard(basis))
    return rule, judge(rule, inputs), inputs, basis


def _keep(
    lease: Lease, month: date, rate: str, amount: int, found: tuple[Any, Judgement, dict[str, Any], Basis], on: date, by: Actor
) -> RentBill:
    rule, _judgement, inputs, basis = found
    due = basis.integer(DUE_DAY)
    return RentBill.objects.create(
        lease=lease, month=month, rate=rate, amount=amount, due_on=max(date(month.year, month.month, due), on), billed_on=on,
        rule=keep_version(rule), inputs=stored(rule, inputs), basis=basis.as_data(), region_code=lease.region_code,
        bureau_id=lease.bureau_id,
    )  # fmt: skip
