"""What waits for somebody: imports that nobody has confirmed yet."""

from __future__ import annotations

from django.db.models import QuerySet

from anju.kernel.access.actor import Actor
from anju.kernel.ledgers.models import ImportBatch

WAITING_STATES = ("pending", "blocked")


def waiting_imports(actor: Actor) -> QuerySet[ImportBatch]:
    """Batches of the reader's scope that are neither confirmed nor discarded, oldest first."""
    return actor.scope.narrow(ImportBatch.objects.filter(state__in=WAITING_STATES).order_by("pk"))


def waiting_count(actor: Actor) -> int:
    """How many things wait for this person."""
    return waiting_imports(actor).count() if actor.may("ledgers.import") else 0
