"""Publicity periods and the objections raised in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.cases.models.belonging import OfCase


class Publicity(OfCase):
    """A publicity (公示) of one case. `ends_on` is its last day. Several cases published together share `batch`."""

    task_id = models.BigIntegerField("待办", unique=True)
    batch = models.CharField("公示批次", max_length=60, blank=True)
    channels = models.CharField("公示渠道", max_length=200)
    starts_on = models.DateField("公示开始")
    span = models.CharField("公示期限", max_length=8)
    source = models.CharField("依据", max_length=120, blank=True)
    ends_on = models.DateField("公示截止")
    stopped_on = models.DateField("停止公示", null=True)
    lapsed = models.BooleanField("期满已处理", default=False)

    class Meta:
        db_table = "cases_publicity"
        verbose_name = "公示"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="publicity_begins_then_ends"),
            models.CheckConstraint(condition=Q(stopped_on=None) | Q(stopped_on__gte=F("starts_on")), name="publicity_begins_then_stops"),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="publicity_of_case"),
            models.Index(fields=["ends_on"], condition=Q(lapsed=False), name="publicity_running"),
            models.Index(fields=["bureau_id", "batch"], name="publicity_by_batch"),
        ]


class Objection(OfCase):
    """An objection (异议) to a published case. It holds up this case only."""

    class Outcome(models.TextChoices):
        OPEN = "", "核实中"
        DISMISSED = "dismissed", "不成立"
        UPHELD = "upheld", "成立"

    publicity = models.ForeignKey(Publicity, on_delete=models.PROTECT, related_name="objections")
    raised_on = models.DateField("提出日期")
    raised_by = models.CharField("异议人", max_length=60, blank=True)
    text = models.TextField("异议内容")
    due_on = models.DateField("答复期限", null=True)
    outcome = models.CharField("核实结果", max_length=10, choices=Outcome, default="", blank=True)
    answer = models.TextField("书面答复", blank=True)
    settled_on = models.DateField("答复日期", null=True)
    settled_by = models.CharField("核实人", max_length=60, blank=True)

    class Meta:
        db_table = "cases_objection"
        verbose_name = "异议"
        constraints = [
            models.CheckConstraint(condition=Q(outcome="") ^ Q(settled_on__isnull=False), name="objection_settled_on_a_day"),
            models.CheckConstraint(condition=Q(outcome="") | ~Q(answer=""), name="objection_answered_in_writing"),
            models.CheckConstraint(condition=Q(settled_on=None) | Q(settled_on__gte=F("raised_on")), name="objection_raised_then_settled"),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="objection_of_case"),
            models.Index(fields=["publicity"], condition=Q(outcome=""), name="objection_open"),
        ]
