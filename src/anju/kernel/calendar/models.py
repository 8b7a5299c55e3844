"""The dated table: notices and the days they speak of. Append-only; a later notice changes a day, a correction replaces a notice."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """A document that arranges days off and make-up working days (放假安排通知), of the State Council or of a region for its feasts."""

    number = models.CharField("发文字号", max_length=60)
    year = models.PositiveSmallIntegerField("年份")
    title = models.CharField("标题", max_length=160)
    dated = models.DateField("成文日期")
    url = models.CharField("网址", max_length=300, blank=True)
    region_code = models.CharField("适用地区", max_length=12, blank=True, default="", help_text="Empty: the whole country.")
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by", help_text="The wrong entry of the same document."
    )

    class Meta:
        verbose_name = "放假安排通知"
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=1950, year__lte=2200), name="calendar_notice_year"),
            models.CheckConstraint(condition=~Q(number=""), name="calendar_notice_has_a_number"),
            models.CheckConstraint(condition=Q(region_code__regex=r"^(\d{2}(\d{2}(\d{2})?)?)?$"), name="calendar_notice_region"),
            models.UniqueConstraint(fields=["region_code", "number"], condition=Q(supersedes=None), name="calendar_notice_entered_once"),
        ]

    def __str__(self) -> str:
        return self.number


class ExceptionalDay(models.Model):
    """One day of a notice: off, or worked though a weekend."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "放假"
        WORKING = "working", "上班"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="days")
    day = models.DateField("日期")
    kind = models.CharField("安排", max_length=7, choices=Kind)
    name = models.CharField("节日", max_length=60)

    class Meta:
        verbose_name = "例外日"
        constraints = [
            models.UniqueConstraint(fields=["notice", "day"], name="calendar_day_once_per_notice"),
            models.CheckConstraint(condition=Q(kind__in=["holiday", "working"]), name="calendar_day_kind"),
        ]
        indexes = [models.Index(fields=["day"], name="calendar_by_day")]

    def __str__(self) -> str:
        return f"{self.day}"
