"""The figures of a text set beside the system's: what each mapped figure would be by the books, for the text's own period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.figures.compute import evaluate
from anju.kernel.figures.models import Snapshot
from anju.kernel.figures.planning import Request
from anju.kernel.figures.references import parse_name
from anju.kernel.reading.checking.comparing import SystemValue
from anju.kernel.reading.figure import Reading
from anju.kernel.reading.templating.choices import Choice


def system_values(reading: Reading, choices: Sequence[Choice], *, region: str, by: Actor, snapshot: Snapshot) -> Mapping[int, SystemValue]:
    """The system's value of every mapped figure, by index; empty when the text names no period.

    A figure that cannot be computed for the period (no version in force, a part outside it) is left out.
    """
    if reading.period is None:
        return {}
    asked: dict[int, Request] = {}
    for choice in choices:
        if choice.reference:
            try:
                name = parse_name(choice.reference)
                period = name.period_in(reading.period)
            except AnjuError:
                continue
            asked[choice.figure] = Request(name.key, period, region, by.scope.bureau_id, name.filters, name.measure)
    found = dict(zip(asked, _evaluated(list(asked.values()), by, snapshot), strict=True))
    return {index: value for index, value in found.items() if value is not None}


def _evaluated(requests: list[Request], by: Actor, snapshot: Snapshot) -> list[SystemValue | None]:
    try:
        figures = evaluate(requests, by=by, snapshot=snapshot)
    except AnjuError:
        # One that cannot be asked spoils the lot: then each by itself.
        return [_one(request, by, snapshot) for request in requests]
    return [SystemValue(each.name, each.value, each.unit, request.reference) for each, request in zip(figures, requests, strict=True)]


def _one(request: Request, by: Actor, snapshot: Snapshot) -> SystemValue | None:
    try:
        (figure,) = evaluate([request], by=by, snapshot=snapshot)
    except AnjuError:
        return None
    return SystemValue(figure.name, figure.value, figure.unit, request.reference)
