"""A journal with a history, and somebody with the power to falsify it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from anju.kernel.access.actor import Actor
from anju.kernel.journal.actions import action
from anju.kernel.journal.sealing import seal
from anju.kernel.journal.tests.history import add_region, rename_region
from anju.kernel.orgs.models import Region

Tamper = Callable[..., None]


@pytest.fixture
def tamper(fresh_db: str) -> Iterator[Tamper]:
    """Run statements as the database's superuser with every trigger switched off."""
    with psycopg.connect(make_conninfo(os.environ["ANJU_TEST_ADMIN_URL"], dbname=fresh_db), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")

        def run(statement: str, *values: object) -> None:
            admin.execute(statement, values)  # type: ignore[call-overload]

        yield run


@pytest.fixture
def new_house(fresh_db: str, tamper: Tamper) -> str:
    """A database without the divisions, roles and whatever else an installation begins with, so that its journal is short."""
    with psycopg.connect(make_conninfo(os.environ["ANJU_TEST_ADMIN_URL"], dbname=fresh_db), autocommit=True) as admin:
        tracked = [row[0] for row in admin.execute('SELECT "table" FROM journal_tracked ORDER BY 1')]
        filled = [
            table for table in tracked if admin.execute(SQL("SELECT FROM {} LIMIT 1").format(Identifier(table))).fetchone() is not None
        ]
    tamper(f"TRUNCATE {', '.join([*filled, 'journal_entry', 'journal_change', 'journal_bulk'])} CASCADE")
    return fresh_db


@pytest.fixture
def history(new_house: str) -> str:
    """Three regions, one renamed, one removed; all sealed. The name of the database."""
    for code in ("96", "97", "98"):
        add_region(code)
    rename_region("96", "新名")
    with action("orgs.remove_region", by=Actor.system("测试"), subject="orgs_region:98"):
        Region.objects.filter(code="98").delete()
    seal()
    return new_house
