"""The history of a unit's stage, written by the database."""

from __future__ import annotations

from django.db import models

from anju.domains.property.models.unit import Unit
from anju.domains.property.stages import Event, Stage
from anju.kernel.database.placed import Placed


class UnitEvent(Placed):
    """One move of one unit; append-only, written by trigger so that no verb can forget it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="events")
    event = models.CharField("变化", max_length=14, choices=Event)
    before = models.CharField("原阶段", max_length=12, choices=Stage)
    after = models.CharField("新阶段", max_length=12, choices=Stage)
    on = models.DateField("日期")
    document = models.CharField("依据", max_length=80, blank=True)
    entry_id = models.BigIntegerField("动作", null=True)

    class Meta:
        verbose_name = "户室阶段变化"
        indexes = [
            models.Index(fields=["unit", "id"], name="unit_event_by_unit"),
            models.Index(fields=["bureau_id", "on", "id"], name="unit_event_by_day"),
        ]
