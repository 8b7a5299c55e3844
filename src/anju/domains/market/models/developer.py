"""Developers and who signs for them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.database.placed import Placed


class Developer(Placed):
    """A developer (开发企业) with its qualification (资质). Suspended: signs nothing until it is resumed (C01)."""

    name = models.CharField("企业名称", max_length=80)
    code = models.CharField("统一社会信用代码", max_length=18)
    grade = models.CharField("资质等级", max_length=20, blank=True)
    grade_no = models.CharField("资质证书号", max_length=40, blank=True)
    grade_until = models.DateField("资质有效期至", null=True)
    suspended_on = models.DateField("暂停网签日期", null=True)
    suspend_document = models.CharField("暂停依据", max_length=80, blank=True)

    class Meta:
        verbose_name = "开发企业"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "code"], name="developer_once"),
            models.CheckConstraint(condition=Q(suspended_on=None) | ~Q(suspend_document=""), name="suspension_has_document"),
        ]

    def __str__(self) -> str:
        return self.name


class Operator(Placed):
    """A person who signs for one developer, and for no other's units."""

    staff_id = models.BigIntegerField("操作员")
    developer = models.ForeignKey(Developer, on_delete=models.PROTECT, related_name="operators")
    since = models.DateField("授权日期")
    ended_on = models.DateField("终止日期", null=True)

    class Meta:
        verbose_name = "网签操作员"
        constraints = [
            models.UniqueConstraint(fields=["staff_id"], condition=Q(ended_on=None), name="operator_of_one"),
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("since")), name="operator_dates_in_order"),
        ]
