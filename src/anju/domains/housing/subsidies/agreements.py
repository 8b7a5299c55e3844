"""The verbs of subsidy agreements: sign, suspend, resume, end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import Agreement, Application, BenefitMonth, Household, Member, SecurityExit
from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError

EDIT = "housing.edit"
EXIT_REASONS = {
    Agreement.Ending.GOT_HOME: SecurityExit.Reason.HOME,
    Agreement.Ending.OVER_INCOME: SecurityExit.Reason.INCOME,
}


@dataclass(frozen=True, slots=True)
class Tenancy:
    """The home a household rents: from a day to a day, for so much a month in fen."""

    start: date
    end: date
    month_rent: int
    home: str


@dataclass(frozen=True, slots=True)
class Account:
    """Where the money goes."""

    holder: Member
    number: str
    bank: str


def sign(
    agreement_no: str, household: Household, *, kind: str, tenancy: Tenancy, account: Account, from_month: date, to_month: date,
    on: date, by: Actor, application: Application | None = None, max_months: int | None = None, key: str | None = None,
) -> Agreement:  # fmt: skip
    """Sign a subsidy agreement. Its months lie in the tenancy; its account belongs to the applicant or an authorised member (RB-14).

    `application`: the approved one it follows; None for what a former book says. Raises AnjuError `housing.agreement_of_its_application`.
    """
    with doing("sign_agreement", by=by, needs=EDIT, key=key) as entry:
        if entry.repeated:
            return Agreement.objects.get(pk=entry.data["agreement"])
        held(Household, household.pk, by)
        if application is not None:
            _require_approved(held(Application, application.pk, by), household, kind)
        agreement = Agreement.objects.create(
            agreement_no=agreement_no, kind=kind, household=household, application=application, holder=account.holder,
            account=account.number, bank=account.bank, from_month=from_month, to_month=to_month, tenancy_from=tenancy.start,
            tenancy_to=tenancy.end, month_rent=tenancy.month_rent, home=tenancy.home, max_months=max_months, signed_on=on, **home_of(by),
        )  # fmt: skip
        entry.subject, entry.data = subject_of(agreement), {"agreement": agreement.pk, "household": household.pk}
    return agreement


def _require_approved(application: Application, household: Household, kind: str) -> None:
    approved = application.state == Application.State.APPROVED and application.product == kind
    signed = Agreement.objects.filter(application=application).exclude(state=Agreement.State.CANCELLED).exists()
    if not approved or application.household_id != household.pk or signed:
        raise AnjuError.of(
            "housing.agreement_of_its_application", "这件申请没有通过、不是这项补贴的，或已签过协议。", where=application.application_no,
            advice="请选已通过、还没有签协议的申请。",
        )  # fmt: skip


def suspend(agreement: Agreement, *, reason: str, by: Actor) -> None:
    """Stop paying for now: review overdue, account failed, cannot be contacted."""
    _require(reason)
    with doing("suspend_agreement", by=by, needs=EDIT, subject=subject_of(agreement), reason=reason):
        _move(agreement, by, state=Agreement.State.SUSPENDED, state_reason=reason)


def resume(agreement: Agreement, *, reason: str, by: Actor) -> None:
    """Pay again. Months that were not paid meanwhile may be paid by a later run while they lie in the agreement."""
    _require(reason)
    with doing("resume_agreement", by=by, needs=EDIT, subject=subject_of(agreement), reason=reason):
        _move(agreement, by, state=Agreement.State.ACTIVE, state_reason=reason)


def end(agreement: Agreement, *, ending: str, on: date, unpaid_from: date, reason: str, by: Actor, key: str | None = None) -> int:
    """End an agreement and enter the household in the book of exits. Returns how many months from `unpaid_from` on are paid already:
    they are to be recovered. `unpaid_from`: the first month that is not paid; the month of death or exit is said by it (RB-05).
    """
    _require(reason)
    with doing("end_agreement", by=by, needs=EDIT, subject=subject_of(agreement), reason=reason, key=key) as entry:
        if entry.repeated:
            return int(entry.data["overpaid"])
        expired = ending == Agreement.Ending.EXPIRED
        state = Agreement.State.ENDED if expired else Agreement.State.CANCELLED
        row = _move(agreement, by, state=state, ending=ending, ended_on=on, unpaid_from=unpaid_from, state_reason=reason)
        overpaid = BenefitMonth.objects.filter(agreement=row, month__gte=unpaid_from, payment__state="paid").count()
        entry.data = {"ending": ending, "unpaid_from": unpaid_from.isoformat(), "overpaid": overpaid}
        if not expired and row.kind == Agreement.Kind.RENT_SUBSIDY:
            _enter_exit(row, on, by)
    return overpaid


def _enter_exit(agreement: Agreement, on: date, by: Actor) -> None:
    SecurityExit.objects.create(
        exit_no=f"TC-{agreement.agreement_no}",
        household=agreement.household,
        household_no=agreement.household.household_no,
        head=agreement.holder.name,
        kind=SecurityExit.Kind.SUBSIDY,
        reason=EXIT_REASONS.get(Agreement.Ending(agreement.ending), SecurityExit.Reason.OTHER),
        exited_on=on,
        agreement=agreement,
        **home_of(by),
    )


def _move(agreement: Agreement, by: Actor, **changes: object) -> Agreement:
    row = held(Agreement, agreement.pk, by)
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changes, "version"])
    return row


def _require(reason: str) -> None:
    if not reason.strip():
        raise AnjuError.of("housing.no_reason", "没有写理由。", where="理由", advice="写明依据，理由随动作留痕。")
