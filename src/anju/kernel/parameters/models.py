"""The versions of values. Append-only: a change, an end and a correction are each a further version that supersedes one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.parameters.declaration import Kind


class ParameterValue(models.Model):
    """One version of a value of one parameter in one region. Its number is the version a decision stores.

    A version holds until another supersedes it. Of those that hold, no two of one parameter, region and origin overlap (a trigger sees to
    it). `voided`: the superseded version never should have been; this one holds on no day.
    """

    class Origin(models.TextChoices):
        PRODUCT = "product", "随产品"
        INSTALLATION = "installation", "本单位录入"

    name = models.CharField("参数", max_length=80)
    region_code = models.CharField("适用地区", max_length=12, blank=True, default="", help_text="Empty: the whole country.")
    origin = models.CharField("来源", max_length=12, choices=Origin, default=Origin.INSTALLATION)
    kind = models.CharField("类型", max_length=8, choices=[(kind.value, kind.value) for kind in Kind])
    value = models.JSONField("值", help_text="Canonical; see parameters.values.")
    effective_from = models.DateField("起始日期")
    effective_to = models.DateField("终止日期", null=True, help_text="Exclusive; null while open.")
    document = models.CharField("文号", max_length=200)
    reason = models.CharField("理由", max_length=300)
    voided = models.BooleanField("撤回", default=False)
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    recorded_at = models.DateTimeField("录入时间", auto_now_add=True)
    recorded_by = models.CharField("录入人", max_length=60)

    class Meta:
        verbose_name = "参数值"
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gt=F("effective_from")), name="parameters_dates_in_order"
            ),
            models.CheckConstraint(condition=~Q(document="") & ~Q(reason=""), name="parameters_are_cited"),
            models.CheckConstraint(
                condition=Q(region_code__regex=r"^(\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?)?$"), name="parameters_region_shape"
            ),
            models.CheckConstraint(condition=Q(voided=False) | Q(supersedes__isnull=False), name="parameters_void_what_was"),
        ]
        indexes = [models.Index(fields=["name", "region_code", "effective_from"], name="parameters_by_name")]

    def __str__(self) -> str:
        return f"{self.name} {self.effective_from}"
