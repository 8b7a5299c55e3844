"""Apply for a subsidy at the counter: the case is opened and the application stands on the household it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import Application, Household, Member
from anju.kernel.access.actor import Actor
from anju.kernel.cases.actions.opening import Applicant, open_case
from anju.kernel.cases.models import Case
from anju.kernel.errors import AnjuError

EDIT = "housing.edit"
APPEAL = "public_rental_appeal"
MATTERS = {
    Application.Product.PUBLIC_RENTAL: "public_rental",
    Application.Product.RENT_SUBSIDY: "rent_subsidy",
    Application.Product.NEW_WORKER: "new_worker_subsidy",
}
PERSONAL = (Application.Product.NEW_WORKER,)
"""Products a person applies for; the others a household."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the form says besides the household. `month_rent` in fen."""

    month_rent: int | None = None
    employer: str = ""
    degree: str = ""
    graduated_on: date | None = None


def apply_for(
    product: str,
    household: Household,
    written: Written,
    *,
    on: date,
    by: Actor,
    materials: tuple[str, ...] = (),
    online: bool = False,
    code: str = "",
    key: str | None = None,
    at: datetime | None = None,
) -> Application:
    """Receive an application of a household. At most one is live (HS-02). The code to follow it with is `follow_code`, shown once.

    `code`: one the applicant has already.

    Raises AnjuError `housing.one_live_application`, `cases.*`."""
    if product not in MATTERS:
        raise AnjuError.of("housing.no_such_matter", "没有这个申请事项。", where="申请事项")
    with doing("apply", by=by, needs=EDIT, key=key) as entry:
        if entry.repeated:
            return Application.objects.get(pk=entry.data["application"])
        row = held(Household, household.pk, by)
        person = Member.objects.get(household=row, relation=Member.Relation.APPLICANT, left_on=None)
        case = open_case(
            MATTERS[Application.Product(product)],
            applicant=Applicant(
                person.name,
                "person" if product in PERSONAL else "household",
                person.resident_id.in_full,
                person.phone.in_full if person.phone else "",
            ),
            subject=subject_of(row),
            materials=materials,
            online=online,
            code=code,
            by=by,
            at=at,
        )
        application = Application.objects.create(
            application_no=case.number, product=product, household=row, applicant=person, employer=written.employer, degree=written.degree,
            graduated_on=written.graduated_on, month_rent=written.month_rent, persons=row.members.filter(left_on=None).count(),
            applied_on=on, state=Application.State.SUBMITTED,
            case_id=case.pk, **home_of(by),
        )  # fmt: skip
        entry.subject, entry.data = subject_of(application), {"application": application.pk, "case": case.pk}
    application.follow_code = case.follow_code
    return application


def appeal(application: Application, *, by: Actor, materials: tuple[str, ...] = (), key: str | None = None) -> Case:
    """申请人复核 of a refused application (令11号第九条). Raises AnjuError `housing.no_appealed_application`, `housing.one_open_appeal`."""
    with doing("appeal", by=by, needs=EDIT, subject=subject_of(application), key=key) as entry:
        if entry.repeated:
            return Case.objects.get(pk=entry.data["case"])
        row = held(Application, application.pk, by)
        if row.state != Application.State.REFUSED or row.product != Application.Product.PUBLIC_RENTAL or row.case_id is None:
            raise AnjuError.of("housing.no_appealed_application", "只有不予通过的公租房申请可以复核。", where=row.application_no)
        if Case.objects.filter(matter=APPEAL, subject=subject_of(row), completed_at=None).exists():
            raise AnjuError.of("housing.one_open_appeal", "这件申请已有在办的复核。", where=row.application_no, advice="请在原办件中办理。")
        person = row.applicant
        case = open_case(
            APPEAL,
            applicant=Applicant(person.name, "household", person.resident_id.in_full),
            subject=subject_of(row),
            materials=materials,
            by=by,
        )
        entry.data = {"case": case.pk}
    return case
