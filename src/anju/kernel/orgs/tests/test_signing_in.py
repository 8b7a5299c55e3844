"""Password, second factor, lockout, idle time-out; each leaves a journal entry that names no person outside."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.journal.models import Entry
from anju.kernel.orgs.models import Staff, User
from anju.testing.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _forget_rates() -> None:
    cache.clear()


@pytest.fixture
def clerk(county_clerk: Actor) -> User:
    with using_scope(Scope.system()):
        return Staff.objects.select_related("user").get(pk=county_clerk.staff_id).user


def sign_in(browser: Client, user: User, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    return browser.post(LOGIN, {"login": user.username, "password": password})


def verbs(user: User) -> list[str]:
    with using_scope(Scope.system()):
        return list(
            Entry.objects.filter(subject=f"orgs_user:{user.pk}", verb__startswith="orgs.").order_by("id").values_list("verb", flat=True)
        )


def signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_the_page_shows_and_a_right_password_opens(client: Client, clerk: User) -> None:
    assert client.get(LOGIN).status_code == 200
    answer = sign_in(client, clerk)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert verbs(clerk) == ["orgs.sign_in"]
    client.post("/accounts/logout/")
    assert not signed_in(client)
    assert verbs(clerk) == ["orgs.sign_in", "orgs.sign_out"]


def test_five_failures_lock_the_account_whatever_the_case_of_its_name(client: Client, clerk: User) -> None:
    answers = [client.post(LOGIN, {"login": name, "password": "wrong"}) for name in [clerk.username, clerk.username.upper()] * 2]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert sign_in(client, clerk, "wrong").status_code == 429
    cache.clear()
    assert sign_in(client, clerk).status_code == 429
    assert not signed_in(client)
    assert verbs(clerk).count("orgs.sign_in_failed") >= 5
    assert "orgs.lock" in verbs(clerk)


def test_what_was_typed_is_not_kept(client: Client, db: None) -> None:
    client.post(LOGIN, {"login": "13800138000", "password": "my-secret-password"})
    with using_scope(Scope.system()):
        entry = Entry.objects.filter(verb="orgs.sign_in_failed").latest("id")
    assert (entry.subject, entry.data) == ("", {"known": False})


def test_the_second_factor_is_asked_for_and_kept_encrypted(client: Client, clerk: User) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    with using_scope(Scope.system()):
        TOTP.activate(clerk, secret)
        RecoveryCodes.activate(clerk)
        assert secret not in str(Authenticator.objects.get(user=clerk, type="totp").data)
    answer = sign_in(client, clerk)
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert not signed_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert signed_in(client)


def test_an_idle_session_ends(client: Client, clerk: User) -> None:
    sign_in(client, clerk)
    client.get("/accounts/password/change/")
    session = client.session
    session["seen_at"] = int(time.time()) - 31 * 60
    session.save()
    answer = client.get("/accounts/password/change/")
    assert answer["Location"] == f"{LOGIN}?next=/accounts/password/change/"
    assert not signed_in(client)
    with using_scope(Scope.system()):
        assert Entry.objects.filter(verb="orgs.sign_out").latest("id").data == {"ended_by": "idle"}


def test_a_short_password_is_not_accepted(client: Client, clerk: User) -> None:
    sign_in(client, clerk)
    answer = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "Short-9字", "password2": "Short-9字"})
    assert "密码太短" in answer.content.decode()
    long = "足够长的新口令-Zq93-远山"
    assert client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": long, "password2": long}).status_code == 302
    assert "orgs.change_password" in verbs(clerk)


def test_strangers_cannot_register(client: Client, db: None) -> None:
    given = {"username": "stranger", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", given)
    with using_scope(Scope.system()):
        assert not User.objects.filter(username="stranger").exists()


def test_a_deactivated_person_is_out_with_the_next_request(client: Client, clerk: User) -> None:
    sign_in(client, clerk)
    with using_scope(Scope.system()):
        User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get("/accounts/password/change/").status_code == 302
    assert sign_in(Client(), clerk).status_code != 302 or "inactive" in sign_in(Client(), clerk)["Location"]


@override_settings(SESSION_COOKIE_SECURE=True)
def test_cookies_are_secure_and_closed_to_scripts(client: Client, clerk: User) -> None:
    cookie = sign_in(client, clerk).cookies["sessionid"]
    assert cookie["secure"]
    assert cookie["httponly"]


def test_the_scope_of_signing_in_shows_accounts_and_no_data(county_clerk: Actor) -> None:
    with using_scope(Scope.sign_in()), connection.cursor() as cursor:
        seen = {}
        for table in ("orgs_user", "orgs_staff", "orgs_bureau", "journal_entry", "journal_change"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            seen[table] = cursor.fetchone()[0]
    assert seen.pop("orgs_user") > 0
    assert set(seen.values()) == {0}
