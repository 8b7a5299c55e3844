"""Where a row belongs: the two columns row-level security reads; and what every row of a kept book has beside its own columns."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Placed(models.Model):
    """A row of one bureau and region; row-level security stands on both."""

    region_code = models.CharField("区划", max_length=12)
    bureau_id = models.BigIntegerField("单位")

    class Meta:
        abstract = True


class Booked(Placed):
    """A row a kept ledger shows: with the system columns every ledger has."""

    batch_id = models.BigIntegerField("导入批次", null=True)
    origin = models.TextField("来源行", null=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    updated_at = models.DateTimeField("修改时间", db_default=Now())
    version = models.PositiveIntegerField("版次", default=1, db_default=1)
    voided_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        abstract = True
