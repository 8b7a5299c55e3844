"""What the cases of a tenancy do to it: renewal, exit, re-review. Registered when the house is assembled."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model

from anju.domains.housing.acting import doing, held, subject_of
from anju.domains.housing.applications.qualifying import qualify, settle_tier
from anju.domains.housing.models import Decision, ExitGround, Lease, LeaseReview, Renewal
from anju.domains.housing.refusals import told
from anju.domains.housing.subsidies.deciding import require_granted
from anju.domains.housing.tenancy import leaving, renewing, reviewing
from anju.domains.market import hooks as market
from anju.domains.market.models import Contract, ResaleContract
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases.hooks import Attempt, Happening, guard, on
from anju.kernel.cases.models import Case
from anju.kernel.database import prepared
from anju.kernel.errors import AnjuError

M = TypeVar("M", bound=Model)
_LEASES_OF_BUYERS = """
    SELECT l.id FROM housing_member m JOIN housing_lease l ON l.household_id = m.household_id AND l.state IN ('active', 'moving')
    WHERE m.left_on IS NULL AND m.resident_id_index = ANY (ARRAY(
        SELECT resident_id_index FROM market_contract WHERE id = %s
        UNION ALL SELECT resident_id_index FROM market_cobuyer WHERE contract_id = %s
        UNION ALL SELECT resident_id_index FROM market_resalecontract WHERE id = %s
    )) ORDER BY l.id
"""
"""Asked at every signing, and nearly always nobody."""
Ground = ExitGround.Ground


def in_time(attempt: Attempt) -> None:
    """HS-17: a request made within the last three months is not granted."""
    if _of(Renewal, attempt.case, attempt.by).late:
        raise told("late_renewal_is_not_granted")


def renew(happening: Happening) -> None:
    """The further lease, or the end at the term."""
    row = _of(Renewal, happening.case, happening.by)
    if happening.event == "completed":
        data = happening.data
        renewing.grant(row, str(data["lease_no"]), until=_day(data["until"]), on=happening.on, by=happening.by)
    elif row.state == Renewal.State.ASKED:
        renewing.refuse(row, reason=_why(happening), on=happening.on, by=happening.by)


def leave(happening: Happening) -> None:
    """通知腾退 on the ground the case was opened for."""
    row = held(Lease, int(happening.case.subject.partition(":")[2]), happening.by)
    leaving.begin(row, happening.case.data["ground"], on=happening.on, by=happening.by, text=happening.text[:200])


def still_fit(attempt: Attempt) -> None:
    """仍符合 only what the rule grants that day, with the parameters of the day (GN-01)."""
    row = _of(LeaseReview, attempt.case, attempt.by)
    kind = Decision.Kind.YEARLY if row.cause == LeaseReview.Cause.YEARLY else Decision.Kind.CHANGE
    require_granted(*qualify(row.lease.household, attempt.data, on=attempt.on, by=attempt.by, case_id=attempt.case.pk, kind=kind))


def conclude(happening: Happening) -> None:
    """The outcome on the review; a tier that changed, or a ground to give the home back."""
    row = _of(LeaseReview, happening.case, happening.by)
    fit = happening.event == "completed"
    with doing("conclude_review", by=happening.by, needs="housing.view", subject=subject_of(row.lease)) as entry:
        row.outcome, row.decided_on = LeaseReview.Outcome.FIT if fit else LeaseReview.Outcome.UNFIT, happening.on
        row.save(update_fields=["outcome", "decided_on"])
        entry.data = {"review": row.pk, "outcome": row.outcome}
    if fit:
        number = happening.case.number
        settle_tier(row.lease.household, str(happening.data["tier"]), basis=f"复审 {number}", on=happening.on, by=happening.by)
    else:
        leaving.find(
            row.lease, leaving.UNFIT.get(happening.reason, Ground.UNFIT), on=happening.on, evidence=_why(happening), by=happening.by
        )


def bought_a_home(contract: Contract, by: Actor) -> None:
    """HS-18: a contract of somebody who lives in a let home opens a re-review at once; its case is to end within fifteen working days."""
    _review_tenants([contract.pk, contract.pk, None], contract.contract_no, contract.signed_on)


def bought_an_existing_home(contract: ResaleContract, by: Actor) -> None:
    """The same of an existing home."""
    if contract.signed_on is not None:
        _review_tenants([None, None, contract.pk], contract.contract_no, contract.signed_on)


def _review_tenants(contracts: list[int | None], number: str, on: date) -> None:
    with using_scope(Scope.system()):
        tenants = [lease for (lease,) in prepared.ask(_LEASES_OF_BUYERS, contracts)]
        for lease in Lease.objects.select_for_update(of=("self",)).filter(pk__in=tenants, state__in=Lease.LIVE) if tenants else ():
            words = f"家庭成员签订购房合同 {number}"
            reviewing.open_for(lease, LeaseReview.Cause.OTHER_HOME, evidence=words, on=on, by=Actor.system("合同网签"))


def register() -> None:
    """Hang the above on the matters and on the market."""
    guard("public_rental_renewal", step="decide")(in_time)
    on("public_rental_renewal", "completed", "refused", "not_accepted", "withdrawn")(renew)
    on("public_rental_exit", "completed")(leave)
    guard(reviewing.MATTER, step="conclude")(still_fit)
    on(reviewing.MATTER, "completed", "refused")(conclude)
    market.follow("signed", bought_a_home)
    market.follow_resale(bought_an_existing_home)


def _of(model: type[M], case: Case, by: Actor) -> M:
    """The record a case carries."""
    number = model._default_manager.filter(case_id=case.pk).values_list("pk", flat=True).first()
    if number is None:
        raise AnjuError.of("housing.case_of_its_record", "这个办件没有登记对应的记录。", where=case.number, advice="请从租约页面发起。")
    return held(model, number, by)


def _why(happening: Happening) -> str:
    return (happening.text or happening.matter.refusals.get(happening.reason, "") or "申请人撤回")[:200]


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
