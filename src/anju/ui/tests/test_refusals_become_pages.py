"""A refusal is a page with advice: 403, 404 or 422; another site's scripts are never loaded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError, Forbidden, Problem
from anju.ui.problems import is_not_there

SignIn = Callable[[Actor], Client]


def test_what_is_not_there_and_what_is_not_in_scope_read_the_same() -> None:
    assert is_not_there(AnjuError.of("ledgers.unknown", "没有这本台账。"))
    assert is_not_there(AnjuError.of("ledger.no_record", "没有这条记录。"))
    assert not is_not_there(AnjuError.of("ledger.no_reason", "没有写理由。"))
    assert not is_not_there(Forbidden(Problem("orgs.forbidden", "", "没有权限。")))


@pytest.mark.django_db
def test_a_stranger_is_led_to_the_sign_in_page() -> None:
    answer = Client().get("/ledgers/sale_contract/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=/ledgers/")


def test_an_unknown_ledger_is_not_found(county_clerk: Actor, client_for: SignIn) -> None:
    answer = client_for(county_clerk).get("/ledgers/no_such_book/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_no_permission_says_whom_to_ask(security_admin: Actor, client_for: SignIn) -> None:
    answer = client_for(security_admin).get("/ledgers/sale_contract/")
    assert answer.status_code == 403
    assert "安全管理员" in answer.content.decode()


def test_a_bad_period_is_refused_with_advice(county_clerk: Actor, client_for: SignIn) -> None:
    answer = client_for(county_clerk).post("/period/", {"period": "第三季"})
    assert answer.status_code == 422
    assert "2023H1" in answer.content.decode()


def test_a_page_loads_nothing_from_elsewhere(county_clerk: Actor, client_for: SignIn) -> None:
    answer = client_for(county_clerk).get("/ledgers/sale_contract/")
    text = answer.content.decode()
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert 'src="http' not in text
    assert 'href="http' not in text


def test_a_period_does_not_lead_off_the_site(county_clerk: Actor, client_for: SignIn) -> None:
    answer = client_for(county_clerk).post("/period/", {"period": "2023H1", "next": "https://example.test/"})
    assert answer["Location"] == "/"
