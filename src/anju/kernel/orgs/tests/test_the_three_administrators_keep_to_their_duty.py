"""三员分立 in the roles that come with the product, and on the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.orgs.models import Role
from anju.kernel.orgs.roles import default_roles, load_roles

ADMINISTRATION = ("orgs.", "system.", "journal.")
"""Everything else is business, whatever slice brings it."""


def test_no_administrator_does_business_and_no_business_role_administers() -> None:
    for role in default_roles():
        administers = [name for name in role.permissions if name.startswith(ADMINISTRATION)]
        assert administers == (role.permissions if role.duty else []), role.code


def test_only_the_auditor_reads_the_journal_and_does_nothing_else() -> None:
    roles = {role.code: role for role in default_roles()}
    assert {code for code, role in roles.items() if "journal.view" in role.permissions} == {"audit_admin"}
    assert roles["audit_admin"].permissions == ["journal.view", "journal.verify"]
    assert roles["audit_admin"].passes_on == []


@pytest.mark.django_db
def test_the_pages_keep_to_it(
    system_admin: Actor, security_admin: Actor, audit_admin: Actor, client_for: Callable[[Actor], Client]
) -> None:
    for closed in (system_admin, security_admin):
        browser = client_for(closed)
        assert [browser.get(address).status_code for address in ("/journal/", "/audit/", "/ledgers/sale_contract/")] == [403, 403, 403]
    browser = client_for(audit_admin)
    assert [browser.get(address).status_code for address in ("/journal/", "/audit/")] == [200, 200]
    assert [browser.get(address).status_code for address in ("/ledgers/sale_contract/", "/ledgers/sale_contract/new/")] == [403, 403]


@pytest.mark.django_db
def test_a_role_changed_by_hand_is_put_right(system: Actor) -> None:
    with using_scope(Scope.system()):
        assert load_roles(system) == 0
        Role.objects.filter(code="system_admin").update(permissions=["orgs.manage", "journal.view"])
        assert load_roles(system) == 1
        assert Role.objects.get(code="system_admin").permissions == ["orgs.manage", "system.manage"]
