"""Projects and their buildings (项目、幢)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anju.kernel.database.placed import Placed


class Project(Placed):
    """A development or an estate (楼盘、小区)."""

    name = models.CharField("项目名称", max_length=80)
    code = models.CharField("项目代码", max_length=30, blank=True, help_text="投资项目代码 (GB/T 40058-2021).")
    parcel = models.CharField(
        "宗地代码", max_length=19, blank=True, help_text="The first 19 characters of its unit codes (GB/T 37346-2019)."
    )
    developer = models.CharField("开发企业", max_length=80, blank=True)
    developer_code = models.CharField("开发企业统一社会信用代码", max_length=18, blank=True)
    address = models.CharField("坐落", max_length=120, blank=True)
    entered_on = models.DateField("建表日期")

    class Meta:
        verbose_name = "项目"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "name"], name="project_name_once"),
            models.UniqueConstraint(fields=["bureau_id", "code"], condition=~Q(code=""), name="project_code_once"),
        ]
        indexes = [models.Index(fields=["developer_code"], name="project_by_developer")]

    def __str__(self) -> str:
        return self.name


class Building(Placed):
    """A building (幢). `surveyed_*`: the totals of the survey in force."""

    project = models.ForeignKey(Project, verbose_name="项目", on_delete=models.PROTECT, related_name="buildings")
    number = models.CharField("幢号", max_length=40)
    structure = models.CharField("结构", max_length=20, blank=True)
    floors_above = models.PositiveSmallIntegerField("地上层数", null=True)
    floors_below = models.PositiveSmallIntegerField("地下层数", null=True)
    finished_on = models.DateField("竣工日期", null=True)

    class Meta:
        verbose_name = "幢"
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="building_number_once")]

    def __str__(self) -> str:
        return self.number
