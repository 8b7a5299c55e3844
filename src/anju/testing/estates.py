"""A made-up estate with a building of units, as tests of the register and of what stands on it need it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from anju.domains.property import actions
from anju.domains.property.models import Building, Survey, Unit
from anju.domains.property.stages import Event, Stage
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.journal.actions import action

PARCEL = "990121001002GB00003"


def survey_lines(*, floors: int = 3, rooms: int = 2, entrance: str = "1单元", area: str = "100.00") -> list[actions.SurveyLine]:
    """`floors` x `rooms` homes; the inner area is four fifths of the whole."""
    whole = Decimal(area)
    inner = (whole * 4 / 5).quantize(Decimal("0.01"))
    return [
        actions.SurveyLine(entrance, floor, f"{floor}{room:02d}", "residential", whole, inner, whole - inner)
        for floor in range(1, floors + 1)
        for room in range(1, rooms + 1)
    ]


def make_building(
    by: Actor, *, project: str = "示例苑", number: str = "1栋", lines: Sequence[actions.SurveyLine] | None = None
) -> Building:
    """A building whose predicted survey has been taken in."""
    with using_scope(by.scope):
        estate = actions.register_project(
            name=project,
            entered_on=date(2023, 1, 5),
            developer="示例置业有限公司",
            developer_code="91990121MA0SAMPLE1",
            parcel=PARCEL,
            by=by,
        )
        building = actions.add_building(estate, number=number, by=by)
        actions.take_survey(
            building, lines or survey_lines(), kind=Survey.Kind.PREDICTED, document="预测〔2023〕1号", surveyed_on=date(2023, 1, 10), by=by
        )
    return building


def units_of(building: Building, by: Actor) -> list[Unit]:
    """The building's units in order of floor and room."""
    with using_scope(by.scope):
        return list(Unit.objects.filter(building=building, removed_on=None).order_by("entrance", "floor", "room"))


def put_on_sale(units: Sequence[Unit], by: Actor, *, on: date = date(2023, 2, 1)) -> None:
    """As a permit does."""
    move(units, Event.OPEN, Stage.SALEABLE, by, on=on)


def move(units: Sequence[Unit], event: Event, after: Stage, by: Actor, *, on: date = date(2023, 3, 1)) -> None:
    """One line of the transition table, inside an action of its own."""
    with action("testing.move_units", by=by):
        actions.move_units(actions.lock_units(unit.pk for unit in units), event, after, on=on)
