"""Reads of the dated region table: which divisions there were on a day, what lies below, beside and after them."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from anju.kernel.errors import AnjuError
from anju.kernel.orgs.divisions import EDITION
from anju.kernel.orgs.models import Region

_LISTED = 12
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


def find_region(text: str) -> Region:
    """The province, city or county that a person means: by code (`990121`, `340500` for a city) or by name, with its parents when needed.

    Raises AnjuError `orgs.unknown_region`, or `orgs.ambiguous_region` listing the divisions of this name.
    """
    text = text.strip()
    if text.isdigit():
        # GB/T 2260 pads provinces and cities with zeros to six digits; the statistical codes kept here do not.
        short = text.removesuffix("00").removesuffix("00") if len(text) == 6 else text
        return region(text if Region.objects.filter(code=text).exists() else short)
    rows = in_force(timezone.localdate(), Region.objects.filter(level__lte=Region.Level.COUNTY)).order_by("code")
    found = list(rows.filter(name=text)) or [
        one for one in rows if text.endswith(one.name) and text and "".join(path_names(one.code)).endswith(text)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        similar = "、".join(f"{one.code} {''.join(path_names(one.code))}" for one in rows.filter(name__startswith=text[:2])[:_LISTED])
        advice = f"相近的有：{similar}。" if similar and text else "请写区划代码（省2位、市4位、县6位）或全名。"
        raise AnjuError.of("orgs.unknown_region", f"没有名为“{text}”的省、市、县。", where="地区", advice=advice)
    choices = "、".join(f"{one.code} {''.join(path_names(one.code))}" for one in found[:_LISTED])
    raise AnjuError.of(
        "orgs.ambiguous_region", f"名为“{text}”的地区有{len(found)}个。", where="地区", advice=f"请写代码或全名：{choices}。"
    )


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
