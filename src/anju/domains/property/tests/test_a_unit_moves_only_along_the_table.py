"""MK-07: exactly one stage, and no move that the transition table does not have."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from anju.domains.property import actions
from anju.domains.property.models import Unit, UnitEvent
from anju.domains.property.stages import RULES, Event, Stage, legal
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.testing.estates import move, put_on_sale

DAY = date(2023, 3, 1)


def test_the_table_in_sql_is_the_table_in_python(db: None) -> None:
    every = list(product(Stage.values, Event.values, Stage.values))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b, e, a FROM unnest(%s::text[], %s::text[], %s::text[]) t (b, e, a) WHERE property_legal(b, e, a)",
            [[one[index] for one in every] for index in range(3)],
        )
        held = set(cursor.fetchall())
    assert held == {(rule.before.value, rule.event.value, rule.after.value) for rule in RULES}
    assert held == {one for one in every if legal(*one)}


def _bring_to(unit: Unit, stage: Stage, by: Actor) -> None:
    path: dict[Stage, list[tuple[Event, Stage]]] = {
        Stage.INITIAL: [],
        Stage.NOT_FOR_SALE: [(Event.WITHHOLD, Stage.NOT_FOR_SALE)],
        Stage.SALEABLE: [(Event.OPEN, Stage.SALEABLE)],
    }
    path[Stage.RESERVED] = [*path[Stage.SALEABLE], (Event.RESERVE, Stage.RESERVED)]
    path[Stage.SIGNED] = [*path[Stage.SALEABLE], (Event.SIGN, Stage.SIGNED)]
    path[Stage.FILED] = [*path[Stage.SIGNED], (Event.FILE, Stage.FILED)]
    path[Stage.REGISTERED] = [*path[Stage.FILED], (Event.REGISTER, Stage.REGISTERED)]
    for event, after in path[stage]:
        _move(unit, event, after, by)


def _move(unit: Unit, event: Event, after: Stage, by: Actor) -> None:
    held = {"reserved_for": "holder", "reserved_until": datetime(2030, 1, 1, tzinfo=UTC)} if after == Stage.RESERVED else {}
    with actions.staging.action("testing.move", by=by):
        actions.move_units(actions.lock_units([unit.pk]), event, after, on=DAY, **held)  # type: ignore[arg-type]


@pytest.mark.parametrize("before", list(Stage))
def test_every_move_is_either_in_the_table_or_refused(before: Stage, units: list[Unit], county_clerk: Actor) -> None:
    unit = units[0]
    _bring_to(unit, before, county_clerk)
    for event, after in product(Event, Stage):
        if after == before:
            continue
        with using_scope(county_clerk.scope), transaction.atomic():
            if legal(before, event, after):
                _move(unit, event, after, county_clerk)
            else:
                with pytest.raises(AnjuError) as refused:
                    _move(unit, event, after, county_clerk)
                assert refused.value.problems[0].code == "property.illegal_transition"
            transaction.set_rollback(True)


def test_every_move_leaves_its_line_with_the_entry_it_belongs_to(units: list[Unit], county_clerk: Actor) -> None:
    put_on_sale(units, county_clerk)
    move(units[:1], Event.SIGN, Stage.SIGNED, county_clerk)
    with using_scope(county_clerk.scope):
        lines = list(UnitEvent.objects.filter(unit=units[0]).order_by("pk"))
        assert [(one.before, one.event, one.after) for one in lines] == [("initial", "open", "saleable"), ("saleable", "sign", "signed")]
        assert all(one.entry_id for one in lines)
        assert UnitEvent.objects.count() == len(units) + 1


def test_the_application_writes_no_line_of_that_story_itself(units: list[Unit], county_clerk: Actor) -> None:
    with using_scope(county_clerk.scope), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        UnitEvent.objects.create(unit=units[0], event="sign", before="saleable", after="signed", on=DAY, region_code="990121", bureau_id=1)


def test_a_unit_is_not_born_sold(units: list[Unit], county_clerk: Actor) -> None:
    with using_scope(county_clerk.scope), pytest.raises(DatabaseError, match="unit_begins_initial"), transaction.atomic():
        Unit.objects.create(
            building=units[0].building, unit_no="x", floor=9, room="901", use="residential", predicted_area="90", stage="filed",
            entered_on=DAY, region_code="", bureau_id=0,
        )  # fmt: skip


def test_nothing_is_deleted(units: list[Unit], county_clerk: Actor) -> None:
    with using_scope(county_clerk.scope), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Unit.objects.filter(pk=units[0].pk)._raw_delete("default")
