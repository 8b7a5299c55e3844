"""Pages of entries, the history of a subject, and what a change changed."""

from __future__ import annotations

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import Forbidden
from anju.kernel.journal.coverage import EXEMPT, untracked_tables
from anju.kernel.journal.models import Tracked
from anju.kernel.journal.queries import changes_of, changes_of_row, differences, entries_of, entries_page
from anju.kernel.journal.tests.history import add_region, rename_region
from anju.kernel.orgs.actions import add_department
from anju.kernel.orgs.models import Bureau

pytestmark = pytest.mark.django_db


def test_pages_follow_each_other_without_overlap(system: Actor) -> None:
    numbers = [add_region(code) for code in ("94", "95", "96", "97", "98")]
    with using_scope(Scope.system()):
        first = entries_page(system, verb="orgs.add_region", size=2)
        second = entries_page(system, verb="orgs.add_region", size=2, before=first.next)
        third = entries_page(system, verb="orgs.", size=2, before=second.next)
    assert [entry.pk for page in (first, second, third) for entry in page.entries][:5] == numbers[::-1]
    assert entries_page(system, verb="no.such").next is None


def test_a_change_shows_what_differs(system: Actor) -> None:
    add_region("97", "旧名")
    number = rename_region("97", "新名")
    with using_scope(Scope.system()):
        assert [entry.verb for entry in entries_of("orgs_region:97", system)] == ["orgs.add_region", "orgs.rename_region"]
        (change,) = changes_of(number, system)
        assert [(each.column, each.before, each.after) for each in differences(change)] == [("name", "旧名", "新名")]
        assert [each.operation for each in changes_of_row("orgs_region", "97", system)] == ["I", "U"]


def test_only_holders_of_the_permission_turn_the_pages(county_clerk: Actor, system_admin: Actor, security_admin: Actor) -> None:
    for reader in (county_clerk, system_admin, security_admin):
        with pytest.raises(Forbidden):
            entries_page(reader)


def test_an_auditor_reads_the_own_bureau_only(bureau: Bureau, other_bureau: Bureau, audit_admin: Actor, system: Actor) -> None:
    add_department(bureau=bureau, name="房产股", by=system)
    add_department(bureau=other_bureau, name="房产股", by=system)
    with using_scope(audit_admin.scope):
        entries = entries_page(audit_admin).entries
        assert [entry.bureau_id for entry in entries if entry.verb == "orgs.add_department"] == [bureau.pk]
        assert all(entry.bureau_id == bureau.pk for entry in entries)


def test_an_auditor_changes_nothing(audit_admin: Actor) -> None:
    assert audit_admin.permissions == {"journal.view", "journal.verify"}


def test_every_table_is_journaled_or_exempt_for_a_reason() -> None:
    assert untracked_tables() == []
    assert all(EXEMPT.values())
    assert not EXEMPT.keys() & set(Tracked.objects.values_list("table", flat=True))
