"""Reads of the dated region table: which divisions there were on a day, what lies below, beside and after them."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from anju.kernel.errors import AnjuError
from anju.kernel.orgs.divisions import EDITION
from anju.kernel.orgs.models import Region

_PREFIXES = (2, 4, 6, 9, 12)
_PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


def region(code: str) -> Region:
    """The division with this code, in force or not. Raises AnjuError `orgs.unknown_region`."""
    found = Region.objects.filter(code=code).first()
    if found is None:
        raise AnjuError.of(
            "orgs.unknown_region", f"没有区划代码“{code}”。", advice="请核对统计用区划代码（省2位、市4位、县6位、乡镇9位）。"
        )
    return found


def in_force(day: datetime.date, rows: QuerySet[Region] | None = None) -> QuerySet[Region]:
    """The divisions in force on this day.

    A row that begins with the edition's day began on an unknown earlier day: it counts as in force before, until somebody dates it.
    """
    rows = Region.objects.all() if rows is None else rows
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=day), Q(valid_from__lte=day) | Q(valid_from=EDITION))


def region_at(code: str, day: datetime.date) -> Region:
    """The division that this code means on this day: itself, or what it became (`successor`) when it had ended by then."""
    found = region(code)
    seen = {found.code}
    while found.valid_to is not None and found.valid_to <= day and found.successor_id is not None and found.successor_id not in seen:
        found = region(found.successor_id)
        seen.add(found.code)
    return found


def children(code: str, day: datetime.date | None = None) -> QuerySet[Region]:
    """The divisions directly below, by code; on a day, only those in force."""
    rows = Region.objects.filter(parent_id=code).order_by("code")
    return rows if day is None else in_force(day, rows)


def siblings(code: str, day: datetime.date | None = None) -> QuerySet[Region]:
    """The divisions with the same parent, this one included, by code: what a rank is taken among."""
    rows = Region.objects.filter(parent_id=region(code).parent_id).order_by("code")
    return rows if day is None else in_force(day, rows)


def path_names(code: str) -> list[str]:
    """Names from the province down to this division, placeholders such as 市辖区 left out."""
    codes = [code[:length] for length in _PREFIXES if length <= len(code)]
    names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
    return [names[each] for each in codes if each in names and (each == code or names[each] not in _PLACEHOLDERS)]
