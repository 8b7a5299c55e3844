"""Withdrawals (支取): apply and reserve, approve, pay on the bank's receipt, return. The amount is reserved from the application on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from anju.domains.funds import kinds
from anju.domains.funds.actions.holding import acting, allowance_change, names_of, require_live, tell_floors
from anju.domains.funds.actions.limits import shrink_guarantee
from anju.domains.funds.models import EscrowBuilding, Payee, Withdrawal
from anju.domains.funds.queries import bank_differs, frozen_by_court
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import queries as accounts
from anju.kernel.accounts.money import yuan
from anju.kernel.accounts.posting import Ending, Move, post
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.bounds import well_formed
from anju.kernel.parameters.basis import Basis

WORKS = (Withdrawal.Purpose.WORKS, Withdrawal.Purpose.MATERIALS, Withdrawal.Purpose.WAGES)


@dataclass(frozen=True, slots=True)
class Application:
    """What the developer asks for. `emergency`: the document of an approved emergency use (below what must stay). `marker`: the document
    by which a works payment is allowed while a court's freeze stands (法〔2022〕12号)."""

    application_no: str
    purpose: str
    amount_fen: int
    invoice: str
    applied_on: datetime.date
    emergency: str = ""
    marker: str = ""


def apply_withdrawal(building: EscrowBuilding, payee: Payee, application: Application, *, by: Actor, key: str | None = None) -> Withdrawal:
    """Enter an application and reserve its amount. Needs `funds.handle`; an emergency needs `funds.approve` as well.

    Refused: suspended (PF-15), account not equal with the bank (PF-03), frozen without a marker or to the developer itself (PF-19), payee
    of another project or above its contract (PF-10), above what is available (PF-05, PF-06: `accounts.below_floor`).
    """
    with acting("apply_withdrawal", building, by=by, permission="funds.handle", key=key) as entry:
        if entry.repeated:
            return Withdrawal.objects.get(pk=entry.data["withdrawal"])
        _require_open(building, payee, application, by)
        name = f"withdrawal:{building.bureau_id}:{application.application_no}"[:100]
        authority = application.emergency or application.marker
        if application.marker and not application.emergency:
            _require_above_floor(building, application.amount_fen)
        made = post(
            [
                Move(
                    building.held_account_id, building.agreement.bank_account_id, application.amount_fen, kinds.WITHDRAWAL,
                    application.applied_on, name, subject=f"funds_escrowbuilding:{building.pk}", pending=True, authority=authority,
                    memo=f"{payee.name} {application.application_no}"[:200],
                ),
                *allowance_change(building, -application.amount_fen, application.applied_on, name, document=authority, pending=True),
            ],
            names=names_of(building),
        )  # fmt: skip
        withdrawal = _new(building, payee, application, made.id, by)
        entry.subject = f"funds_withdrawal:{withdrawal.pk}"
        entry.data = {"withdrawal": withdrawal.pk, "amount_fen": application.amount_fen, "building": building.pk}
    return withdrawal


def approve_withdrawal(withdrawal: Withdrawal, *, by: Actor) -> Withdrawal:
    """Approve an application: the payment may be instructed. Needs `funds.approve`, and another person than who entered it.

    What must stay is checked a second time (PF-07): it may have risen since the amount was reserved.
    """
    building = _building(withdrawal)
    with acting("approve_withdrawal", building, by=by, permission="funds.approve") as entry:
        withdrawal.refresh_from_db()
        _require_state(withdrawal, Withdrawal.State.APPLIED)
        _require_not_suspended(building)
        if not withdrawal.emergency:
            require_still_available(withdrawal)
        withdrawal.state, withdrawal.approved_by = Withdrawal.State.APPROVED, by.staff_id
        withdrawal.version += 1
        withdrawal.save()
        entry.subject, entry.data = f"funds_withdrawal:{withdrawal.pk}", {"withdrawal": withdrawal.pk}
    return withdrawal


def pay_withdrawal(withdrawal: Withdrawal, *, on: datetime.date, serial_no: str, by: Actor, amount_fen: int | None = None) -> Withdrawal:
    """The bank has paid the payee: post what was reserved, or `amount_fen` of it. Needs `funds.handle`. The receipt twice is once.

    Guarantees shrink with what is still needed (PF-11).
    """
    building = _building(withdrawal)
    key = f"paid:{withdrawal.pk}:{serial_no}"[:100]
    with acting("pay_withdrawal", building, by=by, permission="funds.handle", key=key) as entry:
        withdrawal.refresh_from_db()
        if entry.repeated:
            return withdrawal
        _require_state(withdrawal, Withdrawal.State.APPROVED)
        _require_not_suspended(building)
        paid = withdrawal.applied_fen if amount_fen is None else amount_fen
        post(_endings(withdrawal, "post", on, key, f"流水号{serial_no}", paid), names=names_of(building))
        withdrawal.state, withdrawal.paid_on, withdrawal.paid_fen = Withdrawal.State.PAID, on, paid
        withdrawal.version += 1
        withdrawal.save()
        before = building.guaranteed_fen
        shrink_guarantee(building, Basis.on(on, building.region_code))
        if building.guaranteed_fen != before:
            tell_floors(building, on=on, document=f"拨付{withdrawal.application_no}", by=by)
        entry.subject, entry.data = f"funds_withdrawal:{withdrawal.pk}", {"withdrawal": withdrawal.pk, "paid_fen": paid}
    return withdrawal


def return_withdrawal(withdrawal: Withdrawal, *, on: datetime.date, reason: str, by: Actor) -> Withdrawal:
    """Take an approval back before it is paid, or turn down what no case carries: the reserved amount is free again. Needs `funds.handle`.

    Raises AnjuError `funds.case_carries_it` while its case is not decided: that is refused or withdrawn in the case.
    """
    if withdrawal.case_id is not None and withdrawal.state == Withdrawal.State.APPLIED:
        raise AnjuError.of(
            "funds.case_carries_it", "这笔支取正由办件办理。", where=withdrawal.application_no, advice="请在办件中退回或不予核准。"
        )
    return give_back(withdrawal, on=on, reason=reason, by=by, permission="funds.handle")


def give_back(withdrawal: Withdrawal, *, on: datetime.date, reason: str, by: Actor, permission: str) -> Withdrawal:
    """The same for whoever holds `permission`: the end of a withdrawal's case does this too."""
    building = _building(withdrawal)
    with acting("return_withdrawal", building, by=by, permission=permission, reason=reason) as entry:
        withdrawal.refresh_from_db()
        if not reason.strip():
            raise AnjuError.of("funds.no_reason", "没有写退件的原因。", where="原因", advice="请写明原因，告知申请人。")
        _require_state(withdrawal, Withdrawal.State.APPLIED, Withdrawal.State.APPROVED)
        post(_endings(withdrawal, "void", on, f"returned:{withdrawal.pk}", reason[:200], None))
        withdrawal.state, withdrawal.reason = Withdrawal.State.RETURNED, reason[:200]
        withdrawal.version += 1
        withdrawal.save()
        entry.subject, entry.data = f"funds_withdrawal:{withdrawal.pk}", {"withdrawal": withdrawal.pk}
    return withdrawal


def require_still_available(withdrawal: Withdrawal) -> None:
    """Raise AnjuError `funds.no_longer_available` when the reserved amount would now take the account below what must stay."""
    building = _building(withdrawal)
    short = _short(building.held_account_id, without_frozen=bool(withdrawal.frozen_marker))
    if building.allowance_account_id is not None:
        short = max(short, _short(building.allowance_account_id, without_frozen=True))
    if short > 0:
        raise AnjuError.of(
            "funds.no_longer_available",
            f"申请之后留存要求提高或余额减少，现差{yuan(short)}。",
            where=str(building),
            advice="请退回申请，或待款项到账、节点达到后再审批。",
        )


def _short(account_id: int, *, without_frozen: bool) -> int:
    balance = accounts.balance(account_id)
    frozen = 0 if without_frozen else balance.frozen_fen
    return (balance.floor_fen or 0) + frozen - (balance.posted_fen - balance.held_fen)


def _require_open(building: EscrowBuilding, payee: Payee, application: Application, by: Actor) -> None:
    require_live(building)
    _require_not_suspended(building)
    agreement = building.agreement
    if payee.agreement_id != agreement.pk:
        raise AnjuError.of("funds.foreign_payee", f"“{payee.name}”不是该项目的收款单位。", where="收款单位", advice="请先登记其合同。")
    if bank_differs(agreement):
        raise AnjuError.of(
            "funds.bank_differs", "监管账户与银行对账不符，暂不受理新的支取。", where=str(agreement), advice="请先处理对账差异。"
        )
    if application.emergency:
        by.require("funds.approve")
    if frozen_by_court(building):
        _require_marker(building, payee, application)
    elif application.marker:
        raise AnjuError.of("funds.not_frozen", "账户没有司法冻结，不需要冻结期间支付依据。", advice="请删去该项。")


def _require_marker(building: EscrowBuilding, payee: Payee, application: Application) -> None:
    agreement = building.agreement
    if payee.name == agreement.developer or (payee.credit_code and payee.credit_code == agreement.developer_code):
        raise AnjuError.of(
            "funds.frozen_to_developer", "司法冻结期间不能向开发企业支付。", where=str(building), advice="只可支付工程进度、材料款项。"
        )
    if not application.marker or application.purpose not in WORKS:
        raise AnjuError.of(
            "funds.frozen",
            "账户有司法冻结，普通支取暂停。",
            where=str(building),
            advice="工程进度款、材料款、农民工工资凭批准文件可以办理。",
        )


def _require_above_floor(building: EscrowBuilding, amount_fen: int) -> None:
    # The marker lets the payment into what is frozen, not below what must stay; balances are locked.
    short = _short(building.held_account_id, without_frozen=True) + amount_fen
    if short > 0:
        raise AnjuError.of("accounts.below_floor", f"超出可用余额{yuan(short)}。", where=str(building), advice="请减少金额。")


def _require_not_suspended(building: EscrowBuilding) -> None:
    if building.agreement.suspended_for:
        raise AnjuError.of(
            "funds.suspended",
            f"支取已暂停：{building.agreement.suspended_for}。",
            where=str(building.agreement),
            advice="整改并恢复后再办。",
        )


def _require_state(withdrawal: Withdrawal, *states: str) -> None:
    if withdrawal.state not in states or withdrawal.voided_at is not None:
        label = Withdrawal.State(withdrawal.state).label
        raise AnjuError.of("funds.wrong_state", f"支取{withdrawal.application_no}现为“{label}”，不能这样办理。", advice="请刷新后再办。")


def _new(building: EscrowBuilding, payee: Payee, application: Application, reserved: int, by: Actor) -> Withdrawal:
    agreement = building.agreement
    withdrawal = Withdrawal(
        application_no=application.application_no,
        agreement=agreement,
        building=building,
        payee=payee,
        project=agreement.project,
        developer=agreement.developer,
        account_no=agreement.account_no,
        bank=agreement.bank,
        purpose=application.purpose,
        node=building.node,
        invoice=application.invoice.strip(),
        applied_fen=application.amount_fen,
        applied_on=application.applied_on,
        state=Withdrawal.State.APPLIED,
        emergency=application.emergency,
        frozen_marker=application.marker,
        reserved_id=reserved,
        applied_by=by.staff_id,
        region_code=building.region_code,
        bureau_id=building.bureau_id,
    )
    if not withdrawal.invoice:
        raise AnjuError.of("funds.no_invoice", "没有填写发票。", where="发票", advice="支取须有合同和发票。")
    well_formed(withdrawal, "application_no", "purpose")
    withdrawal.save(force_insert=True)
    return withdrawal


def _endings(withdrawal: Withdrawal, kind: str, on: datetime.date, key: str, memo: str, amount_fen: int | None) -> list[Ending]:
    reserved = [one for one in accounts.chain_of(withdrawal.reserved_id or 0) if one.kind == "pending"]
    return [Ending(one.pk, kind, on, f"{key}:{number}", amount_fen, memo=memo) for number, one in enumerate(reserved)]


def _building(withdrawal: Withdrawal) -> EscrowBuilding:
    if withdrawal.building is None:
        raise AnjuError.of("funds.book_row", "这是台账导入的历史记录，没有监管账户。", advice="请在台账中更正。")
    return withdrawal.building
