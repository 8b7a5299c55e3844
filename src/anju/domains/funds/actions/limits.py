"""What decides how much must stay: quota, node, guarantee, credit grade. Each is dated, documented, and told to the database at once."""

from __future__ import annotations

import datetime

from anju.domains.funds.actions.holding import acting, allowance_change, factors_for, nodes_for, require_live, tell_floors
from anju.domains.funds.models import Agreement, EscrowBuilding, GradeChange, Guarantee, NodeEvidence, QuotaVersion
from anju.domains.funds.queries import standing
from anju.domains.funds.rules import escrow
from anju.domains.funds.rules.exact import part_of
from anju.kernel.access.actor import Actor
from anju.kernel.accounts.money import yuan
from anju.kernel.accounts.posting import post
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis


def set_quota(building: EscrowBuilding, quota_fen: int, *, on: datetime.date, document: str, by: Actor, key: str | None = None) -> None:
    """Approve another quota from a day on; the older version stays. Needs `funds.approve`. PF-04: the limit follows at once."""
    with acting("set_quota", building, by=by, permission="funds.approve", key=key, reason=document) as entry:
        if entry.repeated:
            return
        require_live(building)
        _require_document(document)
        net = standing(building).net_in
        change = quota_fen + escrow.overflow(net, quota_fen) - building.quota_fen - escrow.overflow(net, building.quota_fen)
        version = QuotaVersion.objects.create(
            building=building, quota_fen=quota_fen, from_on=on, document=document, approver=by.name,
            region_code=building.region_code, bureau_id=building.bureau_id,
        )  # fmt: skip
        building.quota_fen = quota_fen
        if moves := allowance_change(building, change, on, f"quota:{version.pk}", document=document):
            post(moves)
        tell_floors(building, on=on, document=document, by=by)
        entry.data = {"quota_fen": quota_fen}


def reach_node(
    building: EscrowBuilding, node: str, *, kind: str, document: str, on: datetime.date, by: Actor, key: str | None = None
) -> NodeEvidence:
    """Confirm by evidence that a building has reached a node; forward only (PF-09). Less must stay from now on. Needs `funds.approve`.

    `kind`: `NodeEvidence.Kind`. Raises AnjuError `funds.unknown_node`, `funds.node_backwards`, `funds.no_document`.
    """
    with acting("reach_node", building, by=by, permission="funds.approve", key=key, reason=document) as entry:
        if entry.repeated:
            return NodeEvidence.objects.get(pk=entry.data["evidence"])
        require_live(building)
        _require_document(document)
        basis = Basis.on(on, building.region_code)
        row = next((one for one in nodes_for(basis) if one.code == node), None)
        if row is None:
            raise AnjuError.of("funds.unknown_node", f"节点表中没有“{node}”。", where="节点", advice="请选择节点表中的节点。")
        retained = escrow.stricter(row.retained(building.finish), factors_for(basis, building.agreement.grade)["retained"])
        evidence = NodeEvidence.objects.create(
            building=building, node=row.code, position=row.position, kind=kind, document=document, reached_on=on, confirmed_by=by.name,
            cap_ratio=row.cap, retained_ratio=retained, basis=basis.as_data(), region_code=building.region_code,
            bureau_id=building.bureau_id,
        )  # fmt: skip
        building.node, building.node_position = row.code, row.position
        building.cap_ratio = max(building.cap_ratio, row.cap)
        building.retained_ratio = min(building.retained_ratio, retained)
        shrink_guarantee(building, basis)
        tell_floors(building, on=on, document=document, by=by)
        entry.data = {"evidence": evidence.pk, "node": row.code, "limit_fen": building.limit_fen}
    return evidence


def swap_guarantee(
    building: EscrowBuilding, *, letter_no: str, issuer: str, amount_fen: int, on: datetime.date, until: datetime.date, by: Actor
) -> Guarantee:
    """Let a bank's letter stand in for cash (银保监办发〔2022〕104号; PF-11). Needs `funds.approve`. Raises AnjuError `funds.guarantee`."""
    with acting("swap_guarantee", building, by=by, permission="funds.approve", reason=letter_no) as entry:
        require_live(building)
        most = Basis.on(on, building.region_code).decimal("funds.presale.guarantee_share") / 100
        balance = standing(building).balance
        fault = escrow.guarantee_fault(building.quota_fen, balance, building.guaranteed_fen, amount_fen, most=most, cash_least=1 - most)
        if fault or until <= on:
            raise AnjuError.of(
                "funds.guarantee", _GUARANTEE[fault or "until"], where=str(building), advice="请核对保函金额、期限和账户余额。"
            )
        made = Guarantee.objects.create(
            building=building, letter_no=letter_no, issuer=issuer, amount_fen=amount_fen, from_on=on, until=until,
            region_code=building.region_code, bureau_id=building.bureau_id,
        )  # fmt: skip
        building.guaranteed_fen += amount_fen
        tell_floors(building, on=on, document=f"保函{letter_no}", by=by)
        entry.data = {"guarantee": made.pk, "guaranteed_fen": building.guaranteed_fen}
    return made


_GUARANTEE = {
    "account_below_quota": "监管账户资金尚未达到重点监管额度，不能置换。",
    "above_share": "保函合计超过重点监管额度的规定比例。",
    "too_little_cash": "置换后账户现金低于重点监管额度的规定比例。",
    "until": "保函到期日应晚于生效日。",
}


def end_guarantee(guarantee: Guarantee, *, on: datetime.date, by: Actor, reason: str) -> None:
    """The letter counts no more: cash must stay instead. Needs `funds.approve`."""
    building = guarantee.building
    with acting("end_guarantee", building, by=by, permission="funds.approve", reason=reason):
        if guarantee.ended_on is not None:
            raise AnjuError.of("funds.guarantee_ended", "保函已经失效。", where=guarantee.letter_no)
        guarantee.ended_on = on
        guarantee.save(update_fields=["ended_on"])
        building.guaranteed_fen = max(building.guaranteed_fen - guarantee.amount_fen, 0)
        tell_floors(building, on=on, document=f"保函{guarantee.letter_no}失效", by=by)


def change_grade(agreement: Agreement, grade: str, *, on: datetime.date, document: str, by: Actor) -> None:
    """Enter another credit grade (PF-14): a better one holds for future nodes and quotas, a worse one ends every relaxation the same day.

    Needs `funds.approve`.
    """
    with acting("change_grade", agreement, by=by, permission="funds.approve", reason=document) as entry:
        _require_document(document)
        before = agreement.grade
        GradeChange.objects.create(
            agreement=agreement, before=before, after=grade, on=on, document=document,
            region_code=agreement.region_code, bureau_id=agreement.bureau_id,
        )  # fmt: skip
        basis = Basis.on(on, agreement.region_code)
        old, new = factors_for(basis, before)["retained"], factors_for(basis, grade)["retained"]
        agreement.grade = grade
        agreement.save()
        if new > old:
            for building in agreement.buildings.filter(released_on=None).select_related("held_account__balance", "allowance_account"):
                building.agreement = agreement
                node = next(one for one in nodes_for(basis) if one.code == building.node)
                building.retained_ratio = max(building.retained_ratio, escrow.stricter(node.retained(building.finish), new))
                tell_floors(building, on=on, document=document, by=by, never_lower=True)
        entry.data = {"before": before, "after": grade}


def shrink_guarantee(building: EscrowBuilding, basis: Basis) -> None:
    """Letters count for at most their share of what is still needed (PF-11). The building is saved by the caller."""
    if building.guaranteed_fen:
        most = basis.decimal("funds.presale.guarantee_share") / 100
        now = standing(building)
        need = min(building.quota_fen - escrow.quota_paid(now, building.quota_fen), part_of(building.quota_fen, building.retained_ratio))
        building.guaranteed_fen = escrow.guarantee_left(building.guaranteed_fen, max(need, 0), most=most)


def _require_document(document: str) -> None:
    if not document.strip():
        raise AnjuError.of("funds.no_document", "没有写依据。", where="依据", advice="请写明文件、证明或文书号。")


def said(building: EscrowBuilding) -> str:
    """One sentence on what must stay."""
    return f"{building}：监管额度{yuan(building.quota_fen)}，有效受限额度{yuan(building.limit_fen)}"
