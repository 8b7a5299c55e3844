"""Delegations: somebody acts for somebody else until a day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Delegation(models.Model):
    """`delegate` may act on the tasks of `principal` from `starts_on` to `ends_on`, both included; on one matter, or on all."""

    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()
    principal_id = models.BigIntegerField("委托人")
    principal_name = models.CharField("委托人姓名", max_length=60)
    delegate_id = models.BigIntegerField("受托人")
    delegate_name = models.CharField("受托人姓名", max_length=60)
    matter = models.CharField("事项", max_length=40, blank=True)
    starts_on = models.DateField("开始")
    ends_on = models.DateField("截止")
    revoked_on = models.DateField("撤销", null=True)
    reason = models.CharField("事由", max_length=200, blank=True)

    class Meta:
        db_table = "cases_delegation"
        verbose_name = "委托办理"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="delegation_begins_then_ends"),
            models.CheckConstraint(condition=~Q(principal_id=F("delegate_id")), name="delegation_to_somebody_else"),
        ]
        indexes = [models.Index(fields=["delegate_id", "ends_on"], name="delegation_to")]
