"""接口密钥: made for oneself and shown once, works until it is revoked; nobody touches another's."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.orgs.models import ApiToken, Bureau
from anju.kernel.orgs.tokens import issue_token
from anju.testing.factories import make_actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]


def test_made_shown_once_used_and_revoked(county_clerk: Actor, client_for: SignIn) -> None:
    browser = client_for(county_clerk)
    answer = browser.post("/keys/", {"name": "统计平台取数", "days": "90"})
    shown = re.search(r'shown-once">(anju_[\w-]+)<', answer.content.decode())
    assert shown is not None
    assert answer["Cache-Control"] == "no-store"
    listed = browser.get("/keys/").content.decode()
    assert shown[1] not in listed
    assert "统计平台取数" in listed
    key = {"Authorization": f"Bearer {shown[1]}"}
    assert Client().get("/api/ledgers", headers=key).status_code == 200
    with using_scope(Scope.system()):
        number = ApiToken.objects.get().pk
    assert browser.post(f"/keys/{number}/revoke/").status_code == 302
    assert Client().get("/api/ledgers", headers=key).status_code == 401
    assert browser.post(f"/keys/{number}/revoke/").status_code == 404
    assert browser.get("/api/openapi.json").status_code == 200


def test_what_is_wrong_is_said(county_clerk: Actor, client_for: SignIn) -> None:
    browser = client_for(county_clerk)
    wrong = [
        ({"name": "", "days": "30"}, "orgs.token_name"),
        ({"name": "x", "days": "999"}, "orgs.token_days"),
        ({"name": "x"}, "orgs.token_days"),
    ]
    for asked, code in wrong:
        answer = browser.post("/keys/", asked)
        assert (answer.status_code, code in answer.content.decode()) == (422, True)
    with using_scope(Scope.system()):
        assert not ApiToken.objects.exists()


def test_a_colleagues_key_is_neither_seen_nor_revoked(bureau: Bureau, county_clerk: Actor, system_admin: Actor, client_for: SignIn) -> None:
    issue_token(name="王例明的密钥", days=30, by=county_clerk)
    with using_scope(Scope.system()):
        number = ApiToken.objects.get().pk
        colleague = make_actor(bureau, "clerk")
    for other in (colleague, system_admin):
        browser = client_for(other)
        assert "王例明的密钥" not in browser.get("/keys/").content.decode()
        assert browser.post(f"/keys/{number}/revoke/").status_code == 404
    assert Client().get("/keys/").status_code == 302
