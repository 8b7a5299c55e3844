"""What a case's moves do to its application; registered when the house is assembled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from anju.domains.housing.acting import as_day
from anju.domains.housing.applications.applying import APPEAL
from anju.domains.housing.applications.qualifying import qualify, settle_tier
from anju.domains.housing.letting import waiting
from anju.domains.housing.models import Application, BenefitMonth, Member
from anju.domains.housing.refusals import told, told_clearly
from anju.domains.housing.rules.from_basis import new_worker_terms
from anju.domains.housing.rules.new_worker import new_worker
from anju.domains.housing.rules.words import DEGREE_CODES
from anju.domains.housing.subsidies.deciding import About, decide_rent_subsidy, inputs_on, keep_decision, require_granted
from anju.kernel.cases.actions.lifting import reopen
from anju.kernel.cases.hooks import Attempt, Happening, guard, on
from anju.kernel.cases.models import Case, Publicity
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis

APPLIED = ("public_rental", "rent_subsidy", "new_worker_subsidy")


def application_of(case_id: int) -> Application:
    """The application a case carries. Raises AnjuError `housing.no_application`."""
    found = Application.objects.select_for_update(of=("self",)).filter(case_id=case_id).first()
    if found is None:
        raise AnjuError.of("housing.no_application", "这个办件没有申请登记。", advice="请从保障家庭页面提出申请。")
    return found


def everybody_authorised(attempt: Attempt) -> None:
    """HS-01: no acceptance without the signed authorisation of every adult member."""
    application = application_of(attempt.case.pk)
    adults = Member.objects.filter(household=application.household, left_on=None, born_on__lte=_eighteen_before(attempt.on))
    missing = [one.name for one in adults if one.authorised_on is None or one.authorised_on > attempt.on]
    if missing:
        refusal = told("every_adult_authorises")
        raise AnjuError.of(refusal.problems[0].code, f"还没有签署核查授权书：{'、'.join(missing)}。", advice=refusal.problems[0].advice)


def entitled(attempt: Attempt) -> None:
    """复审同意 only what the rule grants with the parameters in force that day; the decision is kept with both (GN-01, GN-02)."""
    application = application_of(attempt.case.pk)
    decision, found = decide_rent_subsidy(
        application.household, application.month_rent or 0, on=attempt.on, by=attempt.by, case_id=attempt.case.pk
    )
    require_granted(decision, found)


def may_wait(attempt: Attempt) -> None:
    """公租房复审同意: the tier that was found is settled, then the rule decides with it; the decision is kept (GN-01, GN-02)."""
    application = application_of(attempt.case.pk)
    household = application.household
    found = {name: attempt.data.get(name) or None for name in ("registered_since", "insured_since")}
    application.registered_since, application.insured_since = (as_day(found[name]) for name in ("registered_since", "insured_since"))
    application.score = None if attempt.data.get("score") in (None, "") else Decimal(str(attempt.data["score"]))
    waiting.place_by(application, waiting.order_of(Basis.on(attempt.on, attempt.by.region_code)))
    application.save(update_fields=["registered_since", "insured_since", "score"])
    settle_tier(household, attempt.data["tier"], basis=f"复审 {attempt.case.number}", on=attempt.on, by=attempt.by)
    require_granted(*qualify(household, attempt.data, on=attempt.on, by=attempt.by, case_id=attempt.case.pk))


def may_not_wait(attempt: Attempt) -> None:
    """公租房复审不同意: what the rule says is kept beside the refusal."""
    qualify(application_of(attempt.case.pk).household, attempt.data, on=attempt.on, by=attempt.by, case_id=attempt.case.pk)


def wait(happening: Happening) -> None:
    """审定: the household waits from today on, in the order of acceptance (HS-07)."""
    published = Publicity.objects.filter(case=happening.case, stopped_on=None).order_by("-pk").first()
    if published is None:
        raise told("waits_after_publicity")
    application = application_of(happening.case.pk)
    waiting.register(application, published_until=published.ends_on, on=happening.on, by=happening.by)


def take_up_again(happening: Happening) -> None:
    """A refused application is alive again when its case is. One that was approved is not: the household waits or rents by it."""
    application = application_of(happening.case.pk)
    if application.state != Application.State.REFUSED:
        raise AnjuError.of(
            "housing.not_refused",
            "只有不予通过的申请可以重新审核。",
            where=application.application_no,
            advice="已通过的请办理在租复审或取消轮候。",
        )
    _change(application, {"state": Application.State.ACCEPTED, "reviewed_on": None, "reason_code": "", "reason": ""})


def appeal_stands(attempt: Attempt) -> None:
    """复核 is about an application that was refused."""
    appealed(attempt.case)


def lift_refusal(happening: Happening) -> None:
    """撤销原结论: the case of the application is taken up again at its second review, by somebody who has not decided it before."""
    application = appealed(happening.case)
    reopen(application.case_id or 0, "second_review", "review", text=f"复核决定 {happening.case.number}", by=happening.by)


def appealed(case: Case) -> Application:
    """The refused application an appeal is about. Raises AnjuError `housing.no_appealed_application`."""
    table, _, number = case.subject.partition(":")
    found = Application.objects.filter(pk=int(number)).first() if table == Application._meta.db_table else None
    if found is None or found.state != Application.State.REFUSED or found.case_id is None:
        raise AnjuError.of(
            "housing.no_appealed_application", "没有可以复核的不予通过的申请。", where=case.number, advice="请从原申请的办件页面提出复核。"
        )
    return found


def new_worker_entitled(attempt: Attempt) -> None:
    """复审同意 of a new worker: what was checked is written in the fields of the step, the rest is on record."""
    application = application_of(attempt.case.pk)
    household, basis = application.household, Basis.on(attempt.on, attempt.by.region_code)
    area = inputs_on(household, attempt.on, lookback_years=basis.integer("housing.means.transfer_lookback"))["own_area"]
    inputs = {
        "degree": DEGREE_CODES.get(application.degree),
        "graduated_on": application.graduated_on,
        "applied_on": application.applied_on,
        "insured": attempt.data.get("insured"),
        "no_home": None if area is None else area == 0,
        "other_support": bool(attempt.data.get("other_support")),
        "months_used": BenefitMonth.objects.filter(person=application.applicant.resident_id_index, form="new_worker").count(),
        "month_rent": application.month_rent,
    }
    about = About("new_worker", household.household_no, application.applicant.name, household, attempt.case.pk)
    require_granted(*keep_decision(new_worker(new_worker_terms(basis)), inputs, basis, about, on=attempt.on, by=attempt.by))


def move(happening: Happening) -> None:
    """The application follows its case."""
    outcomes: dict[str, dict[str, Any]] = {
        "accepted": {"state": Application.State.ACCEPTED, "accepted_on": happening.on},
        "completed": {"state": Application.State.APPROVED, "reviewed_on": happening.on},
        "refused": {"state": Application.State.REFUSED, "reviewed_on": happening.on},
        "not_accepted": {"state": Application.State.REFUSED, "reviewed_on": happening.on},
        "withdrawn": {"state": Application.State.WITHDRAWN},
        "terminated": {"state": Application.State.WITHDRAWN},
    }
    changes = outcomes[happening.event]
    application = application_of(happening.case.pk)
    if changes["state"] == Application.State.REFUSED:
        changes |= {"reason_code": (happening.reason or "refused")[:30], "reason": (happening.text or happening.reason or "不予通过")[:500]}
    _change(application, changes)


def _change(application: Application, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(application, name, value)
    application.version += 1
    with told_clearly():
        application.save(update_fields=[*changes, "version"])


def register() -> None:
    """Hang the above on the matters."""
    for matter in APPLIED:
        guard(matter, step="accept")(everybody_authorised)
        on(matter, "accepted", "completed", "refused", "not_accepted", "withdrawn", "terminated")(move)
    guard("public_rental", step="second_review")(may_wait)
    guard("public_rental", step="second_review", choice="refuse")(may_not_wait)
    on("public_rental", "completed")(wait)
    on("public_rental", "reopened")(take_up_again)
    guard(APPEAL, step="accept")(appeal_stands)
    on(APPEAL, "completed")(lift_refusal)
    guard("rent_subsidy", step="second_review")(entitled)
    guard("new_worker_subsidy", step="second_review")(new_worker_entitled)


def _eighteen_before(day: date) -> date:
    return date(day.year - 18, day.month, min(day.day, 28) if (day.month, day.day) == (2, 29) else day.day)
