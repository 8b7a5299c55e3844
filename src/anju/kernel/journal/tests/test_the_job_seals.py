"""The periodic job runs as the application's role, through the real queue."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from anju.kernel.journal.models import Block
from anju.kernel.journal.tasks import seal_journal
from anju.kernel.journal.tests.history import add_region
from anju.testing.jobs import work_once


def test_a_job_on_the_queue_seals(new_house: str) -> None:
    add_region("97")
    seal_journal.defer(timestamp=0)
    work_once()
    assert Block.objects.count() == 1
    # The worker also files the periodic run when it starts just after one was due.
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"succeeded"}


def test_it_is_due_every_five_minutes() -> None:
    periodic = [task for task in app.periodic_registry.periodic_tasks.values() if task.task.name == seal_journal.name]
    assert [task.cron for task in periodic] == ["*/5 * * * *"]
