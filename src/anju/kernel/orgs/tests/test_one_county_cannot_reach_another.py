"""A county's people read and change nothing of another county: raw SQL as the application's role, and the ORM.

The ways in that other rooms add (ledgers, figures, pages) are tried in tests/test_one_county_cannot_reach_another.py.
"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import Forbidden
from anju.kernel.journal.actions import action
from anju.kernel.journal.models import Change, Entry
from anju.kernel.orgs.actions import add_department, grant_role
from anju.kernel.orgs.models import Bureau, Department, Region, Role, Staff, StaffRole, User

pytestmark = pytest.mark.django_db
FILLED = {"journal_entry", "journal_change", "orgs_bureau", "orgs_department", "orgs_staff", "orgs_staffrole"}
"""Tables in which the neighbour of these tests has rows."""


@pytest.fixture
def neighbour(other_bureau: Bureau, other_county_clerk: Actor, system: Actor) -> Bureau:
    """西屏县 with a section, a person, their roles and sign-in, and the journal of it all."""
    add_department(bureau=other_bureau, name="房产股", by=system)
    return other_bureau


def protected_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace AND EXISTS (SELECT 1 FROM"
            " pg_attribute WHERE attrelid = pg_class.oid AND attname = 'bureau_id' AND NOT attisdropped) ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


def run(statement: str, table: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(table)), values)
        return cursor.fetchone()[0] if cursor.description else cursor.rowcount


def test_every_table_that_belongs_to_bureaus_is_protected() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT relrowsecurity"
            " AND EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = c.oid AND attname IN ('bureau_id', 'region_code'))"
        )
        assert cursor.fetchall() == []
    assert set(protected_tables()) >= FILLED


def test_the_application_owns_no_table_and_cannot_lift_the_protection() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = 'anju_app'::regrole")
        assert cursor.fetchone()[0] == 0
    for attempt in (
        "ALTER TABLE orgs_staff DISABLE ROW LEVEL SECURITY",
        "DROP POLICY data_scope ON orgs_staff",
        "SET ROLE anju_owner",
        "ALTER TABLE orgs_staff DISABLE TRIGGER journal_update",
        "SET session_replication_role = replica",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attempt)


def test_raw_sql_reads_nothing_of_the_neighbour(neighbour: Bureau, county_clerk: Actor, bureau: Bureau) -> None:
    for table in protected_tables():
        with using_scope(Scope.system()):
            there = run("SELECT count(*) FROM {} WHERE bureau_id = %s", table, neighbour.pk)
        with using_scope(county_clerk.scope):
            assert run("SELECT count(*) FROM {} WHERE bureau_id IS DISTINCT FROM %s", table, bureau.pk) == 0, table
        assert there > 0 or table not in FILLED, table


REFUSED_TO_ALL = ("permission denied", "journal.append_only", "housing.month_is_taken_or_given_back")
"""What privilege and triggers per statement say before they look at a single row."""


def touched(statement: str, table: str, bureau: int) -> int:
    """Rows the statement reached; none when the application may not write the table at all, or nobody may change it."""
    try:
        with transaction.atomic():
            return run(statement, table, bureau)
    except DatabaseError as error:
        if any(refusal in str(error) for refusal in REFUSED_TO_ALL):
            return 0
        raise


def test_raw_sql_changes_nothing_of_the_neighbour(neighbour: Bureau, county_clerk: Actor) -> None:
    for table in protected_tables():
        column = "name" if table == "orgs_bureau" else "bureau_id"
        with using_scope(county_clerk.scope):
            assert touched(f"UPDATE {{}} SET {column} = {column} WHERE bureau_id = %s", table, neighbour.pk) == 0, table
            assert touched("DELETE FROM {} WHERE bureau_id = %s", table, neighbour.pk) == 0, table


def test_no_row_is_put_into_the_neighbours_books(neighbour: Bureau, county_clerk: Actor) -> None:
    with using_scope(county_clerk.scope):
        for attempt in (
            lambda: Department.objects.create(bureau_id=neighbour.pk, name="混入"),
            lambda: Bureau.objects.create(code="fake", name="假", short_name="假", region_id="990122"),
            lambda: Region.objects.create(code="9902", name="假市", level=2, valid_from="2024-01-01"),
            lambda: Role.objects.create(code="god", name="全能", permissions=["*"]),
            lambda: User.objects.create(username="ghost"),
            lambda: Staff.objects.filter(bureau_id=county_clerk.bureau_id).update(bureau_id=neighbour.pk),
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                attempt()
        assert Role.objects.filter(code="clerk").update(permissions=["*"]) == 0


def test_the_orm_sees_nothing_of_the_neighbour(neighbour: Bureau, county_clerk: Actor) -> None:
    with using_scope(county_clerk.scope):
        for rows in (Staff.objects.all(), Department.objects.all(), StaffRole.objects.all(), Entry.objects.all(), Change.objects.all()):
            assert not rows.filter(bureau_id=neighbour.pk).exists()
        assert not Bureau.objects.filter(pk=neighbour.pk).exists()
        mine = set(Staff.objects.values_list("user_id", flat=True))
        assert set(User.objects.values_list("pk", flat=True)) == mine


def test_actions_do_not_reach_over(neighbour: Bureau, system_admin: Actor, security_admin: Actor) -> None:
    with using_scope(Scope.system()):
        theirs = Staff.objects.select_related("bureau", "region").get(bureau=neighbour)
    with pytest.raises(Forbidden, match="orgs.beyond_scope"):
        add_department(bureau=neighbour, name="混入", by=system_admin)
    with pytest.raises(Forbidden, match="orgs.beyond_scope"):
        grant_role(theirs, Role.objects.get(code="clerk"), by=security_admin)


def test_an_entry_cannot_be_filed_under_the_neighbour(neighbour: Bureau, county_clerk: Actor) -> None:
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        action("orgs.x", by=county_clerk, region_code="990122", bureau_id=neighbour.pk),
    ):
        pass


def test_nobody_and_an_emptied_setting_see_nothing(neighbour: Bureau) -> None:
    for scope in (Scope.nothing(), Scope(region="", bureau_id=neighbour.pk)):
        with using_scope(scope):
            assert all(run("SELECT count(*) FROM {}", table) == 0 for table in protected_tables())


def test_the_city_reads_both_and_a_prefix_is_not_enough(neighbour: Bureau, bureau: Bureau, city_reader: Actor) -> None:
    with using_scope(city_reader.scope):
        assert set(Bureau.objects.filter(pk__in=[bureau.pk, neighbour.pk]).values_list("pk", flat=True)) == {bureau.pk, neighbour.pk}
    with using_scope(Scope(region="990121")):
        assert not Bureau.objects.filter(pk=neighbour.pk).exists()


def test_a_scope_ends_with_its_block(neighbour: Bureau) -> None:
    with using_scope(Scope.system()):
        assert Bureau.objects.exists()
    assert not Bureau.objects.exists()
