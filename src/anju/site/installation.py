"""Bring an installation's database up to date: tables, reference data, declared ledgers. Safe to run at any time and twice."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.figures.views import sync_views
from anju.kernel.ledgers import tables as ledger_tables
from anju.kernel.orgs.divisions import load_divisions
from anju.kernel.orgs.roles import load_roles


def _silent(line: str) -> None:
    """Say nothing."""


def bring_up_to_date(say: Callable[[str], None] = _silent) -> None:
    """Migrate as the owner, then load what the product itself brings. `say` is told each step, in Chinese."""
    say("建立数据表")
    call_command("migrate", database="owner", verbosity=0)
    ledger_tables.sync(say)
    sync_views(say)
    installation = Actor.system("安装程序")
    with using_scope(installation.scope):
        say("载入角色")
        load_roles(installation)
        say("载入行政区划")
        load_divisions(installation)
