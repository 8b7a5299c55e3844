"""Apply for a subsidy at the counter: the case is opened and the application stands on the household it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import Application, Household, Member
from anju.kernel.access.actor import Actor
from anju.kernel.cases.actions.opening import Applicant, open_case
from anju.kernel.errors import AnjuError

EDIT = "housing.edit"
MATTERS = {Application.Product.RENT_SUBSIDY: "rent_subsidy", Application.Product.NEW_WORKER: "new_worker_subsidy"}


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
    key: str | None = None,
    at: datetime | None = None,
) -> Application:
    """Receive an application of a household. At most one is live (HS-02). Raises AnjuError `housing.one_live_application`, `cases.*`."""
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
                person.name, "household" if product == Application.Product.RENT_SUBSIDY else "person", person.resident_id.in_full
            ),
            subject=subject_of(row),
            materials=materials,
            by=by,
            at=at,
        )
        application = Application.objects.create(
            application_no=case.number, product=product, household=row, applicant=person, employer=written.employer, degree=written.degree,
            graduated_on=written.graduated_on, month_rent=written.month_rent, applied_on=on, state=Application.State.SUBMITTED,
            case_id=case.pk, **home_of(by),
        )  # fmt: skip
        entry.subject, entry.data = subject_of(application), {"application": application.pk, "case": case.pk}
    return application
