"""What waits for somebody: tasks of casework, imports that nobody has confirmed yet."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.cases.queries import count_tasks
from anju.kernel.ledgers.models import ImportBatch

WAITING_STATES = ("pending", "blocked")


def waiting_imports(actor: Actor) -> QuerySet[ImportBatch]:
    """Batches of the reader's scope that are neither confirmed nor discarded, oldest first."""
    return actor.scope.narrow(ImportBatch.objects.filter(state__in=WAITING_STATES).order_by("pk"))


def waiting_tasks(actor: Actor) -> int:
    """How many tasks of casework wait for this person."""
    return count_tasks(actor, timezone.localdate()).all if actor.may("cases.work") else 0
