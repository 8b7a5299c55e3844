"""Jobs of the accounts; the worker that `anju serve` starts runs them. Each may run twice."""

from __future__ import annotations

import datetime

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.accounts import comparing, expiring
from anju.kernel.accounts.books import Account
from anju.kernel.accounts.kinds import bank_kinds
from anju.kernel.accounts.reconciling.actions import judge_day

TOTALS_AT_ONCE = 20_000


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="accounts.expire")
def expire_pendings(timestamp: int) -> int:
    """Give back what overdue pending transfers reserved. `timestamp`: when the run was due, unused."""
    with using_scope(Scope.system()):
        return expiring.expire(by=Actor.system())


@app.periodic(cron="10 0 * * *")
@app.task(queueing_lock="accounts.total_days")
def total_days(timestamp: int) -> int:
    """Keep the day totals of what moved up to yesterday; returns rows written."""
    return write_day_totals(timezone.localdate() - datetime.timedelta(days=1))


@app.periodic(cron="40 1 * * *")
@app.task(queueing_lock="accounts.compare")
def compare_balances(timestamp: int) -> int:
    """Compare balances with their transfers; differences become work items. Returns how many accounts differ."""
    with using_scope(Scope.system()):
        return comparing.note_unequal(by=Actor.system())


@app.periodic(cron="0 9 * * *")
@app.task(queueing_lock="accounts.judge_days")
def judge_yesterday(timestamp: int) -> int:
    """Judge yesterday for every bank account, so that a missing statement shows; returns how many accounts."""
    yesterday, judged = timezone.localdate() - datetime.timedelta(days=1), 0
    with using_scope(Scope.system()):
        for account in Account.objects.filter(kind__in=bank_kinds(), closed_at=None).order_by("pk").iterator(chunk_size=500):
            judge_day(account, yesterday, by=Actor.system())
            judged += 1
    return judged


def write_day_totals(until: datetime.date) -> int:
    """Bring the day totals up to date, in bounded transactions; returns rows written."""
    written = 0
    with using_scope(Scope.system()):
        while True:
            with connection.cursor() as cursor:
                cursor.execute("SELECT accounts_total_days(%s, %s)", [until, TOTALS_AT_ONCE])
                made = int(cursor.fetchone()[0])
            written += made
            if made < TOTALS_AT_ONCE:
                return written
