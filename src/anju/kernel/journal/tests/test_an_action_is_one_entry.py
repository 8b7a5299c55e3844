"""One verb, one transaction, one entry; the rows it changed are tied to it."""

from __future__ import annotations

import datetime

import pytest
from django.db import DatabaseError, transaction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.journal.models import Change, Entry
from anju.kernel.orgs.models import Region

pytestmark = pytest.mark.django_db


def add_region(by: Actor, code: str = "98", key: str | None = None) -> int:
    with action("orgs.add_region", by=by, subject=f"orgs_region:{code}", key=key) as entry:
        if not entry.repeated:
            Region.objects.create(code=code, name="示例", level=1, valid_from=datetime.date(2020, 1, 1), is_sample=True)
    return entry.number


def test_the_change_carries_the_entry(system: Actor) -> None:
    number = add_region(system)
    with using_scope(Scope.system()):
        change = Change.objects.get(table="orgs_region", row="98")
        entry = Entry.objects.get(pk=number)
    assert (change.entry_id, change.operation, change.after["name"]) == (number, "I", "示例")
    assert entry.transaction == change.transaction


def test_a_used_key_does_it_once(system: Actor) -> None:
    assert add_region(system, key="k1") == add_region(system, key="k1")
    with using_scope(Scope.system()):
        assert Change.objects.filter(table="orgs_region", row="98").count() == 1


def test_a_key_of_another_verb_is_refused(system: Actor) -> None:
    add_region(system, key="k1")
    with pytest.raises(AnjuError, match="journal.key_reused"), action("orgs.other", by=system, key="k1"):
        pass


def test_a_refused_action_leaves_no_entry(system: Actor) -> None:
    with using_scope(Scope.system()):
        before = Entry.objects.count()
        with pytest.raises(DatabaseError):
            add_region(system, code="not a code")
        assert Entry.objects.count() == before


def test_a_change_outside_an_action_has_no_entry() -> None:
    with using_scope(Scope.system()):
        Region.objects.create(code="97", name="示例", level=1, valid_from=datetime.date(2020, 1, 1))
        assert Change.objects.get(table="orgs_region", row="97").entry_id is None


@pytest.mark.parametrize("statement", [lambda: Entry.objects.all().delete(), lambda: Change.objects.update(after=None)])
def test_the_application_cannot_rewrite_history(system: Actor, statement) -> None:  # type: ignore[no-untyped-def]
    add_region(system)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        statement()


def test_a_step_is_an_entry_of_its_own_within_the_action(system: Actor) -> None:
    with action("orgs.outer", by=system) as outer:
        inner = add_region(system, code="96")
        Region.objects.filter(code="96").update(name="之后")
    with using_scope(Scope.system()):
        Region.objects.filter(code="96").update(name="动作之外")
        step = Entry.objects.get(pk=inner)
        changes = Change.objects.filter(table="orgs_region", row="96").order_by("id")
        assert (step.parent_id, step.transaction) == (outer.number, Entry.objects.get(pk=outer.number).transaction)
        assert [change.entry_id for change in changes] == [inner, outer.number, None]


def test_a_step_that_fails_leaves_the_action_its_own_entry(system: Actor) -> None:
    with action("orgs.outer", by=system) as outer:
        with pytest.raises(DatabaseError):
            add_region(system, code="not a code")
        Region.objects.create(code="95", name="示例", level=1, valid_from=datetime.date(2020, 1, 1))
    with using_scope(Scope.system()):
        assert Change.objects.get(table="orgs_region", row="95").entry_id == outer.number
