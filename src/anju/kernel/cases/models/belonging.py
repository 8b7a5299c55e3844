"""Columns every table of casework has: the case a row belongs to, and the case's region and bureau for row-level security."""

from __future__ import annotations

from django.db import models


class OfCase(models.Model):
    """A row of a case. A composite foreign key holds region and bureau to those of the case (`constraints.sql`)."""

    # Every table has an index of its own that begins with the case; one more would be paid for on every write.
    case = models.ForeignKey(
        "cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        abstract = True
