"""Parallel checks (并联核查): questions put to other departments and registers, and their answers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.cases.models.belonging import OfCase


class Check(OfCase):
    """One question about a case (about one person of it, when `about` says so). A new question replaces an older one of its kind.

    `valid_to`: the last day the answer may be relied on. (source, serial_no): an answer that comes twice changes nothing (GN-12).
    """

    class Result(models.TextChoices):
        OPEN = "", "待返回"
        PASS = "pass", "通过"
        FAIL = "fail", "不通过"
        UNCLEAR = "unclear", "存疑"
        TIMEOUT = "timeout", "超时"

    code = models.CharField("核查类型", max_length=40)
    title = models.CharField("名称", max_length=60)
    about = models.CharField("对象", max_length=80, blank=True)
    department = models.CharField("核查单位", max_length=60, blank=True)
    requested_on = models.DateField("发出日期")
    due_on = models.DateField("答复期限", null=True)
    result = models.CharField("结果", max_length=8, choices=Result, default="", blank=True)
    returned_on = models.DateField("返回日期", null=True)
    valid_to = models.DateField("结果有效期至", null=True)
    evidence = models.CharField("证据", max_length=200, blank=True)
    snapshot = models.CharField("快照摘要", max_length=64, blank=True)
    text = models.TextField("说明", blank=True)
    source = models.CharField("来源系统", max_length=40, blank=True)
    serial_no = models.CharField("流水号", max_length=80, blank=True)
    requested_by = models.CharField("发起人", max_length=60, blank=True)
    answered_by = models.CharField("登记人", max_length=60, blank=True)
    replaced = models.BooleanField("已重查", default=False)

    class Meta:
        db_table = "cases_check"
        verbose_name = "核查"
        constraints = [
            models.UniqueConstraint(fields=["case", "code", "about"], condition=Q(replaced=False), name="check_one_current"),
            models.UniqueConstraint(fields=["source", "serial_no"], condition=~Q(serial_no=""), name="check_answer_once"),
            models.CheckConstraint(condition=Q(result="") ^ Q(returned_on__isnull=False), name="check_returned_on_a_day"),
            models.CheckConstraint(condition=Q(returned_on=None) | Q(returned_on__gte=F("requested_on")), name="check_asked_then_returned"),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="check_of_case"),
            models.Index(fields=["bureau_id", "department", "due_on"], condition=Q(result="", replaced=False), name="check_waiting"),
        ]
