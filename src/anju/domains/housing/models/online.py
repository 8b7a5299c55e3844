"""Applications from the internet, before a clerk has received them: whoever wrote them is not known to be who they say."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anju.domains.housing.models.applications import Application
from anju.domains.housing.models.households import Member
from anju.domains.housing.rules.words import DEGREE_CODES, DEGREES
from anju.kernel.crypto.fields import BlindIndex, EncryptedText
from anju.kernel.database.placed import Placed


class OnlineRequest(Placed):
    """A request (网上申报). It binds nobody and bars nobody until a clerk receives it; then its application carries on.

    `due_on`: the last day to receive it or send it back (行政许可法第三十二条). `code`: what it is followed with, passed on to the case.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待收件"
        RECEIVED = "received", "已收件"
        SENT_BACK = "sent_back", "已退回"

    number = models.CharField("申报编号", max_length=40, unique=True)
    product = models.CharField("申请事项", max_length=20, choices=Application.Product)
    address = EncryptedText("住址", kind="address", indexed=False, null=True)
    month_rent = models.BigIntegerField("月租金", null=True, help_text="Fen.")
    employer = models.CharField("用人单位", max_length=80, blank=True, db_default="")
    degree = models.CharField(
        "学历", max_length=10, choices=[(code, DEGREES[number]) for code, number in DEGREE_CODES.items()], blank=True, db_default=""
    )
    graduated_on = models.DateField("毕业日期", null=True)
    submitted_at = models.DateTimeField("提交时间")
    due_on = models.DateField("收件截止")
    code = EncryptedText("查询码", kind="certificate", indexed=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField("退回理由", max_length=200, blank=True, db_default="")
    handled_at = models.DateTimeField("办理时间", null=True)
    handled_by = models.CharField("办理人", max_length=60, blank=True, db_default="")
    application = models.OneToOneField(Application, verbose_name="申请", on_delete=models.PROTECT, null=True, related_name="asked_online")

    class Meta:
        verbose_name = "网上申报"
        constraints = [
            models.CheckConstraint(condition=Q(state="received") ^ Q(application=None), name="received_request_has_its_application"),
            models.CheckConstraint(condition=~Q(state="sent_back") | ~Q(reason=""), name="sent_back_for_a_reason"),
            models.CheckConstraint(condition=Q(state="waiting") ^ Q(handled_at__isnull=False), name="request_handled_at_a_time"),
        ]
        indexes = [models.Index(fields=["bureau_id", "state", "due_on"], name="online_request_by_due")]

    def __str__(self) -> str:
        return self.number


class OnlinePerson(Placed):
    """Somebody a request names. `first`: the applicant; one request of a person waits at a time."""

    request = models.ForeignKey(OnlineRequest, on_delete=models.PROTECT, related_name="people")
    ordinal = models.PositiveSmallIntegerField("顺序")
    name = models.CharField("姓名", max_length=40)
    resident_id = EncryptedText("身份证号", kind="resident_id")
    resident_id_index = BlindIndex("resident_id")
    phone = EncryptedText("电话", kind="phone", indexed=False, null=True)
    relation = models.CharField("与申请人关系", max_length=10, choices=Member.Relation)
    student = models.BooleanField("在校学生", default=False, db_default=False)
    waits = models.BooleanField(default=True, db_default=True)

    class Meta:
        verbose_name = "网上申报人员"
        constraints = [
            models.UniqueConstraint(fields=["request", "ordinal"], name="online_person_once"),
            models.UniqueConstraint(fields=["resident_id_index"], condition=Q(ordinal=0, waits=True), name="one_waiting_request"),
            models.CheckConstraint(condition=Q(ordinal=0) ^ ~Q(relation="applicant"), name="the_first_applies"),
        ]

    def __str__(self) -> str:
        return self.name
