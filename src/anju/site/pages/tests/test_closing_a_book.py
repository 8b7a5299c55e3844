"""封账、开账 on a ledger's page: said before it is done, seen by everybody, done only by those who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.journal.models import Entry
from anju.kernel.ledgers import actions, catalogue
from anju.kernel.orgs.models import Bureau
from anju.testing.factories import make_actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
BOOK, CLOSING = "/ledgers/office_training/", "/ledgers/office_training/closing/"
TRAINING = {"held_on": "2023-03-01", "topic": "统计业务", "kind": "统计", "persons": "35"}
CLOSE = {"deed": "close", "until": "2023-06-30", "reason": "上半年报告已定稿"}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_closed_seen_and_reopened(
    county_clerk: Actor, bureau: Bureau, city_reader: Actor, other_county_clerk: Actor, client_for: SignIn
) -> None:
    ledger = catalogue.get("office_training")
    number = actions.add_record(ledger, TRAINING, by=county_clerk)
    browser = client_for(county_clerk)
    assert CLOSING in text(browser.get(BOOK))
    asked = text(browser.post(CLOSING, {**CLOSE, "step": "check"}))
    assert "将封账至2023年6月30日：1条记录" in asked
    assert "已封账" not in text(browser.get(BOOK))
    assert browser.post(CLOSING, {**CLOSE, "step": "do"}).status_code == 302
    assert "已封账至2023年6月30日" in text(browser.get(BOOK))
    refused = browser.post(f"{BOOK}{number}/void/", {"reason": "重复"})
    assert refused.status_code == 422
    with using_scope(Scope.system()):
        viewer = make_actor(bureau, "leader")
    seen = text(client_for(viewer).get(BOOK))
    assert "已封账至2023年6月30日" in seen
    assert CLOSING not in seen
    assert f"{bureau.short_name}至2023年6月30日" in text(client_for(city_reader).get(BOOK))
    assert "已封账" not in text(client_for(other_county_clerk).get(BOOK))

    back = {"deed": "reopen", "until": "2023-02-28", "reason": "更正一场培训"}
    assert "封账日从2023年6月30日退到2023年2月28日" in text(browser.post(CLOSING, {**back, "step": "check"}))
    assert browser.post(CLOSING, {**back, "step": "do"}).status_code == 302
    assert "已封账至2023年2月28日" in text(browser.get(BOOK))
    assert browser.post(CLOSING, {**back, "until": "", "step": "do"}).status_code == 302
    assert not browser.get(BOOK).context["closed"]
    with using_scope(Scope.system()):
        verbs = list(Entry.objects.filter(subject="ledger:office_training").order_by("pk").values_list("verb", "reason"))
    assert verbs[0] == ("ledgers.close_period", "上半年报告已定稿")
    assert "封账" in text(browser.get("/journal/"))


def test_what_is_wrong_is_said_and_nothing_is_closed(county_clerk: Actor, client_for: SignIn) -> None:
    browser = client_for(county_clerk)
    for change, code in (
        ({"reason": ""}, "ledger.no_reason"),
        ({"until": ""}, "ledger.bad_day"),
        ({"until": "2023-02-30"}, "ledger.bad_day"),
        ({"until": "2999-01-01", "step": "do"}, "ledger.future"),
        ({"deed": "reopen", "until": "2023-01-31", "step": "do"}, "ledger.not_closed"),
    ):
        answer = browser.post(CLOSING, {"step": "check", **CLOSE, **change})
        assert (answer.status_code, code in text(answer)) == (422, True), code
    assert not browser.get(BOOK).context["closed"]


def test_only_those_who_may_close(bureau: Bureau, city_reader: Actor, system_admin: Actor, client_for: SignIn) -> None:
    with using_scope(Scope.system()):
        clerk = make_actor(bureau, "clerk")
    for person in (clerk, city_reader, system_admin):
        browser = client_for(person)
        assert browser.get(CLOSING).status_code == 403
        assert browser.post(CLOSING, {**CLOSE, "step": "do"}).status_code == 403
