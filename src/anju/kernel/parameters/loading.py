"""Bring the values that slices declare into the table, as versions: what a later release declares supersedes, nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from anju.kernel.access.actor import Actor
from anju.kernel.journal.actions import action
from anju.kernel.parameters.catalogue import all_parameters
from anju.kernel.parameters.declaration import Day, DeclaredValue, Parameter
from anju.kernel.parameters.models import ParameterValue
from anju.kernel.parameters.queries import live

_PRODUCT = ParameterValue.Origin.PRODUCT
_REASON = "随产品载入"

Key = tuple[str, str, Day]


def load_declared(by: Actor, parameters: Mapping[str, Parameter] | None = None) -> int:
    """Add declared values that are new, supersede those that changed, withdraw those no longer declared; returns how many versions.

    Values of parameters that are not declared any more are left alone: decisions stand on them. Twice is once.
    """
    declared = all_parameters() if parameters is None else parameters
    wanted = {(one.name, value.region, value.start): (one, value) for one in declared.values() for value in one.values}
    held: dict[Key, ParameterValue] = {
        (row.name, row.region_code, row.effective_from): row for row in live().filter(origin=_PRODUCT, name__in=list(declared))
    }
    gone = [row for key, row in held.items() if key not in wanted]
    changed = [(one, value, held.get(key)) for key, (one, value) in wanted.items() if not _same(held.get(key), one, value)]
    if not gone and not changed:
        return 0
    with action("parameters.load_declared", by=by, subject="parameters:declared", data={"withdrawn": len(gone), "entered": len(changed)}):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS parameters_no_overlap DEFERRED")
        for row in gone:
            _write(by, supersedes=row, voided=True, document=row.document, **_image(row))
        for one, value, earlier in sorted(changed, key=lambda each: (each[0].name, each[1].region, each[1].start)):
            _write(
                by,
                supersedes=earlier,
                document=value.document,
                reason=value.note or _REASON,
                name=one.name,
                region_code=value.region,
                kind=one.kind,
                value=value.stored,
                effective_from=value.start,
                effective_to=value.end,
            )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS parameters_no_overlap IMMEDIATE")
    return len(gone) + len(changed)


def _same(row: ParameterValue | None, one: Parameter, value: DeclaredValue) -> bool:
    return row is not None and (row.kind, row.value, row.effective_to, row.document) == (one.kind, value.stored, value.end, value.document)


def _image(row: ParameterValue) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("name", "region_code", "kind", "value", "effective_from", "effective_to")}


def _write(by: Actor, *, reason: str = _REASON, **columns: Any) -> None:
    ParameterValue(origin=_PRODUCT, reason=reason, recorded_by=by.name, **columns).save(force_insert=True)
