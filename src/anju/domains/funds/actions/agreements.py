"""Sign a tripartite agreement, put buildings under it, name who may be paid, suspend, change the account."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from anju.domains.funds import kinds
from anju.domains.funds.actions.holding import acting, allowance_change, factors_for, nodes_for, tell_floors
from anju.domains.funds.models import Agreement, EscrowBuilding, NodeEvidence, Payee, QuotaVersion
from anju.domains.funds.refusals import told_clearly
from anju.domains.funds.rules import escrow
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import actions as accounts
from anju.kernel.accounts import queries as account_queries
from anju.kernel.accounts.posting import Move, post
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.orgs.bounds import well_formed
from anju.kernel.parameters.basis import Basis


@dataclass(frozen=True, slots=True)
class Terms:
    """What the agreement says. `mode` and `grade` as in `Agreement`; an empty mode takes the local parameter."""

    agreement_no: str
    project: str
    developer: str
    bank: str
    account_name: str
    account_no: str
    signed_on: datetime.date
    permit_no: str = ""
    project_id: int | None = None
    developer_code: str = ""
    mode: str = ""
    grade: str = "B"


def sign_agreement(terms: Terms, *, by: Actor, key: str | None = None) -> Agreement:
    """Enter an effective agreement and open its book with the bank account, the pool of unattributed money and the interest account.

    Needs `funds.handle`. Raises AnjuError `funds.agreement_exists`, `funds.account_no_taken`, `funds.permit_has_account` (PF-02).
    """
    by.require("funds.handle")
    with told_clearly(), action("funds.sign_agreement", by=by, key=key) as entry:
        if entry.repeated:
            return Agreement.objects.get(pk=entry.data["agreement"])
        basis = Basis.on(terms.signed_on, by.region_code)
        book = accounts.open_book(f"escrow:{terms.account_no}", f"{terms.project}预售资金", by=by)
        bank = accounts.open_account(book, code=f"bank:{terms.account_no}", name=f"{terms.bank}监管账户", kind=kinds.BANK, by=by)
        pool = accounts.open_account(book, code="pool", name=f"{terms.project}不明进账", kind=kinds.POOL, by=by)
        interest = accounts.open_account(book, code="interest", name=f"{terms.project}监管账户利息", kind=kinds.INTEREST, by=by)
        made = Agreement(
            agreement_no=terms.agreement_no,
            project=terms.project,
            project_id=terms.project_id,
            permit_no=terms.permit_no,
            developer=terms.developer,
            developer_code=terms.developer_code,
            bank=terms.bank,
            account_name=terms.account_name,
            account_no=terms.account_no,
            mode=terms.mode or basis.text("funds.presale.mode"),
            grade=terms.grade,
            signed_on=terms.signed_on,
            book=book,
            bank_account=bank,
            pool_account=pool,
            interest_account=interest,
            region_code=book.region_code,
            bureau_id=book.bureau_id,
        )
        well_formed(made, "agreement_no", "project", "developer", "bank", "account_name", "account_no")
        made.save(force_insert=True)
        entry.subject, entry.data = f"funds_agreement:{made.pk}", {"agreement": made.pk, "agreement_no": made.agreement_no}
    return made


def add_building(
    agreement: Agreement,
    building: str,
    *,
    on: datetime.date,
    document: str,
    by: Actor,
    quota_fen: int | None = None,
    area_centi: int | None = None,
    finish: str = "shell",
    building_id: int | None = None,
    key: str | None = None,
) -> EscrowBuilding:
    """Put a building under supervision at the first node. `quota_fen` as approved, or worked out from `area_centi` (hundredths of ㎡).

    `document`: the approval of the quota. Needs `funds.approve`. Raises AnjuError `funds.building_exists`, `parameters.not_found`.
    """
    with acting("add_building", agreement, by=by, permission="funds.approve", key=key) as entry:
        if entry.repeated:
            return EscrowBuilding.objects.get(pk=entry.data["building"])
        basis = Basis.on(on, agreement.region_code)
        node, factors = nodes_for(basis)[0], factors_for(basis, agreement.grade)
        quota = quota_fen or _quota(basis, area_centi, factors["quota"])
        made = _open(agreement, building, quota, node, basis, building_id, finish, by)
        place = {"region_code": made.region_code, "bureau_id": made.bureau_id}
        QuotaVersion.objects.create(
            building=made, quota_fen=quota, from_on=on, document=document, approver=by.name, basis=basis.as_data(), **place
        )
        NodeEvidence.objects.create(
            building=made, node=node.code, position=node.position, kind=NodeEvidence.Kind.SITE, document=document, reached_on=on,
            confirmed_by=by.name, cap_ratio=made.cap_ratio, retained_ratio=made.retained_ratio, basis=basis.as_data(), **place,
        )  # fmt: skip
        if moves := allowance_change(made, quota, on, f"quota:{made.pk}:0"):
            post(moves)
        tell_floors(made, on=on, document=document, by=by)
        entry.data = {"building": made.pk, "quota_fen": quota}
    return made


def _quota(basis: Basis, area_centi: int | None, factor: object) -> int:
    if not area_centi:
        raise AnjuError.of(
            "funds.no_quota", "没有核定监管额度，也没有监管面积。", where="监管额度", advice="请填写额度，或填写面积由系统计算。"
        )
    uplift = basis.decimal("funds.presale.uplift") / 100
    return escrow.quota(area_centi, basis.fen("funds.presale.unit_cost"), uplift, factor)  # type: ignore[arg-type]


def _open(
    agreement: Agreement, building: str, quota: int, node: escrow.Node, basis: Basis, building_id: int | None, finish: str, by: Actor
) -> EscrowBuilding:
    held = accounts.open_account(
        agreement.book, code=f"building:{building}", name=f"{agreement.project}{building}监管资金", kind=kinds.HELD, by=by
    )
    allowance = None
    if agreement.mode != Agreement.Mode.RETAINED:
        control = accounts.open_book(f"allowance:{agreement.account_no}", f"{agreement.project}可支取额度", by=by, control=True)
        accounts.open_account(control, code="source", name="额度来源", kind=kinds.SPENT, by=by)
        allowance = accounts.open_account(
            control, code=f"building:{building}", name=f"{agreement.project}{building}可支取额度", kind=kinds.ALLOWED, by=by
        )
    factors = factors_for(basis, agreement.grade)
    made = EscrowBuilding(
        agreement=agreement,
        building=building,
        building_id=building_id,
        finish=finish,
        quota_fen=quota,
        node=node.code,
        node_position=node.position,
        cap_ratio=node.cap,
        retained_ratio=escrow.stricter(node.retained(finish), factors["retained"]),
        retention_ratio=basis.decimal("funds.presale.retention") / 100,
        limit_fen=0,
        held_account=held,
        allowance_account=allowance,
        region_code=agreement.region_code,
        bureau_id=agreement.bureau_id,
    )
    well_formed(made, "building")
    made.save(force_insert=True)
    return made


def add_payee(
    agreement: Agreement, *, name: str, contract_no: str, contract_fen: int, by: Actor, credit_code: str = "", account_tail: str = ""
) -> Payee:
    """Name a contractor or supplier with its contract; only those are paid (PF-10). Needs `funds.handle`."""
    with acting("add_payee", agreement, by=by, permission="funds.handle") as entry:
        made = Payee(
            agreement=agreement,
            name=name,
            credit_code=credit_code,
            contract_no=contract_no,
            contract_fen=contract_fen,
            account_tail=account_tail[-4:],
            region_code=agreement.region_code,
            bureau_id=agreement.bureau_id,
        )
        well_formed(made, "name", "contract_no")
        made.save(force_insert=True)
        entry.data = {"payee": made.pk}
    return made


def suspend(agreement: Agreement, reason: str, *, by: Actor) -> None:
    """Stop all withdrawals of an agreement (money not deposited, misuse, false papers); inflows go on (PF-15). Needs `funds.approve`."""
    if not reason.strip():
        raise AnjuError.of("funds.no_reason", "没有写暂停的原因。", where="原因", advice="请写明原因，原因随动作留痕。")
    with acting("suspend", agreement, by=by, permission="funds.approve", reason=reason):
        agreement.suspended_for = reason[:200]
        agreement.save()


def resume(agreement: Agreement, reason: str, *, by: Actor) -> None:
    """Let withdrawals go on. Needs `funds.approve`."""
    with acting("resume", agreement, by=by, permission="funds.approve", reason=reason):
        agreement.suspended_for = ""
        agreement.save()


def change_account(
    agreement: Agreement, *, account_no: str, bank: str, account_name: str, on: datetime.date, document: str, by: Actor, key: str
) -> Agreement:
    """Move the whole balance to a new account and close the old one, in one action (PF-21). Needs `funds.approve`.

    Refused while anything is under way: AnjuError `funds.under_way`, `funds.account_no_taken`.
    """
    with acting("change_account", agreement, by=by, permission="funds.approve", key=key, reason=document) as entry:
        if entry.repeated:
            return agreement
        if account_queries.pendings([agreement.bank_account_id], limit=1):
            raise AnjuError.of("funds.under_way", "还有未付的支取或退款，不能变更账户。", where=str(agreement), advice="请先办结在途款项。")
        old = agreement.bank_account
        new = accounts.open_account(agreement.book, code=f"bank:{account_no}", name=f"{bank}监管账户", kind=kinds.BANK, by=by)
        left = account_queries.balance(old.pk).posted_fen
        if left:
            post(
                [Move(new.pk, old.pk, left, kinds.MOVE, on, f"{key}:move", subject=f"funds_agreement:{agreement.pk}", memo=document[:200])]
            )
        agreement.bank_account, agreement.bank, agreement.account_no, agreement.account_name = new, bank, account_no, account_name
        agreement.save()
        old.closed_at = entry_time()
        old.save(update_fields=["closed_at"])
        entry.data = {"moved_fen": left, "account_no": account_no}
    return agreement


def entry_time() -> datetime.datetime:
    """Now, UTC."""
    return datetime.datetime.now(datetime.UTC)
