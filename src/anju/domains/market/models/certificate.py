"""Certificates of housing (房屋证明): what the bureau's records say of a person on a day, to be verified by anybody who holds the paper."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.crypto.fields import BlindIndex, EncryptedText
from anju.kernel.database.placed import Booked


class Certificate(Booked):
    """One certificate. Issued here it carries scope, cut-off, purpose, validity and a code (SV-01), and what it says never changes.

    `result`: the homes it counts, each with place, area, state and document; null for rows of a book. `digest`: SM3 of the result's text.
    """

    class Kind(models.TextChoices):
        PERSONAL = "personal", "个人住房情况证明"
        FAMILY = "family", "家庭住房情况证明"
        CONTRACT = "contract", "网签备案证明"
        OTHER = "other", "其他证明"

    class Asker(models.TextChoices):
        SELF = "self", "本人"
        AGENT = "agent", "受托人"
        ORGAN = "organ", "司法、监察等机关"

    class State(models.TextChoices):
        ISSUED = "issued", "已开具"
        VOID = "void", "作废"

    certificate_no = models.CharField("证明编号", max_length=40)
    kind = models.CharField("证明类别", max_length=10, choices=Kind)
    applicant = models.CharField("申请人", max_length=40)
    resident_id = EncryptedText("证件号码", kind="resident_id", null=True)
    resident_id_index = BlindIndex("resident_id")
    asker = models.CharField("查询人", max_length=6, choices=Asker, blank=True, db_default="")
    authority = models.CharField("委托书或协助文书", max_length=120, blank=True, db_default="")
    purpose = models.CharField("用途", max_length=80, blank=True, db_default="")
    scope = models.CharField("查询范围", max_length=120, blank=True, db_default="")
    as_of = models.DateTimeField("数据截止", null=True)
    issued_on = models.DateField("开具日期")
    valid_until = models.DateField("有效期至", null=True)
    code = models.CharField("验证码", max_length=16, blank=True, db_default="")
    homes = models.PositiveSmallIntegerField("住房套数", null=True)
    result = models.JSONField("查询结果", null=True)
    digest = models.CharField("结果摘要", max_length=64, blank=True, db_default="")
    state = models.CharField("状态", max_length=6, choices=State)
    void_reason = models.CharField("作废原因", max_length=120, blank=True, db_default="")
    issued_by = models.CharField("开具人", max_length=60, blank=True, db_default="")

    class Meta:
        verbose_name = "房屋证明"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "certificate_no"], condition=Q(voided_at=None), name="certificate_no_once"),
            models.CheckConstraint(
                condition=Q(code="", result=None)
                | Q(
                    ~Q(code=""),
                    ~Q(purpose=""),
                    ~Q(scope=""),
                    ~Q(digest=""),
                    ~Q(asker=""),
                    as_of__isnull=False,
                    valid_until__gte=F("issued_on"),
                    homes__isnull=False,
                    result__isnull=False,
                    resident_id__isnull=False,
                    voided_at=None,
                ),
                name="certificate_says_all_of_it",
            ),
            models.CheckConstraint(condition=Q(asker__in=["", "self"]) | ~Q(authority=""), name="others_ask_with_a_document"),
            models.CheckConstraint(condition=Q(code="") | Q(state="issued") | ~Q(void_reason=""), name="certificate_void_for_a_reason"),
        ]
        indexes = [models.Index(fields=["bureau_id", "issued_on", "id"], condition=Q(voided_at=None), name="certificate_by_day")]

    def __str__(self) -> str:
        return self.certificate_no
