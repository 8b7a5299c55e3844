"""Jobs of housing security; the worker that `anju serve` starts runs them."""

from __future__ import annotations

import datetime
import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from anju.domains.housing.models import SubsidyRun
from anju.domains.housing.subsidies.comparing import runs_that_differ
from anju.kernel.access.scope import Scope, using_scope

log = logging.getLogger("anju.housing")
LOOKS_BACK = datetime.timedelta(days=400)
"""Runs older than a year's quarters are compared when they are asked for only."""


@app.periodic(cron="20 2 * * *")
@app.task(queueing_lock="housing.compare_runs")
def compare_runs(timestamp: int) -> int:
    """Compute the runs of a year again and say which stored rows differ; returns how many runs do. `timestamp`: when it was due, unused."""
    since = timezone.localdate() - LOOKS_BACK
    with using_scope(Scope.system()):
        found = runs_that_differ(list(SubsidyRun.objects.filter(made_on__gte=since).order_by("pk")))
    for number, rows in found.items():
        log.error("测算 %s 有 %d 户的结果与重新算出的不一致（-1 表示依据文件缺失或被改动）", number, rows)
    return len(found)
