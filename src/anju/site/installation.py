"""Bring an installation's database up to date: tables, reference data, declared ledgers. Safe to run at any time and twice."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.calendar.loading import load_notices
from anju.kernel.cases.matters.publishing import publish as publish_matters
from anju.kernel.figures.views import sync_views
from anju.kernel.ledgers import tables as ledger_tables
from anju.kernel.ledgers.moving import move_books
from anju.kernel.orgs.divisions import load_divisions
from anju.kernel.orgs.roles import load_roles
from anju.kernel.parameters.loading import load_declared
from anju.kernel.privacy.keys import settle_keys


def _silent(line: str) -> None:
    """Say nothing."""


def bring_up_to_date(say: Callable[[str], None] = _silent) -> None:
    """Migrate as the owner, then load what the product itself brings. `say` is told each step, in Chinese."""
    say("建立数据表")
    _clear_views_before_migrating()
    call_command("migrate", database="owner", verbosity=0)
    installation = Actor.system("安装程序")
    settle_keys(installation)
    ledger_tables.sync(say)
    sync_views(say)
    publish_matters(say)
    with using_scope(installation.scope):
        say("载入角色")
        load_roles(installation)
        say("载入行政区划")
        load_divisions(installation)
        say("载入工作日历")
        load_notices(installation)
        say("载入政策参数")
        load_declared(installation)
        move_books(say)


def _clear_views_before_migrating() -> None:
    """A table cannot change its columns under a view. Views over the tables of slices go first when there is something to migrate."""
    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace"
            " AND (starts_with(relname, 'book_') OR starts_with(relname, 'fact_'))"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP VIEW IF EXISTS {name} CASCADE")
