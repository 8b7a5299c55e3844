"""Reads of the values: the book in force, one version, the history of a parameter."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache

from django.db import connection
from django.db.models import QuerySet

from anju.kernel.database import prepared
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.book import Book, Value
from anju.kernel.parameters.declaration import Kind
from anju.kernel.parameters.models import ParameterValue
from anju.kernel.parameters.values import usable


def book(*, version: int | None = None) -> Book:
    """All values as they stand; with `version` as they stood when that was the newest. Kept in the process until something is entered."""
    return _book(str(connection.settings_dict["NAME"]), newest_version() if version is None else version)


def newest_version() -> int:
    """The number of the newest version; 0 when there is none."""
    ((newest,),) = prepared.ask("SELECT coalesce(max(id), 0) FROM parameters_parametervalue", []).fetchall()
    return int(newest)


def at(name: str, region: str, day: datetime.date) -> Value:
    """The value in force in a region on a day: `.value`, `.version`, `.document`. For many questions take `book()` once.

    Raises AnjuError `parameters.not_found`.
    """
    return book().at(name, region, day)


def versions(numbers: Iterable[int]) -> dict[int, Value]:
    """These versions by number, superseded ones too. Raises AnjuError `parameters.unknown_version`."""
    wanted = set(numbers)
    found = {row.pk: value_of(row) for row in ParameterValue.objects.filter(pk__in=wanted)}
    if missing := sorted(wanted - set(found)):
        raise AnjuError.of(
            "parameters.unknown_version", f"没有第{'、'.join(map(str, missing))}号参数版本。", advice="请核对决定中所存的版本。"
        )
    return found


def live(name: str | None = None) -> QuerySet[ParameterValue]:
    """Versions that hold: not superseded, not withdrawn."""
    rows = ParameterValue.objects.filter(superseded_by=None, voided=False)
    return rows if name is None else rows.filter(name=name)


def history(name: str) -> QuerySet[ParameterValue]:
    """Every version of a parameter, the newest first."""
    return ParameterValue.objects.filter(name=name).select_related("superseded_by").order_by("-pk")


def value_of(row: ParameterValue) -> Value:
    """A row as code uses it."""
    return Value(
        name=row.name,
        value=usable(Kind(row.kind), row.value),
        version=row.pk,
        document=row.document,
        region=row.region_code,
        start=row.effective_from,
        end=row.effective_to,
        own=row.origin == ParameterValue.Origin.INSTALLATION,
    )


@lru_cache(maxsize=8)
def _book(database: str, version: int) -> Book:
    rows = ParameterValue.objects.filter(pk__lte=version, voided=False).exclude(superseded_by__pk__lte=version)
    return Book((value_of(row) for row in rows.iterator(chunk_size=2000)), version)
