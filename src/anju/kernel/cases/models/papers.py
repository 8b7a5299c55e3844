"""Materials, the notices that ask for missing ones, and the documents a case ends with."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.cases.models.belonging import OfCase


class Material(OfCase):
    """A material of a case: not handed in, promised for later (容缺), or there. A broken promise says so."""

    class State(models.TextChoices):
        MISSING = "missing", "未交"
        PROMISED = "promised", "容缺"
        HANDED_IN = "handed_in", "已交"
        BREACHED = "breached", "逾期未补"

    code = models.CharField("材料", max_length=40)
    title = models.CharField("名称", max_length=60)
    state = models.CharField("状态", max_length=10, choices=State, default=State.MISSING)
    file = models.CharField("附件摘要", max_length=64, blank=True, help_text="SM3 of the content, as the room of files keeps it.")
    file_name = models.CharField("文件名", max_length=120, blank=True)
    copies = models.PositiveSmallIntegerField("份数", default=1)
    handed_in_on = models.DateField("收到日期", null=True)
    promised_on = models.DateField("承诺日期", null=True)
    promise_due_on = models.DateField("承诺补齐日期", null=True)
    promise_span = models.CharField("承诺期限", max_length=8, blank=True)

    class Meta:
        db_table = "cases_material"
        verbose_name = "材料"
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="material_once"),
            models.CheckConstraint(condition=~Q(state="handed_in") | Q(handed_in_on__isnull=False), name="material_there_on_a_day"),
            models.CheckConstraint(
                condition=~Q(state__in=["promised", "breached"]) | Q(promised_on__isnull=False), name="material_promised_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(promise_due_on=None) | Q(promise_due_on__gt=F("promised_on")), name="material_promise_then_due"
            ),
        ]
        indexes = [models.Index(fields=["promise_due_on"], condition=Q(state="promised"), name="material_promise_due")]

    def __str__(self) -> str:
        return f"{self.title} {self.state}"


class Notice(OfCase):
    """A supplement notice (补正一次性告知): everything that is missing, told at one time. Never changed."""

    before_acceptance = models.BooleanField("受理前")
    round = models.PositiveIntegerField("轮次")
    task_id = models.BigIntegerField("待办")
    given_on = models.DateField("告知日期")
    due_on = models.DateField("补正期限", null=True)
    late = models.CharField("逾期", max_length=10)

    class Meta:
        db_table = "cases_notice"
        verbose_name = "补正告知"
        constraints = [models.UniqueConstraint(fields=["case", "before_acceptance", "round"], name="notice_once_a_round")]


class NoticeItem(OfCase):
    """One thing a notice asks for: a material of the matter, or in words."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.CharField("材料", max_length=40, blank=True)
    text = models.CharField("补正内容", max_length=300)

    class Meta:
        db_table = "cases_notice_item"
        verbose_name = "补正内容"
        constraints = [models.UniqueConstraint(fields=["notice", "position"], name="notice_item_once")]


class Outcome(OfCase):
    """A document a case ended with (结果文书): a certificate, a decision, a refusal."""

    code = models.CharField("文书", max_length=40)
    title = models.CharField("名称", max_length=60)
    number = models.CharField("文号", max_length=60, blank=True)
    file = models.CharField("附件摘要", max_length=64, blank=True)
    issued_on = models.DateField("出具日期")
    valid_to = models.DateField("有效期至", null=True)

    class Meta:
        db_table = "cases_outcome"
        verbose_name = "结果文书"
        constraints = [models.UniqueConstraint(fields=["bureau_id", "code", "number"], condition=~Q(number=""), name="outcome_number_once")]
        indexes = [models.Index(fields=["case", "id"], name="outcome_of_case")]
