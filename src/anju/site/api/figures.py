"""Figures and their evidence over JSON."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.figures import evidence as evidence_room
from anju.kernel.figures import snapshots
from anju.kernel.orgs.models import Bureau
from anju.site import figure_rows
from anju.site.api.access import actor_of_request

router = Router()
Period = Annotated[str, Query(max_length=30)]
BureauCode = Annotated[str | None, Query(max_length=40)]


class FigureOut(Schema):
    """`value`: exact, in `unit`, as a string (`n/d` when it does not end). `rows`, `digest`: of its evidence."""

    key: str
    name: str
    value: str | None
    unit: str
    shown: str | None
    show_unit: str
    text: str
    missing: str | None
    period: str
    region: str
    as_of: str
    rows: int
    digest: str
    version: int
    snapshot: int | None
    formula: str
    notes: list[str]


@router.get("/figures", response=list[FigureOut])
def figures(
    request: HttpRequest,
    period: Period,
    indicator: Annotated[list[str], Query(min_length=1, max_length=200)],
    bureau: BureauCode = None,
) -> list[dict[str, Any]]:
    """Figures by reference (`market.new_homes.amount#yoy`) for a period, of the caller's bureau unless another is named."""
    by = _reader(request)
    computed, snapshot = figure_rows.compute(references=indicator, period=period, bureau=_bureau(bureau, by), by=by)
    return figure_rows.as_json(computed, by=by, snapshot=snapshot)


@router.get("/evidence", response=dict[str, Any])
def evidence(
    request: HttpRequest,
    key: Annotated[str, Query(max_length=400)],
    period: Period,
    bureau: BureauCode = None,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=0, le=1000)] = 200,
) -> dict[str, Any]:
    """The records behind one figure, with their count and digest."""
    by = _reader(request)
    asked = figure_rows.request_of(key, period=period, bureau=_bureau(bureau, by))
    return figure_rows.evidence_json(evidence_room.evidence(asked, by=by, snapshot=snapshots.refresh(), offset=offset, limit=limit))


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of_request(request)
    actor.require("figures.view")
    return actor


def _bureau(code: str | None, by: Actor) -> Bureau:
    found = Bureau.objects.filter(**({"pk": by.bureau_id} if code is None else {"code": code})).first()
    if found is None:
        raise AnjuError.of("orgs.unknown_bureau", f"没有代码为“{code}”的单位，或不在您的数据范围内。", where="bureau")
    return found
