"""Withdrawals (预售资金支取): the applications of today and the rows of the book that was kept before."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.funds.models.escrow import Agreement, EscrowBuilding
from anju.domains.funds.models.movements import Payee
from anju.kernel.database.placed import Placed


class Withdrawal(Placed):
    """One application to pay. From application on its amount is reserved by a pending transfer; the receipt of the bank posts it.

    Rows taken in from the book of earlier years have no agreement and no transfer.
    """

    class Purpose(models.TextChoices):
        WORKS = "works", "工程款"
        MATERIALS = "materials", "材料款"
        WAGES = "wages", "农民工工资"
        DESIGN = "design", "设计监理费"
        TAX = "tax", "税费"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        APPLIED = "applied", "审核中"
        APPROVED = "approved", "待付款"
        PAID = "paid", "已拨付"
        RETURNED = "returned", "退件"

    application_no = models.CharField("申请编号", max_length=40)
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="withdrawals")
    building = models.ForeignKey(EscrowBuilding, null=True, on_delete=models.PROTECT, related_name="withdrawals")
    payee = models.ForeignKey(Payee, null=True, on_delete=models.PROTECT, related_name="withdrawals")
    project = models.CharField("项目名称", max_length=80)
    developer = models.CharField("开发企业", max_length=80)
    account_no = models.CharField("监管账号", max_length=40, null=True)
    bank = models.CharField("监管银行", max_length=60, null=True)
    purpose = models.CharField("用款用途", max_length=10, choices=Purpose)
    node = models.CharField("工程节点", max_length=60, null=True)
    invoice = models.CharField("发票", max_length=120, blank=True)
    applied_fen = models.BigIntegerField("申请金额")
    paid_fen = models.BigIntegerField("拨付金额", null=True)
    applied_on = models.DateField("申请日期")
    paid_on = models.DateField("拨付日期", null=True)
    state = models.CharField("状态", max_length=8, choices=State)
    emergency = models.CharField("应急依据", max_length=120, blank=True, help_text="Approved emergency use: the document.")
    frozen_marker = models.CharField("冻结期间支付依据", max_length=120, blank=True)
    reason = models.CharField("退件原因", max_length=200, blank=True)
    reserved_id = models.BigIntegerField("在途流水", null=True)
    case_id = models.BigIntegerField("办件", null=True)
    applied_by = models.BigIntegerField("经办人", null=True, help_text="Staff; somebody else approves.")
    approved_by = models.BigIntegerField("复核人", null=True)
    batch_id = models.BigIntegerField("导入批次", null=True)
    origin = models.TextField("来源行", null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField("版次", default=1, db_default=1)
    voided_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = "资金支取"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "application_no"], condition=Q(voided_at=None), name="application_no_once"),
            models.CheckConstraint(condition=Q(applied_fen__gte=0), name="withdrawal_amount"),
            models.CheckConstraint(
                condition=Q(paid_fen=None) | Q(paid_fen__gte=0, paid_fen__lte=F("applied_fen")), name="paid_within_applied"
            ),
            models.CheckConstraint(condition=Q(paid_on=None) | Q(paid_on__gte=F("applied_on")), name="paid_after_applied"),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_on__isnull=False, paid_fen__isnull=False), name="paid_has_day_and_amount"
            ),
            # PF-10: what is supervised goes to a payee of the project, with an invoice.
            models.CheckConstraint(
                condition=Q(agreement=None) | Q(building__isnull=False, payee__isnull=False, reserved_id__isnull=False) & ~Q(invoice=""),
                name="withdrawal_has_payee_and_invoice",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(applied_by=None) | ~Q(approved_by=F("applied_by")), name="withdrawal_approved_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau_id", "applied_on", "id"], condition=Q(voided_at=None), name="withdrawal_by_day"),
            models.Index(fields=["building", "id"], name="withdrawal_of_building"),
        ]

    def __str__(self) -> str:
        return self.application_no
