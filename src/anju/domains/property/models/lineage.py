"""Which unit became which (合并、分割)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.property.models.unit import Unit
from anju.kernel.database.placed import Placed


class Lineage(Placed):
    """One unit before and one after. A merge has several lines with one `after`, a split several with one `before`."""

    class Kind(models.TextChoices):
        MERGE = "merge", "合并"
        SPLIT = "split", "分割"

    before = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="became")
    after = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField("方式", max_length=6, choices=Kind)
    on = models.DateField("日期")
    document = models.CharField("依据", max_length=80)

    class Meta:
        verbose_name = "户室沿革"
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="lineage_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="lineage_of_two"),
            models.CheckConstraint(condition=~Q(document=""), name="lineage_has_document"),
        ]
