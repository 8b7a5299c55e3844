"""Revealing: permission, scope, a reason, an entry without the value, and a limit per person and hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.journal.actions import action
from anju.kernel.journal.models import Entry
from anju.kernel.privacy import revealing
from anju.testing.factories import make_actor, make_bureau, make_city
from anju.testing.personal import member, sample_members

NUMBER = "99012119900101001X"
REASON = "电话核实租赁补贴账号"


@dataclass
class World:
    clerk: Actor
    neighbour: Actor
    reader: Actor
    subject: str
    row: Any


@pytest.fixture
def world(fresh_db: str) -> Iterator[World]:
    with sample_members():
        with using_scope(Scope.system()):
            make_city()
            here, there = make_bureau("dongyuan", "990121"), make_bureau("xiping", "990122")
            with action("testing.members", by=Actor.system("测试")):
                row = member(here, NUMBER, phone="13800138000")
            people = make_actor(here, "clerk"), make_actor(there, "clerk"), make_actor(here, "city_reader")
        yield World(*people, f"testing_member:{row.pk}", row)


def _entries() -> list[Entry]:
    with using_scope(Scope.system()):
        return list(Entry.objects.filter(verb="crypto.reveal").order_by("pk"))


def test_the_value_is_given_and_the_journal_keeps_why_and_never_what(world: World) -> None:
    assert revealing.reveal(world.subject, "resident_id", reason=f" {REASON} ", by=world.clerk) == NUMBER
    (entry,) = _entries()
    assert (entry.subject, entry.reason, entry.staff_id) == (world.subject, REASON, world.clerk.staff_id)
    assert (entry.region_code, entry.bureau_id) == ("990121", world.clerk.bureau_id)
    assert entry.data == {"field": "resident_id", "label": "身份证号", "kind": "resident_id"}
    with using_scope(Scope.system()):
        assert NUMBER not in str(list(Entry.objects.values()))


@pytest.mark.parametrize("reason", ["", "   ", "查看", "长" * 201])
def test_without_a_reason_nothing_is_shown(world: World, reason: str) -> None:
    with pytest.raises(AnjuError, match=r"privacy\.no_reason"):
        revealing.reveal(world.subject, "resident_id", reason=reason, by=world.clerk)
    assert not _entries()


def test_who_may_not_is_refused(world: World) -> None:
    for stranger in (world.reader, Actor.stranger()):
        with pytest.raises(Forbidden):
            revealing.reveal(world.subject, "resident_id", reason=REASON, by=stranger)
    with pytest.raises(AnjuError, match=r"privacy\.no_value"):
        revealing.reveal(world.subject, "resident_id", reason=REASON, by=world.neighbour)
    assert not _entries()


@pytest.mark.parametrize(
    ("subject", "field", "code"),
    [
        ("testing_member:999999", "resident_id", "no_value"),
        ("testing_member:1", "address", "no_value"),
        ("testing_member:x", "phone", "no_value"),
        ("testing_member", "phone", "no_value"),
        ("testing_member:1", "region_code", "no_such_field"),
        ("orgs_user:1", "password", "no_such_field"),
        ('x"; DROP TABLE orgs_user:1', "a", "no_such_field"),
    ],
)
def test_only_encrypted_columns_can_be_asked_for(world: World, subject: str, field: str, code: str) -> None:
    with pytest.raises(AnjuError, match=rf"privacy\.{code}"):
        revealing.reveal(subject, field, reason=REASON, by=world.clerk)


def test_there_is_a_limit_per_person_and_hour(world: World) -> None:
    with override_settings(REVEALS_PER_HOUR=2):
        for _time in range(2):
            revealing.reveal(world.subject, "phone", reason=REASON, by=world.clerk)
        assert revealing.left_this_hour(world.clerk) == 0
        with pytest.raises(Forbidden, match=r"一小时内最多查看2次.*privacy\.too_many"):
            revealing.reveal(world.subject, "phone", reason=REASON, by=world.clerk)
    assert len(_entries()) == 2


def test_the_page_asks_for_the_reason_and_shows_the_value_once(world: World, client_for: Callable[[Actor], Client]) -> None:
    browser, address = client_for(world.clerk), f"/personal/{world.subject}/resident_id/"
    asked = browser.get(address)
    assert asked.status_code == 200
    assert "990121********001X" in asked.content.decode()
    assert NUMBER not in asked.content.decode()
    refused = browser.post(address, {"reason": "看"})
    assert refused.status_code == 422
    assert NUMBER not in refused.content.decode()
    shown = browser.post(address, {"reason": REASON})
    assert NUMBER in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert client_for(world.reader).get(address).status_code == 403
    assert client_for(world.neighbour).get(address).status_code in (404, 422)
    assert Client().get(address).status_code == 302
    assert len(_entries()) == 1
