"""Where a row belongs: the two columns row-level security reads."""

from __future__ import annotations

from django.db import models


class Placed(models.Model):
    """A row of one bureau and region."""

    region_code = models.CharField("区划", max_length=12)
    bureau_id = models.BigIntegerField("单位")

    class Meta:
        abstract = True
