"""保租房项目认定: the letter stands on the rule, and each home in one letter (RB-15)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from anju.domains.housing.acting import doing, held, home_of, subject_of
from anju.domains.housing.models import RecognisedUnit, RecognitionLetter
from anju.domains.housing.refusals import told_clearly
from anju.domains.housing.rules.from_basis import recognition_terms
from anju.domains.housing.rules.recognition import recognition
from anju.domains.housing.subsidies.deciding import About, keep_decision, require_granted
from anju.kernel.access.actor import Actor
from anju.kernel.cases.hooks import Attempt, guard
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.basis import Basis

MATTER = "rental_recognition"
MOST_HOMES = 20_000


def issue(attempt: Attempt) -> None:
    """出具认定书 only what the rule allows; the letter is kept with the decision's number of homes."""
    data = attempt.data
    area = Decimal(str(data["area"]))
    basis = Basis.on(attempt.on, attempt.by.region_code)
    inputs: dict[str, Any] = {
        "units": data["units"], "small_units": data["small_units"], "area": int(area * 100), "exempt": bool(data.get("exempt")),
        "units_elsewhere": 0, "eligible_land": bool(data.get("eligible_land")),
    }  # fmt: skip
    about = About("recognition", attempt.case.number, attempt.case.applicant, case_id=attempt.case.pk)
    require_granted(*keep_decision(recognition(recognition_terms(basis)), inputs, basis, about, on=attempt.on, by=attempt.by))
    with told_clearly():
        RecognitionLetter.objects.create(
            letter_no=data["letter_no"], project=data["project"], owner=attempt.case.applicant, way=data["way"], issued_on=attempt.on,
            units=data["units"], area=area, case_id=attempt.case.pk, **home_of(attempt.by),
        )  # fmt: skip


def list_homes(letter: RecognitionLetter, homes: list[tuple[str, Decimal]], *, by: Actor) -> int:
    """Enter the homes of a letter by unit code or local key, with their areas; as many as the letter says, none of them in another."""
    with doing("list_recognised_homes", by=by, needs="housing.edit", subject=subject_of(letter)) as entry:
        row = held(RecognitionLetter, letter.pk, by)
        there = row.homes.filter(revoked=False).count()
        if len(homes) > MOST_HOMES or there + len(homes) > row.units:
            raise AnjuError.of("housing.more_homes_than_recognised", f"认定书为{row.units}套，已列{there}套。", where="房源清单")
        RecognisedUnit.objects.bulk_create(
            RecognisedUnit(letter=row, unit="".join(unit.split()).upper(), area=area, **home_of(by)) for unit, area in homes
        )
        entry.data = {"rows": len(homes)}
    return len(homes)


def register() -> None:
    """Hang the above on the matter."""
    guard(MATTER, step="letter")(issue)
