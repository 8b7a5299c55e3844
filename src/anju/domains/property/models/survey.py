"""Surveys (房产测绘成果): where areas come from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anju.domains.property.models.project import Building
from anju.domains.property.models.unit import Unit
from anju.kernel.database.placed import Placed


class Survey(Placed):
    """A survey of one building, reviewed and taken in. Its totals equal the sum of its units within 0.01 ㎡ a unit (MK-03)."""

    class Kind(models.TextChoices):
        PREDICTED = "predicted", "预测绘"
        MEASURED = "measured", "实测绘"

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="surveys")
    kind = models.CharField("类别", max_length=9, choices=Kind)
    document = models.CharField("成果编号", max_length=80)
    surveyor = models.CharField("测绘单位", max_length=80, blank=True)
    surveyed_on = models.DateField("测绘日期")
    unit_count = models.PositiveIntegerField("户室数")
    total_area = models.DecimalField("总建筑面积", max_digits=14, decimal_places=2)
    digest = models.CharField("文件摘要", max_length=64, blank=True, help_text="SM3 of the workbook it came in.")

    class Meta:
        verbose_name = "测绘成果"
        constraints = [
            models.UniqueConstraint(fields=["building", "kind", "document"], name="survey_once"),
            models.CheckConstraint(condition=~Q(document=""), name="survey_has_document"),
        ]


class SurveyedUnit(Placed):
    """The areas one survey gives one unit; append-only, so that the area of any day can be read again."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="surveyed")
    area = models.DecimalField("建筑面积", max_digits=12, decimal_places=2)
    inner_area = models.DecimalField("套内面积", max_digits=12, decimal_places=2, null=True)
    shared_area = models.DecimalField("分摊面积", max_digits=12, decimal_places=2, null=True)

    class Meta:
        verbose_name = "测绘户室"
        constraints = [models.UniqueConstraint(fields=["survey", "unit"], name="surveyed_once")]
