"""MK-08, MK-12: a seizure stops every trade, and the next in the queue follows at once when it is lifted."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from anju.domains.property import actions
from anju.domains.property.models import Restriction, Unit
from anju.domains.property.stages import BLOCKING, Event, Limit, Stage
from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.errors import AnjuError
from anju.testing.estates import move, put_on_sale

DAY = date(2023, 4, 3)


def seize(unit: Unit, document: str, by: Actor, *, kind: Limit = Limit.SEIZED, on: date = DAY) -> Restriction:
    return actions.restrict_units([unit.pk], kind=kind, authority="东原县人民法院", document=document, on=on, by=by)[0]


def limits_of(unit: Unit, by: Actor) -> list[str]:
    with using_scope(by.scope):
        return Unit.objects.get(pk=unit.pk).limits


@pytest.mark.parametrize("kind", sorted(BLOCKING))
def test_a_blocking_restriction_stops_signing(kind: str, units: list[Unit], county_clerk: Actor) -> None:
    put_on_sale(units, county_clerk)
    seize(units[0], "（2023）例0121执保7号", county_clerk, kind=Limit(kind))
    with pytest.raises(AnjuError) as refused:
        move(units[:1], Event.SIGN, Stage.SIGNED, county_clerk)
    assert refused.value.problems[0].code == "property.unit_blocked"
    assert units[0].unit_no in refused.value.problems[0].where
    move(units[1:2], Event.SIGN, Stage.SIGNED, county_clerk)


def test_seizure_after_signing_keeps_the_stage_and_stops_filing_and_cancelling(units: list[Unit], county_clerk: Actor) -> None:
    put_on_sale(units, county_clerk)
    move(units[:1], Event.SIGN, Stage.SIGNED, county_clerk)
    seize(units[0], "（2023）例0121执保8号", county_clerk)
    with using_scope(county_clerk.scope):
        assert Unit.objects.get(pk=units[0].pk).stage == Stage.SIGNED
    for event, after in ((Event.FILE, Stage.FILED), (Event.CANCEL, Stage.SALEABLE)):
        with pytest.raises(AnjuError, match="unit_blocked"):
            move(units[:1], event, after, county_clerk)


def test_a_waiting_seizure_takes_effect_when_the_first_is_lifted(units: list[Unit], county_clerk: Actor) -> None:
    first = seize(units[0], "一号", county_clerk)
    second = seize(units[0], "二号", county_clerk, on=date(2023, 4, 5))
    third = seize(units[0], "三号", county_clerk, kind=Limit.PRE_SEIZED, on=date(2023, 4, 6))
    assert (first.effective_on, second.effective_on, third.effective_on) == (DAY, None, None)
    actions.lift_restriction(first.pk, document="解除一号", on=date(2023, 5, 8), by=county_clerk)
    with using_scope(county_clerk.scope):
        second.refresh_from_db()
        third.refresh_from_db()
    assert (second.effective_on, third.effective_on) == (date(2023, 5, 8), None)
    assert limits_of(units[0], county_clerk) == ["seized"]
    actions.lift_restriction(third.pk, document="解除三号", on=date(2023, 5, 9), by=county_clerk)  # one that only waited
    assert limits_of(units[0], county_clerk) == ["seized"]
    actions.lift_restriction(second.pk, document="解除二号", on=date(2023, 5, 10), by=county_clerk)
    assert limits_of(units[0], county_clerk) == []


def test_a_document_begins_and_a_document_ends_it(units: list[Unit], county_clerk: Actor) -> None:
    with pytest.raises(AnjuError, match="restriction_has_document"):
        seize(units[0], " ", county_clerk)
    placed = seize(units[0], "一号", county_clerk)
    with pytest.raises(AnjuError, match="lifting_has_document"):
        actions.lift_restriction(placed.pk, document="", on=DAY, by=county_clerk)
    with pytest.raises(AnjuError, match="restriction_once"):
        seize(units[0], "一号", county_clerk)
    actions.lift_restriction(placed.pk, document="解除", on=DAY, by=county_clerk)
    with pytest.raises(AnjuError, match="restriction_is_only_lifted"):
        actions.lift_restriction(placed.pk, document="再解除", on=DAY, by=county_clerk)


def test_the_set_on_the_unit_follows_the_documents_and_nothing_else(units: list[Unit], county_clerk: Actor) -> None:
    with using_scope(county_clerk.scope), pytest.raises(DatabaseError, match="limits_follow_restrictions"), transaction.atomic():
        Unit.objects.filter(pk=units[0].pk).update(limits=["seized"])
    placed = seize(units[0], "一号", county_clerk)
    with using_scope(county_clerk.scope), pytest.raises(DatabaseError, match="restriction_is_only_lifted"), transaction.atomic():
        Restriction.objects.filter(pk=placed.pk).update(kind="mortgaged")


def test_a_repeated_request_restricts_once(units: list[Unit], county_clerk: Actor) -> None:
    asked = {"kind": Limit.SEIZED, "authority": "法院", "document": "一号", "on": DAY, "by": county_clerk, "key": "k1"}
    first = actions.restrict_units([units[0].pk], **asked)  # type: ignore[arg-type]
    again = actions.restrict_units([units[0].pk], **asked)  # type: ignore[arg-type]
    assert [one.pk for one in first] == [one.pk for one in again]
