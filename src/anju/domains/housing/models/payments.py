"""Payments: one row of money to one account. Once the bank has answered, a row never changes (GN-04)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.housing.models.agreements import Agreement
from anju.domains.housing.models.batches import PaymentBatch
from anju.domains.housing.models.decisions import SubsidyRun
from anju.domains.housing.models.households import Household
from anju.domains.housing.rules.words import TIERS
from anju.kernel.crypto.fields import BlindIndex, EncryptedText
from anju.kernel.database.placed import Booked


class Payment(Booked):
    """A payment. Payee, tier and number of persons are those of the day it was drafted. A failed row is paid by another that names it."""

    class State(models.TextChoices):
        WAITING = "waiting", "待发放"
        PAID = "paid", "已发放"
        FAILED = "failed", "发放失败"
        RETURNED = "returned", "已退回"

    SETTLED = ("paid", "failed", "returned")

    payment_no = models.CharField("发放编号", max_length=40)
    kind = models.CharField("补贴种类", max_length=20, choices=PaymentBatch.Kind)
    payment_batch = models.ForeignKey(PaymentBatch, verbose_name="发放批次", on_delete=models.PROTECT, null=True, related_name="payments")
    household = models.ForeignKey(
        Household, verbose_name="家庭", on_delete=models.PROTECT, null=True, related_name="payments", help_text="None for a purchase."
    )
    agreement = models.ForeignKey(Agreement, verbose_name="协议", on_delete=models.PROTECT, null=True, related_name="payments")
    run = models.ForeignKey(SubsidyRun, verbose_name="测算", on_delete=models.PROTECT, null=True, related_name="+")
    head = models.CharField("收款人", max_length=40)
    resident_id = EncryptedText("身份证号", kind="resident_id")
    resident_id_index = BlindIndex("resident_id")
    account = EncryptedText("收款账号", kind="bank_account", null=True)
    account_index = BlindIndex("account")
    bank = models.CharField("开户银行", max_length=60, blank=True, db_default="")
    persons = models.PositiveSmallIntegerField("保障人口", null=True)
    tier = models.PositiveSmallIntegerField("保障类别", choices=TIERS.items(), null=True)
    first_month = models.DateField("补贴起始月", null=True)
    months = models.PositiveSmallIntegerField("补贴月数", null=True)
    covers = models.CharField("补贴月份", max_length=400, blank=True, db_default="", help_text="2023-04,2023-05; empty in former books.")
    month_amount = models.BigIntegerField("月补贴额", null=True, help_text="Fen.")
    amount = models.BigIntegerField("发放金额", help_text="Fen.")
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING, db_default="waiting")
    settled_on = models.DateField("发放日期", null=True, help_text="The day the bank paid, refused or got it back.")
    failure = models.CharField("失败原因", max_length=120, blank=True, db_default="")
    reissue_of = models.OneToOneField("self", verbose_name="补发原行", on_delete=models.PROTECT, null=True, related_name="reissued_as")
    remark = models.CharField("备注", max_length=200, blank=True, db_default="")

    class Meta:
        verbose_name = "补贴发放"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "payment_no"], condition=Q(voided_at=None), name="housing_payment_no_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="payment_not_negative"),
            models.CheckConstraint(condition=Q(state="waiting") | Q(settled_on__isnull=False), name="settled_payment_has_a_day"),
            models.CheckConstraint(
                condition=Q(household__isnull=False) | Q(kind__in=("talent_purchase", "purchase_reward")), name="month_paid_to_a_household"
            ),
            models.CheckConstraint(condition=Q(reissue_of=None) | ~Q(reissue_of=F("id")), name="reissue_of_another"),
        ]
        indexes = [
            models.Index(fields=["bureau_id", "settled_on", "id"], condition=Q(voided_at=None), name="housing_payment_by_day"),
            models.Index(fields=["household", "-id"], name="payment_by_household"),
        ]

    def __str__(self) -> str:
        return self.payment_no
