"""Court freezes: recorded at once, the frozen part is not available; works payments and refunds go on by approval (法〔2022〕12号)."""

from __future__ import annotations

import datetime

from django.db.models import Sum

from anju.domains.funds.actions.holding import acting
from anju.domains.funds.models import CourtFreeze, EscrowBuilding
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import actions as accounts
from anju.kernel.errors import AnjuError


def freeze_by_court(building: EscrowBuilding, amount_fen: int, *, court: str, document: str, on: datetime.date, by: Actor) -> CourtFreeze:
    """Record a court's freeze of an amount in a building's account. Needs `funds.handle`. Raises AnjuError `funds.freeze_exists`."""
    with acting("freeze_by_court", building, by=by, permission="funds.handle", reason=document) as entry:
        if amount_fen <= 0 or not court.strip() or not document.strip():
            raise AnjuError.of("funds.no_document", "冻结须写明法院、文书号和金额。", where="司法冻结", advice="请按协助执行通知书填写。")
        made = CourtFreeze.objects.create(
            building=building, court=court, document=document, amount_fen=amount_fen, on=on,
            region_code=building.region_code, bureau_id=building.bureau_id,
        )  # fmt: skip
        _tell(building, on, document, by)
        entry.data = {"freeze": made.pk, "amount_fen": amount_fen}
    return made


def lift_freeze(freeze: CourtFreeze, *, document: str, on: datetime.date, by: Actor) -> None:
    """The court lifts it, by a document. Needs `funds.handle`."""
    building = freeze.building
    with acting("lift_freeze", building, by=by, permission="funds.handle", reason=document) as entry:
        freeze.refresh_from_db()
        if freeze.lifted_on is not None or not document.strip():
            raise AnjuError.of("funds.lifted_already", "该冻结已经解除，或没有写解冻文书号。", advice="请刷新后核对。")
        freeze.lifted_on, freeze.lift_document = on, document
        freeze.save()
        _tell(building, on, document, by)
        entry.data = {"freeze": freeze.pk}


def _tell(building: EscrowBuilding, on: datetime.date, document: str, by: Actor) -> None:
    standing = CourtFreeze.objects.filter(building=building, lifted_on=None).aggregate(total=Sum("amount_fen"))["total"] or 0
    accounts.freeze(building.held_account, int(standing), on=on, document=document, by=by)
