"""A program reads and writes with a key, through the same checks and the same scope as a person."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError
from anju.kernel.journal.models import Entry
from anju.kernel.orgs.models import ApiToken
from anju.kernel.orgs.tokens import issue_token, revoke_token

pytestmark = pytest.mark.django_db
RECORDS = "/api/ledgers/office_training/records"
TRAINING = {"held_on": "2023-03-01", "topic": "统计业务", "kind": "统计", "persons": "35"}


class Program:
    """A caller with a key."""

    def __init__(self, actor: Actor) -> None:
        self.secret = issue_token(name="测试", days=30, by=actor)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return Client().generic(
            method,
            path,
            data=b"" if body is None else json.dumps(body).encode(),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **headers},
        )


def test_add_read_change_and_void(county_clerk: Actor) -> None:
    program = Program(county_clerk)
    added = program.call("POST", RECORDS, {"values": TRAINING})
    assert added.status_code == 201, added.content
    number = added.json()["id"]
    shown = program.call("GET", f"{RECORDS}/{number}").json()
    assert shown["cells"]["topic"] == "统计业务"
    changed = program.call("PATCH", f"{RECORDS}/{number}", {"values": {"persons": "36"}, "version": shown["version"], "reason": "补登"})
    assert changed.json()["version"] == shown["version"] + 1
    stale = program.call("PATCH", f"{RECORDS}/{number}", {"values": {"persons": "37"}, "version": shown["version"]})
    assert stale.status_code == 422
    assert program.call("POST", f"{RECORDS}/{number}/void", {"reason": "重复登记"}).status_code == 200
    assert program.call("GET", RECORDS).json()["count"] == 0


def test_one_key_adds_once(county_clerk: Actor, other_county_clerk: Actor) -> None:
    program = Program(county_clerk)
    first, second = (program.call("POST", RECORDS, {"values": TRAINING}, **{"Idempotency-Key": "k-1"}).json() for _ in range(2))
    assert first == second
    assert program.call("GET", RECORDS).json()["count"] == 1
    other = Program(other_county_clerk).call("POST", RECORDS, {"values": TRAINING}, **{"Idempotency-Key": "k-1"})
    assert other.json()["id"] != first["id"]


def test_a_wrong_value_is_told_with_field_and_advice(county_clerk: Actor) -> None:
    refused = Program(county_clerk).call("POST", RECORDS, {"values": {**TRAINING, "persons": "三十多"}})
    assert refused.status_code == 422
    problem = refused.json()["problems"][0]
    assert problem["code"]
    assert problem["what"]
    assert problem["advice"]


def test_another_county_is_not_there(county_clerk: Actor, other_county_clerk: Actor) -> None:
    number = Program(other_county_clerk).call("POST", RECORDS, {"values": TRAINING}).json()["id"]
    program = Program(county_clerk)
    assert program.call("GET", f"{RECORDS}/{number}").status_code == 404
    assert program.call("PATCH", f"{RECORDS}/{number}", {"values": {"persons": "1"}, "version": 1}).status_code == 404
    assert program.call("POST", f"{RECORDS}/{number}/void", {"reason": "试"}).status_code == 404
    assert program.call("GET", RECORDS).json()["records"] == []
    with using_scope(Scope.system()):
        assert not Entry.objects.filter(verb__in=["ledgers.change_record", "ledgers.void_record"]).exists()
    assert program.call("GET", "/api/figures?period=2023H1&indicator=housing.rent_subsidy.amount&bureau=xiping").status_code == 404


def test_figures_come_with_rows_and_digest(county_clerk: Actor) -> None:
    program = Program(county_clerk)
    (figure,) = program.call("GET", "/api/figures?period=2023H1&indicator=housing.rent_subsidy.amount").json()
    found = program.call("GET", "/api/evidence?period=2023H1&key=housing.rent_subsidy.amount").json()
    assert (figure["rows"], figure["digest"]) == (found["rows"], found["digest"])
    assert figure["value"] == "0"


def test_without_a_valid_key_nothing_answers(county_clerk: Actor, client_for: Any) -> None:
    assert Client().get(RECORDS).status_code == 401
    assert Client(headers={"Authorization": "Bearer anju_wrong"}).get(RECORDS).status_code == 401
    program = Program(county_clerk)
    with using_scope(Scope.system()):
        token = ApiToken.objects.get()
    revoke_token(token.pk, by=county_clerk)
    assert program.call("GET", RECORDS).status_code == 401
    ended = Program(county_clerk)
    with using_scope(Scope.system()):
        ApiToken.objects.filter(revoked_at=None).update(expires_on=datetime.date(2020, 1, 1))
    assert ended.call("GET", RECORDS).status_code == 401


def test_a_browser_needs_its_csrf_token_to_write(county_clerk: Actor, client_for: Any) -> None:
    browser = client_for(county_clerk)
    assert browser.get(RECORDS).status_code == 200
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    assert strict.post(RECORDS, {"values": TRAINING}, content_type="application/json").status_code == 403


def test_a_reader_may_not_write_and_a_key_never_lasts_for_ever(city_reader: Actor, county_clerk: Actor) -> None:
    assert Program(city_reader).call("POST", RECORDS, {"values": TRAINING}).status_code == 403
    with pytest.raises(AnjuError, match="orgs.token_days"):
        issue_token(name="长期", days=4000, by=county_clerk)


def test_the_key_itself_is_stored_nowhere(county_clerk: Actor) -> None:
    secret = Program(county_clerk).secret
    from anju.kernel.journal.models import Change

    with using_scope(Scope.system()):
        stored = list(ApiToken.objects.values_list("digest", flat=True))
        images = [change.after for change in Change.objects.filter(table="orgs_apitoken")]
    assert secret not in str(stored)
    assert secret not in str(images)
    assert stored[0] not in str(images)
