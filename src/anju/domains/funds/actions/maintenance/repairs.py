"""Use of the fund: propose, vote (Civil Code 278) or show an emergency (281), share exactly, pay, accept, tell the owners."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from anju.domains.funds import kinds
from anju.domains.funds.actions.maintenance.acting import acting
from anju.domains.funds.models import Ballot, FundArea, FundUnit, RepairPayment, RepairProject, RepairShare
from anju.domains.funds.rules import maintenance
from anju.domains.funds.rules.exact import part_of
from anju.kernel.access.actor import Actor
from anju.kernel.accounts import posting
from anju.kernel.accounts import queries as account_queries
from anju.kernel.accounts.money import yuan
from anju.kernel.accounts.posting import Move, post
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.bounds import well_formed
from anju.kernel.parameters.basis import Basis

MOST_UNITS = 5_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be repaired. `scope`: `RepairProject.Scope`; `duty`: whose duty it is by law when not the owners' (art 25), else empty.

    `emergency`: a code of `maintenance.EMERGENCIES` with `proof`, empty for the ordinary way with a vote.
    """

    title: str
    part: str
    scope: str
    budget_fen: int
    contractor: str
    proposed_on: datetime.date
    warranty_until: datetime.date
    building: str = ""
    entrance: str = ""
    emergency: str = ""
    proof: str = ""
    duty: str = ""


def propose_repair(area: FundArea, proposal: Proposal, *, by: Actor) -> RepairProject:
    """Enter a repair. Needs `funds.handle`. Refused for what others must pay for and inside the warranty (MF-08), and for an emergency that
    is not listed or has no proof (MF-07)."""
    with acting("propose_repair", area, by=by, permission="funds.handle") as entry:
        if proposal.duty:
            why = maintenance.NOT_PAID_FOR.get(proposal.duty, "不属于维修资金的使用范围")
            raise AnjuError.of("funds.not_paid_for", f"{why}，不能使用维修资金。", where=proposal.title, advice="令165号第二十五条。")
        if proposal.proposed_on <= proposal.warranty_until:
            raise AnjuError.of(
                "funds.in_warranty", "该部位仍在保修期内，不能使用维修资金。", where=proposal.part, advice="请由建设单位保修。"
            )
        if proposal.emergency and (proposal.emergency not in maintenance.EMERGENCIES or not proposal.proof.strip()):
            raise AnjuError.of(
                "funds.no_proof", "不是列明的应急情形，或没有证明文件。", where="应急使用", advice="请按建办房〔2015〕52号核对。"
            )
        made = RepairProject(
            area=area, title=proposal.title, part=proposal.part, scope=proposal.scope, building=proposal.building,
            entrance=proposal.entrance, budget_fen=proposal.budget_fen, contractor=proposal.contractor, proposed_on=proposal.proposed_on,
            warranty_until=proposal.warranty_until, emergency=proposal.emergency, proof=proposal.proof,
            region_code=area.region_code, bureau_id=area.bureau_id,
        )  # fmt: skip
        well_formed(made, "title", "part", "scope", "contractor")
        made.save(force_insert=True)
        if not units_in_scope(made).exists():
            raise AnjuError.of("funds.empty_scope", "列支范围内没有户室。", where="列支范围", advice="请核对幢号和单元。")
        entry.subject = f"funds_repairproject:{made.pk}"
    return made


def cast_ballots(repair: RepairProject, choices: Mapping[int, str], *, on: datetime.date, by: Actor) -> maintenance.Count:
    """Enter ballots (unit number to choice) and count. One ballot a unit. Needs `funds.handle`. Raises `funds.voted_already`."""
    with acting("cast_ballots", repair, by=by, permission="funds.handle") as entry:
        _require(repair, RepairProject.State.PROPOSED)
        inside = set(units_in_scope(repair).filter(pk__in=list(choices)).values_list("pk", flat=True))
        if set(choices) - inside or set(choices.values()) - set(Ballot.Choice.values):
            raise AnjuError.of("funds.outside_scope", "有户室不在列支范围内，或意见不对。", where=repair.title, advice="请核对房号。")
        place = {"region_code": repair.region_code, "bureau_id": repair.bureau_id}
        Ballot.objects.bulk_create(
            Ballot(repair=repair, unit_id=unit, choice=choice, cast_on=on, **place) for unit, choice in choices.items()
        )
        counted = count(repair)
        entry.data = {"ballots": len(choices), "passed": counted.passed}
    return counted


def count(repair: RepairProject) -> maintenance.Count:
    """The vote as it stands."""
    cast = dict(Ballot.objects.filter(repair=repair).values_list("unit_id", "choice"))
    owners = _owners(repair)
    return maintenance.count_votes(
        maintenance.Voice(owners[unit.pk], unit.area_m2, cast.get(unit.pk, "")) for unit in units_in_scope(repair)
    )


def approve_repair(repair: RepairProject, *, publicised_from: datetime.date, publicised_to: datetime.date, by: Actor) -> RepairProject:
    """Approve the use after vote and publicity, or at once in an emergency, and share the budget among the units. Needs `funds.approve`.

    Raises AnjuError `funds.vote_failed` (MF-06), `funds.publicity_short`.
    """
    with acting("approve_repair", repair, by=by, permission="funds.approve") as entry:
        _require(repair, RepairProject.State.PROPOSED)
        if not repair.emergency:
            counted = count(repair)
            if not counted.passed:
                raise AnjuError.of("funds.vote_failed", f"表决未通过：{counted.why}。", where=repair.title, advice="民法典第二百七十八条。")
            least = Basis.on(publicised_to, repair.region_code).integer("funds.maintenance.publicity_days")
            if (publicised_to - publicised_from).days + 1 < least:
                raise AnjuError.of("funds.publicity_short", f"公示不足{least}日。", where=repair.title, advice="请公示期满后再核准。")
        repair.publicised_from, repair.publicised_to, repair.state = publicised_from, publicised_to, RepairProject.State.APPROVED
        repair.save()
        entry.data = {"units": _share(repair, repair.budget_fen, publicised_to)}
    return repair


def refuse_repair(repair: RepairProject, *, reason: str, by: Actor) -> RepairProject:
    """Turn a proposal down, with a reason. Needs `funds.approve`."""
    with acting("refuse_repair", repair, by=by, permission="funds.approve", reason=reason):
        _require(repair, RepairProject.State.PROPOSED)
        repair.state, repair.reason = RepairProject.State.REFUSED, reason[:200]
        repair.save()
    return repair


def pay_repair(repair: RepairProject, amount_fen: int, *, on: datetime.date, serial_no: str, by: Actor) -> RepairPayment:
    """Pay the contractor out of what the units bear (MF-09). Needs `funds.handle`. The serial number twice is once.

    The first payment stays within the prepay share of the budget; further ones need acceptance and audit and stay within the audited sum.
    """
    key = f"repair:{repair.pk}:{serial_no}"
    with acting("pay_repair", repair, by=by, permission="funds.handle", key=key) as entry:
        if entry.repeated:
            return RepairPayment.objects.get(pk=entry.data["payment"])
        _require(repair, RepairProject.State.APPROVED, RepairProject.State.ACCEPTED)
        number = repair.payments.count() + 1
        if repair.accepted_on is None:
            most = Basis.on(on, repair.region_code).decimal("funds.maintenance.prepay") / 100
            if number > 1 or amount_fen > part_of(repair.budget_fen, most):
                raise AnjuError.of("funds.above_audited", "验收审价前只能按规定比例预付一次。", where=repair.title, advice="请验收后支付。")
        _require_within(repair, amount_fen)
        area = repair.area
        made = post(
            [
                Move(
                    area.pool_account_id, area.bank_account_id, amount_fen, kinds.REPAIR_PAID, on, key,
                    subject=f"funds_repairproject:{repair.pk}", memo=f"{repair.contractor} 流水号{serial_no}"[:200],
                )
            ]
        )  # fmt: skip
        payment = RepairPayment.objects.create(
            repair=repair, number=number, amount_fen=amount_fen, paid_on=on, transfer_id=made.id,
            region_code=repair.region_code, bureau_id=repair.bureau_id,
        )  # fmt: skip
        entry.data = {"payment": payment.pk, "amount_fen": amount_fen}
    return payment


def accept_repair(repair: RepairProject, audited_fen: int, *, on: datetime.date, by: Actor) -> RepairProject:
    """Accept the work with its audited cost; shares are worked out again on it and accounts given back. Needs `funds.approve`."""
    with acting("accept_repair", repair, by=by, permission="funds.approve") as entry:
        _require(repair, RepairProject.State.APPROVED)
        paid = int(repair.payments.aggregate(total=Sum("amount_fen"))["total"] or 0)
        if not 0 < audited_fen <= repair.budget_fen or audited_fen < paid:
            raise AnjuError.of("funds.above_audited", "审定金额应不超过预算、不少于已付款。", where="审定金额", advice="超预算须另行表决。")
        repair.audited_fen, repair.accepted_on, repair.state = audited_fen, on, RepairProject.State.ACCEPTED
        repair.save()
        entry.data = {"audited_fen": audited_fen, "units": _share(repair, audited_fen, on)}
    return repair


def close_repair(repair: RepairProject, *, told_on: datetime.date, by: Actor) -> RepairProject:
    """Tell the owners totals and shares, and end it (MF-07). Needs `funds.handle`."""
    with acting("close_repair", repair, by=by, permission="funds.handle"):
        _require(repair, RepairProject.State.ACCEPTED)
        repair.told_on, repair.state = told_on, RepairProject.State.CLOSED
        repair.save()
    return repair


def units_in_scope(repair: RepairProject) -> QuerySet[FundUnit]:
    """The units that bear the repair, in unit order."""
    rows = FundUnit.objects.filter(area=repair.area, destroyed_on=None).order_by("position")
    if repair.scope != RepairProject.Scope.ESTATE:
        rows = rows.filter(building=repair.building)
    if repair.scope == RepairProject.Scope.ENTRANCE:
        rows = rows.filter(entrance=repair.entrance)
    return rows


def _share(repair: RepairProject, cost_fen: int, on: datetime.date) -> int:
    """Charge every unit's account with its share, or what changed of it since the budget; returns how many units."""
    units = list(units_in_scope(repair)[: MOST_UNITS + 1])
    if len(units) > MOST_UNITS:
        raise AnjuError.of("funds.scope_too_large", f"列支范围超过{MOST_UNITS}户。", where=repair.title, advice="请分幢办理。")
    pool = repair.area.pool_account_id
    posting.lock([pool, *(unit.account_id for unit in units)])
    balances = account_queries.balances(unit.account_id for unit in units)
    before = {share.unit_id: share for share in repair.shares.all()}
    moves: list[Move] = []
    shares: list[RepairShare] = []
    round_ = "audit" if before else "budget"
    for unit, share_fen in zip(units, maintenance.shares(cost_fen, [unit.area_m2 for unit in units]), strict=True):
        old = before.get(unit.pk) or RepairShare(
            repair=repair, unit=unit, charged_fen=0, region_code=repair.region_code, bureau_id=repair.bureau_id
        )
        charged = maintenance.charge(share_fen, balances[unit.account_id].posted_fen + old.charged_fen)
        moves += _charge(unit, pool, charged.charged_fen - old.charged_fen, repair, round_, on)
        old.share_fen, old.charged_fen, old.shortfall_fen = share_fen, charged.charged_fen, charged.shortfall_fen
        shares.append(old)
    if moves:
        post(moves)
    RepairShare.objects.bulk_create([share for share in shares if share.pk is None], batch_size=1_000)
    RepairShare.objects.bulk_update(
        [share for share in shares if share.pk is not None and share.unit_id in before], ["share_fen", "charged_fen", "shortfall_fen"]
    )
    return len(units)


def _charge(unit: FundUnit, pool: int, change_fen: int, repair: RepairProject, round_: str, on: datetime.date) -> list[Move]:
    if change_fen == 0:
        return []
    debit, credit = (unit.account_id, pool) if change_fen > 0 else (pool, unit.account_id)
    key = f"share:{repair.pk}:{round_}:{unit.pk}"
    return [Move(debit, credit, abs(change_fen), kinds.REPAIR, on, key, subject=f"funds_repairproject:{repair.pk}", memo=repair.title)]


def _require_within(repair: RepairProject, amount_fen: int) -> None:
    paid = int(repair.payments.aggregate(total=Sum("amount_fen"))["total"] or 0)
    most = repair.audited_fen or repair.budget_fen
    if paid + amount_fen > most:
        raise AnjuError.of(
            "funds.above_audited", f"累计付款{yuan(paid + amount_fen)}超过{yuan(most)}。", where=repair.title, advice="请核对。"
        )
    charged = int(repair.shares.aggregate(total=Sum("charged_fen"))["total"] or 0)
    if paid + amount_fen > charged:
        raise AnjuError.of(
            "funds.not_collected", f"各户列支合计{yuan(charged)}，不足支付。", where=repair.title, advice="请先由业主补交差额。"
        )


def _owners(repair: RepairProject) -> dict[int, str]:
    from anju.domains.funds.models import FundOwner

    rows: Any = FundOwner.objects.filter(unit__in=units_in_scope(repair), until=None)
    return dict(rows.values_list("unit_id", "person"))


def _require(repair: RepairProject, *states: str) -> None:
    if repair.state not in states:
        label = RepairProject.State(repair.state).label
        raise AnjuError.of("funds.wrong_state", f"维修项目“{repair.title}”现为“{label}”，不能这样办理。", advice="请刷新后再办。")
