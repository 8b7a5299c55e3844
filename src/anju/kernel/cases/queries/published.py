"""Publicity lists everybody may read (公示): masked, while they run."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.cases.matters.published import matter_of
from anju.kernel.cases.models import Publicity
from anju.kernel.crypto.kinds import mask
from anju.kernel.errors import AnjuError
from anju.kernel.orgs.models import Bureau

MOST = 500
WEBSITE = "website"


@dataclass(frozen=True, slots=True)
class Published:
    """One line of a list: no identifier, no address, of a person's name the family name only (GN-08)."""

    number: int
    case_number: str
    title: str
    bureau: str
    applicant: str
    batch: str
    starts_on: datetime.date
    ends_on: datetime.date


def published(on: datetime.date | None = None) -> list[Published]:
    """What is published on the website today, by bureau and matter, what ends soonest first."""
    today = on or timezone.localdate()
    with using_scope(Scope.system()):
        rows = Publicity.objects.filter(starts_on__lte=today, ends_on__gte=today, stopped_on=None, channels__contains=WEBSITE)
        found = list(rows.select_related("case__matter_version").order_by("ends_on", "pk")[:MOST])
        bureaus = dict(Bureau.objects.filter(pk__in={row.bureau_id for row in found}).values_list("pk", "name"))
        lines = [
            Published(
                row.pk,
                row.case.number,
                matter_of(row.case.matter_version.digest).title,
                bureaus.get(row.bureau_id, ""),
                mask("name", row.case.applicant) if row.case.applicant_kind in ("person", "household") else row.case.applicant,
                row.batch,
                row.starts_on,
                row.ends_on,
            )
            for row in found
            if not row.case.final
        ]
    return sorted(lines, key=lambda line: (line.bureau, line.title, line.ends_on, line.number))


def published_one(number: int) -> Published:
    """A line by its number. Raises AnjuError `cases.not_published`."""
    found = next((line for line in published() if line.number == number), None)
    if found is None:
        raise AnjuError.of("cases.not_published", "没有这件公示，或公示期已满。", advice="期满后的反映请按信访或举报处理。")
    return found
