"""Release (解除监管): after the first registration, with nothing under way; then the rest may be drawn freely."""

from __future__ import annotations

import datetime

from anju.domains.funds import kinds
from anju.domains.funds.actions.holding import acting, names_of
from anju.domains.funds.models import EscrowBuilding
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import actions as accounts
from anju.kernel.accounts.posting import Move, post
from anju.kernel.errors import AnjuError


def release_building(building: EscrowBuilding, *, registration_no: str, on: datetime.date, document: str, by: Actor) -> EscrowBuilding:
    """End the supervision of a building. Needs `funds.approve`.

    Raises AnjuError `funds.no_registration`, `funds.release_not_clean` (PF-13).
    """
    with acting("release_building", building, by=by, permission="funds.approve", reason=document) as entry:
        if building.released_on is not None:
            raise AnjuError.of("funds.released", f"{building}已解除监管。")
        if not registration_no.strip():
            raise AnjuError.of(
                "funds.no_registration", "没有首次登记证明，不能解除监管。", where="首次登记", advice="请填写首次登记证明号。"
            )
        building.registration_no, building.released_on, building.limit_fen = registration_no, on, 0
        building.save()
        accounts.set_floor(building.held_account, None, on=on, document=document, by=by)
        if building.allowance_account is not None:
            accounts.set_floor(building.allowance_account, None, on=on, document=document, by=by)
        entry.data = {"registration_no": registration_no}
    return building


def draw_released(building: EscrowBuilding, amount_fen: int, *, on: datetime.date, serial_no: str, by: Actor) -> int:
    """The developer draws what is left of a released building. Needs `funds.handle`. Returns the transfer."""
    with acting("draw_released", building, by=by, permission="funds.handle") as entry:
        if building.released_on is None:
            raise AnjuError.of("funds.not_released", f"{building}尚未解除监管。", advice="请先办理解除监管。")
        made = post(
            [
                Move(
                    building.held_account_id, building.agreement.bank_account_id, amount_fen, kinds.RELEASE, on,
                    f"released:{building.pk}:{serial_no}"[:120], subject=f"funds_escrowbuilding:{building.pk}",
                    memo=f"解控后支取 流水号{serial_no}",
                )
            ],
            names=names_of(building),
        )  # fmt: skip
        entry.data = {"transfer": made.id, "amount_fen": amount_fen}
    return made.id
