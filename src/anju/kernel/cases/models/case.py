"""A case, the tasks it has made for people, and every move it has made."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case as Switch
from django.db.models import F, Q, Value, When

from anju.kernel.calendar.columns import ClockColumns
from anju.kernel.cases.engine.situation import ALIVE, FINAL, State, TaskState
from anju.kernel.cases.matters.words import APPLICANTS, OWN_STATES
from anju.kernel.cases.models.belonging import OfCase
from anju.kernel.cases.models.catalogue import MatterVersion
from anju.kernel.crypto.fields import BlindIndex, EncryptedText

_FINAL = sorted(FINAL)
_ALIVE = sorted(ALIVE)


class Case(models.Model):
    """A matter somebody applied for, or the office took up, from receipt to the end.

    Columns from `state` to `extensions` are the engine's (`engine.situation.Situation`); `revision` counts the moves.
    """

    follow_code = ""
    """What the applicant follows the case with, on the instance that opened it; only its digest is kept."""

    number = models.CharField("案号", max_length=40)
    matter = models.CharField("事项", max_length=40)
    matter_version = models.ForeignKey(MatterVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    region_code = models.CharField("区划", max_length=12)
    bureau_id = models.BigIntegerField("单位")
    subject = models.CharField("业务记录", max_length=120, blank=True, help_text="kind:number of the slice's record.")
    applicant_kind = models.CharField("申请人类型", max_length=12, choices=list(APPLICANTS.items()))
    applicant = models.CharField("申请人", max_length=80)
    applicant_id = EncryptedText("身份证号", kind="resident_id", null=True)
    applicant_id_index = BlindIndex("applicant_id")
    applicant_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    applicant_phone = EncryptedText("电话", kind="phone", null=True, indexed=False)
    data = models.JSONField("条件数据", default=dict, help_text="What conditions of the matter speak of; what is reported lives elsewhere.")

    state = models.CharField("状态", max_length=14, choices=list(OWN_STATES.items()))
    stage = models.CharField("阶段", max_length=40)
    round = models.PositiveIntegerField("轮次", default=1)
    way_back = ArrayField(models.CharField(max_length=40), default=list, verbose_name="直送")
    held = models.CharField("中止前状态", max_length=14, blank=True)
    suspended_for = models.CharField("中止事由", max_length=40, blank=True)
    pauses = ArrayField(models.CharField(max_length=40), default=list, verbose_name="停表事由")
    noticed = models.PositiveSmallIntegerField("受理前告知次数", default=0)
    noticed_round = models.PositiveIntegerField("告知轮次", default=0)
    extensions = models.PositiveSmallIntegerField("延长次数", default=0)
    revision = models.PositiveIntegerField("第几步", default=1)
    place = models.GeneratedField(
        expression=Switch(When(state__in=_FINAL, then=Value(None)), default=F("stage")),
        output_field=models.CharField(max_length=40, null=True),
        db_persist=True,
    )

    received_at = models.DateTimeField("收件时间")
    accepted_at = models.DateTimeField("受理时间", null=True)
    completed_at = models.DateTimeField("办结时间", null=True)
    tacit = models.BooleanField("视为受理", default=False)
    online = models.BooleanField("网上申请", default=False)
    reason = models.CharField("结论理由", max_length=40, blank=True, help_text="A code of the matter: refusals, terminations, reopenings.")
    follow_digest = models.CharField("查询码摘要", max_length=64, blank=True)
    opened_by = models.CharField("收件人", max_length=60)

    class Meta:
        db_table = "cases_case"
        verbose_name = "案件"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="case_number_unique"),
            models.UniqueConstraint(fields=["bureau_id", "matter", "year", "serial"], name="case_number_once"),
            models.UniqueConstraint(fields=["id", "place"], name="case_place"),
            models.UniqueConstraint(fields=["id", "region_code", "bureau_id"], name="case_belongs"),
            models.CheckConstraint(condition=Q(state__in=list(OWN_STATES)), name="case_state"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(accepted_at__gte=F("received_at")), name="case_received_then_accepted"
            ),
            models.CheckConstraint(condition=Q(completed_at=None) | Q(completed_at__gte=F("received_at")), name="case_received_then_ended"),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(accepted_at=None) | Q(completed_at__gte=F("accepted_at")),
                name="case_accepted_then_ended",
            ),
            models.CheckConstraint(condition=Q(completed_at=None) ^ Q(state__in=_FINAL), name="case_ended_when_final"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.RUNNING, State.COMPLETED, State.REFUSED]) | Q(accepted_at__isnull=False),
                name="case_accepted_when_running",
            ),
            models.CheckConstraint(condition=Q(state=State.SUSPENDED) ^ Q(held=""), name="case_held_when_suspended"),
        ]
        indexes = [
            models.Index(fields=["bureau_id", "-id"], name="case_newest"),
            models.Index(fields=["region_code", "-id"], name="case_by_region"),
            models.Index(fields=["subject"], name="case_by_subject"),
            models.Index(fields=["applicant"], name="case_by_applicant"),
            models.Index(fields=["applicant_id_index"], name="case_by_applicant_id"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def final(self) -> bool:
        """Whether it has ended."""
        return self.state in FINAL

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return OWN_STATES[self.state]


class CaseCounter(models.Model):
    """The last serial number given out, by bureau, matter and year. It only grows, so a number is never used again."""

    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()
    matter = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "cases_counter"
        verbose_name = "案号计数"
        constraints = [models.UniqueConstraint(fields=["bureau_id", "matter", "year"], name="case_counter_once")]


class Task(OfCase, ClockColumns):
    """One activation of a step: whose turn it is or was, with its own clock (`ClockColumns`; its stops are `ClockEvent`s).

    Decided tasks are never changed again, except that their decision stops to stand (`standing`).
    """

    stage = models.CharField("阶段", max_length=40)
    step = models.CharField("环节", max_length=40)
    round = models.PositiveIntegerField("轮次")
    signer = models.PositiveSmallIntegerField("加签序号", default=0)
    placed = models.CharField("加签方式", max_length=8, blank=True)
    status = models.CharField("状态", max_length=10, default=TaskState.OPEN)
    role = models.CharField("角色", max_length=40, blank=True)
    upper = models.BooleanField("上级办理", default=False)
    department_id = models.BigIntegerField("股室", null=True)
    holder_id = models.BigIntegerField("经办人", null=True)
    holder_name = models.CharField("经办人姓名", max_length=60, blank=True)
    decision = models.CharField("决定", max_length=10, blank=True)
    decided_by = models.BigIntegerField("决定人", null=True)
    standing = models.BooleanField("有效", default=False)
    level = models.PositiveSmallIntegerField("级次", null=True)
    opened_at = models.DateTimeField("转入时间")
    ended_at = models.DateTimeField("办出时间", null=True)
    interrupted = models.BooleanField("期限有变动", default=False, help_text="Its clock has events of its own.")
    used_days = models.PositiveIntegerField("用时", null=True, help_text="Days counted until it ended, in the unit of its limit.")
    open_place = models.GeneratedField(
        expression=Switch(When(status__in=_ALIVE, then=F("stage")), default=Value(None)),
        output_field=models.CharField(max_length=40, null=True),
        db_persist=True,
    )

    class Meta:
        db_table = "cases_task"
        verbose_name = "待办"
        constraints = [
            models.UniqueConstraint(fields=["case", "step", "signer"], condition=Q(status__in=_ALIVE), name="task_one_open_per_seat"),
            models.UniqueConstraint(fields=["case", "step", "signer"], condition=Q(standing=True), name="task_one_standing_per_seat"),
            models.CheckConstraint(condition=Q(status__in=[one.value for one in TaskState]), name="task_status"),
            models.CheckConstraint(condition=Q(status__in=_ALIVE) ^ Q(ended_at__isnull=False), name="task_ended_when_not_alive"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("opened_at")), name="task_opened_then_ended"),
            models.CheckConstraint(condition=Q(status=TaskState.DECIDED) ^ Q(decision=""), name="task_decision_when_decided"),
            models.CheckConstraint(condition=Q(standing=False) | Q(status=TaskState.DECIDED), name="task_stands_when_decided"),
            models.CheckConstraint(condition=Q(signer=0) ^ Q(placed__in=["before", "parallel", "after"]), name="task_signer_placed"),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="task_of_case"),
            models.Index(fields=["holder_id", "due_on", "id"], condition=Q(status__in=_ALIVE), name="task_of_holder"),
            models.Index(
                fields=["bureau_id", "role", "due_on", "id"], condition=Q(status__in=_ALIVE, holder_id=None), name="task_in_queue"
            ),
            models.Index(fields=["bureau_id", "due_on", "id"], condition=Q(status__in=_ALIVE), name="task_by_due"),
            models.Index(fields=["decided_by", "-ended_at"], condition=Q(decided_by__isnull=False), name="task_decided_by"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.status}"

    @property
    def alive(self) -> bool:
        """Whether it waits for somebody."""
        return self.status in ALIVE


class Move(OfCase):
    """One move of a case, never changed: what was done, from where to where, by whom, why."""

    seq = models.PositiveIntegerField("第几步")
    verb = models.CharField("动作", max_length=20)
    task_id = models.BigIntegerField("待办", null=True)
    step = models.CharField("环节", max_length=40, blank=True)
    from_state = models.CharField(max_length=14, blank=True)
    from_stage = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=14)
    to_stage = models.CharField(max_length=40)
    target = models.CharField("去处", max_length=40, blank=True)
    reason = models.CharField("理由代码", max_length=40, blank=True)
    text = models.TextField("说明", blank=True)
    data = models.JSONField("填写", default=dict, help_text="Fields of the step, as declared by the matter.")
    staff_id = models.BigIntegerField("人员", null=True)
    actor = models.CharField("经办人", max_length=60)
    on_behalf_of = models.CharField("代", max_length=60, blank=True)
    department = models.CharField("股室", max_length=60, blank=True)
    entry_id = models.BigIntegerField("日志", null=True)
    on = models.DateField("日期")
    at = models.DateTimeField("时间")

    class Meta:
        db_table = "cases_move"
        verbose_name = "流转"
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="move_once")]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"
