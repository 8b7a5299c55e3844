"""What other code may read of supervised funds, within the session's data scope."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from anju.domains.funds import kinds
from anju.domains.funds.models import Agreement, CourtFreeze, EscrowBuilding, Inflow, RefundPart, Withdrawal
from anju.domains.funds.rules import escrow
from anju.domains.funds.rules.exact import part_of
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import queries as accounts
from anju.kernel.accounts.reconciling.models import Difference, Reconciliation
from anju.kernel.errors import AnjuError

REVERSAL = "accounts.reversal"


def agreement(number: int, by: Actor) -> Agreement:
    """One agreement of the reader's scope. Raises AnjuError `funds.unknown_agreement`."""
    found = by.scope.narrow(Agreement.objects.filter(pk=number)).first()
    if found is None:
        raise AnjuError.of("funds.unknown_agreement", "没有这份监管协议，或不在您的数据范围内。")
    return found


def building(number: int, by: Actor) -> EscrowBuilding:
    """One supervised building of the reader's scope. Raises AnjuError `funds.unknown_building`."""
    rows = EscrowBuilding.objects.filter(pk=number).select_related("agreement", "held_account", "allowance_account")
    found = by.scope.narrow(rows).first()
    if found is None:
        raise AnjuError.of("funds.unknown_building", "没有这个监管楼栋，或不在您的数据范围内。")
    return found


def withdrawal(number: int, by: Actor) -> Withdrawal:
    """One withdrawal of the reader's scope. Raises AnjuError `funds.unknown_withdrawal`."""
    rows = Withdrawal.objects.filter(pk=number).select_related("agreement", "building", "payee")
    found = by.scope.narrow(rows).first()
    if found is None:
        raise AnjuError.of("funds.unknown_withdrawal", "没有这笔支取，或不在您的数据范围内。")
    return found


def agreement_in_force(agreement_no: str, bureau_id: int) -> Agreement | None:
    """The effective agreement of this number: no permit is issued without one (PF-01)."""
    return Agreement.objects.filter(bureau_id=bureau_id, agreement_no=agreement_no, state=Agreement.State.EFFECTIVE).first()


def agreement_of_project(project_id: int) -> QuerySet[Agreement]:
    """Effective agreements of a project of the unit register."""
    return Agreement.objects.filter(project_id=project_id, state=Agreement.State.EFFECTIVE).order_by("pk")


def unit_paid(contract_no: str) -> int:
    """What has come in for a contract less what went back, fen (PF-16 asks for the first instalment)."""
    inflows = Inflow.objects.filter(contract_no=contract_no, reversed_on=None)
    came = inflows.aggregate(total=Sum("amount_fen"))["total"] or 0
    back = RefundPart.objects.filter(inflow__in=inflows).aggregate(total=Sum("amount_fen"))["total"] or 0
    return int(came - back)


def standing(one: EscrowBuilding) -> escrow.Standing:
    """What has moved for a building, from its account's transfers (PF-03)."""
    totals = accounts.totals_by_purpose(one.held_account_id)
    balance = accounts.balance(one.held_account_id)
    came = sum(totals.get(purpose, (0, 0))[1] for purpose in (kinds.INFLOW, kinds.ATTRIBUTION))
    return escrow.Standing(
        received=came - totals.get(REVERSAL, (0, 0))[0],
        refunded=totals.get(kinds.REFUND, (0, 0))[0],
        paid=totals.get(kinds.WITHDRAWAL, (0, 0))[0],
        held=balance.held_fen,
        frozen=balance.frozen_fen,
    )


@dataclass(frozen=True, slots=True)
class Position:
    """A building's account at a glance, fen."""

    balance: int
    required: int
    held: int
    frozen: int
    available: int
    net_in: int
    paid: int
    refunded: int
    quota: int


def position(one: EscrowBuilding) -> Position:
    """Balance, required, reserved, frozen, available: the same numbers the database judges by."""
    now = standing(one)
    balance = accounts.balance(one.held_account_id)
    free = balance.available_fen
    if one.allowance_account_id is not None:
        free = min(free, accounts.balance(one.allowance_account_id).available_fen)
    return Position(
        balance.posted_fen,
        balance.floor_fen or 0,
        balance.held_fen,
        balance.frozen_fen,
        free,
        now.net_in,
        now.paid,
        now.refunded,
        one.quota_fen,
    )


def available_by_rule(one: EscrowBuilding) -> int:
    """The same by the formulas of the rules: what `position` reads from the accounts must equal it."""
    return escrow.available(
        one.agreement.mode,
        standing(one),
        quota_fen=one.quota_fen,
        cap=one.cap_ratio,
        limit_fen=max(one.limit_fen, part_of(one.quota_fen, one.retention_ratio)),
        retention_fen=part_of(one.quota_fen, one.retention_ratio),
    )


def bank_differs(one: Agreement) -> bool:
    """True while the account is not equal with its bank: new instructions wait (PF-03)."""
    latest = Reconciliation.objects.filter(account=one.bank_account_id).exclude(state="missing").order_by("-on").first()
    if latest is not None and latest.state == Reconciliation.State.DIFFERENT:
        return True
    open_ones = Difference.objects.filter(account=one.bank_account_id).exclude(state=Difference.State.SETTLED)
    return open_ones.filter(kind__in=[Difference.Kind.BALANCE, Difference.Kind.DERIVED]).exists()


def frozen_by_court(one: EscrowBuilding) -> bool:
    """True while a court's freeze stands on the building's account."""
    return CourtFreeze.objects.filter(building=one, lifted_on=None).exists()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Unattributed money: how much, how many lines, how old the oldest is in days (PF-17)."""

    amount_fen: int
    lines: int
    oldest_days: int


def pool(one: Agreement, today: datetime.date) -> Waiting:
    """What waits in the pool of an agreement."""
    rows = Inflow.objects.filter(agreement=one, building=None, reversed_on=None).order_by("received_on")
    first = rows.first()
    total = rows.aggregate(total=Sum("amount_fen"))["total"] or 0
    return Waiting(int(total), rows.count(), (today - first.received_on).days if first else 0)
