"""A withdrawal as a matter (办件): reserved when applied for, instructed when the case completes, free again when it ends otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from anju.domains.funds.actions.withdrawals import Application, apply_withdrawal, approve_withdrawal, give_back, require_still_available
from anju.domains.funds.models import EscrowBuilding, Payee, Withdrawal
from anju.kernel.access.actor import Actor
from anju.kernel.cases import actions as cases
from anju.kernel.cases.hooks import Attempt, Happening, guard, on
from anju.kernel.cases.models import Case
from anju.kernel.journal.actions import action

MATTER = "presale_withdrawal"


def open_withdrawal(
    building: EscrowBuilding, payee: Payee, application: Application, *, by: Actor, materials: Iterable[str] = (), key: str | None = None
) -> Withdrawal:
    """Receive the application of a developer: reserve the amount and open its case, or neither. Needs `funds.handle`, `cases.open`."""
    by.require("cases.open")
    with action("funds.open_withdrawal", by=by, key=key) as entry:
        if entry.repeated:
            return Withdrawal.objects.get(pk=entry.data["withdrawal"])
        withdrawal = apply_withdrawal(building, payee, application, by=by)
        agreement = building.agreement
        applicant = cases.Applicant(agreement.developer, kind="organisation", credit_code=agreement.developer_code)
        case = cases.open_case(MATTER, applicant=applicant, subject=f"funds_withdrawal:{withdrawal.pk}", materials=materials, by=by)
        withdrawal.case_id = case.pk
        withdrawal.save()
        entry.subject, entry.data = f"funds_withdrawal:{withdrawal.pk}", {"withdrawal": withdrawal.pk, "case": case.pk}
    return withdrawal


@guard(MATTER, step="decide")
def still_available(attempt: Attempt) -> None:
    """What must stay is checked again before the decision (PF-07)."""
    withdrawal = _of(attempt.case)
    if not withdrawal.emergency:
        require_still_available(withdrawal)


@on(MATTER, "completed")
def instruct(happening: Happening) -> None:
    """The case is decided: the payment may be instructed."""
    approve_withdrawal(_of(happening.case), by=happening.by)


@on(MATTER, "refused", "not_accepted", "withdrawn", "terminated")
def release(happening: Happening) -> None:
    """The case ended without a payment: the reserved amount is free again."""
    give_back(_of(happening.case), on=happening.on, reason=happening.text or "办件未核准", by=happening.by, permission="cases.view")


def _of(case: Case) -> Withdrawal:
    return Withdrawal.objects.select_related("building__agreement").get(pk=int(case.subject.partition(":")[2]))
