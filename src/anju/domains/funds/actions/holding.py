"""What every verb of escrow begins with: the building and its balances under lock; and the floors told to the database."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from anju.domains.funds import kinds
from anju.domains.funds.models import Agreement, EscrowBuilding
from anju.domains.funds.queries import standing
from anju.domains.funds.refusals import told_clearly
from anju.domains.funds.rules import escrow
from anju.domains.funds.rules.exact import part_of
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import actions as accounts
from anju.kernel.accounts import posting
from anju.kernel.accounts.books import Account
from anju.kernel.accounts.posting import Move
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import OpenEntry, action
from anju.kernel.parameters.basis import Basis

LONG_AGO = datetime.date(1990, 1, 1)


@contextmanager
def acting(
    verb: str, about: EscrowBuilding | Agreement, *, by: Actor, permission: str, key: str | None = None, reason: str = ""
) -> Iterator[OpenEntry]:
    """The action around a verb of escrow: permission, entry, the agreement's balances locked in order, refusals told clearly."""
    by.require(permission)
    kind = "funds_agreement" if isinstance(about, Agreement) else "funds_escrowbuilding"
    with (
        told_clearly(),
        action(f"funds.{verb}", by=by, subject=f"{kind}:{about.pk}", key=key, reason=reason[:500], bureau_id=about.bureau_id) as entry,
    ):
        if not entry.repeated:
            hold(about)
        yield entry


def hold(about: EscrowBuilding | Agreement) -> None:
    """Lock every balance of the agreement and read the rows again: nobody else changes them until the transaction ends."""
    agreement = about if isinstance(about, Agreement) else about.agreement
    ids = [agreement.bank_account_id, agreement.pool_account_id, agreement.interest_account_id]
    for held, allowance in agreement.buildings.values_list("held_account_id", "allowance_account_id"):
        ids += [held] if allowance is None else [held, allowance, source_of(allowance)]
    posting.lock(ids)
    about.refresh_from_db()
    if isinstance(about, EscrowBuilding):
        about.agreement.refresh_from_db()


def source_of(allowance_id: int) -> int:
    """The account that allowances of the same control book come from."""
    book = Account.objects.filter(pk=allowance_id).values("book_id")
    return int(Account.objects.filter(book__in=book, kind=kinds.SPENT).values_list("pk", flat=True).get())


def tell_floors(building: EscrowBuilding, *, on: datetime.date, document: str, by: Actor, never_lower: bool = False) -> None:
    """Work the effective limit out again and tell the accounts what must stay (PF-04). `never_lower`: keep the stricter one (PF-14)."""
    building.limit_fen = escrow.effective_limit(building.quota_fen, building.retained_ratio, building.guaranteed_fen)
    floors = floors_of(building)
    if never_lower:
        kept = building.held_account.balance.floor_fen or 0
        building.limit_fen = max(building.limit_fen, kept) if building.agreement.mode != Agreement.Mode.CAP else building.limit_fen
        floors = escrow.Floors(max(floors.held, kept), floors.allowance)
    building.save()
    accounts.set_floor(building.held_account, floors.held, on=on, document=document, by=by)
    if building.allowance_account is not None and floors.allowance is not None:
        accounts.set_floor(building.allowance_account, floors.allowance, on=on, document=document, by=by)


def floors_of(building: EscrowBuilding) -> escrow.Floors:
    """What must stay in the accounts of a building as it stands."""
    return escrow.floors(
        building.agreement.mode,
        quota_fen=building.quota_fen,
        cap=building.cap_ratio,
        limit_fen=building.limit_fen,
        retention_fen=part_of(building.quota_fen, building.retention_ratio),
    )


def allowance_change(
    building: EscrowBuilding, change_fen: int, on: datetime.date, key: str, *, document: str = "", pending: bool = False
) -> list[Move]:
    """The linked move that gives (> 0) or takes (< 0) allowance; none when the building has no cap or nothing changes."""
    if building.allowance_account_id is None or change_fen == 0:
        return []
    source = source_of(building.allowance_account_id)
    debit, credit = (source, building.allowance_account_id) if change_fen > 0 else (building.allowance_account_id, source)
    purpose = kinds.ALLOWANCE if change_fen > 0 else kinds.ALLOWANCE_USED
    return [
        Move(
            debit, credit, abs(change_fen), purpose, on, f"{key}:allowance", subject=f"funds_escrowbuilding:{building.pk}",
            authority=document, pending=pending,
        )
    ]  # fmt: skip


def overflow_change(building: EscrowBuilding, change_fen: int) -> int:
    """By how much general money changes when net inflow changes by `change_fen`; refunds under way count as gone."""
    net = standing(building).net_in - building_refunds_waiting(building)
    return escrow.overflow(net + change_fen, building.quota_fen) - escrow.overflow(net, building.quota_fen)


def building_refunds_waiting(building: EscrowBuilding) -> int:
    """Refunds applied for and not yet paid, fen."""
    from django.db.models import Sum

    return int(building.refunds.filter(state="applied").aggregate(total=Sum("amount_fen"))["total"] or 0)


def nodes_for(basis: Basis) -> tuple[escrow.Node, ...]:
    """The node table in force."""
    return escrow.node_table(basis.rows("funds.presale.nodes"))


def factors_for(basis: Basis, grade: str) -> dict[str, Decimal]:
    """The factors of a credit grade: `quota`, `retained`."""
    for row in basis.rows("funds.presale.grades"):
        if row["grade"] == grade:
            return {"quota": row["quota"], "retained": row["retained"]}
    raise AnjuError.of("funds.unknown_grade", f"参数中没有“{grade}”级的系数。", where="信用等级", advice="请在参数中补充该等级。")


def names_of(building: EscrowBuilding) -> dict[int, str]:
    """What the building's accounts are called in a refusal."""
    found: dict[int, Any] = {building.held_account_id: f"{building}监管资金", building.agreement.bank_account_id: "监管账户"}
    if building.allowance_account_id:
        found[building.allowance_account_id] = f"{building}可支取额度"
    return found


def require_live(building: EscrowBuilding) -> None:
    """Raise AnjuError `funds.released` once the building is out of supervision."""
    if building.released_on is not None:
        raise AnjuError.of("funds.released", f"{building}已解除监管。", advice="解除监管后的余额请按“解控后支取”办理。")
