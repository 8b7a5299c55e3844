"""Special loans of guaranteed delivery (保交楼专项借款): approved, arrived, paid out; repaid. Never more than was there before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anju.kernel.database.placed import Placed


class SpecialLoan(Placed):
    """The loan of one project in one batch. Arrivals and payments move in an account of its own (专户)."""

    project_no = models.CharField("项目编号", max_length=40)
    project = models.CharField("项目名称", max_length=80)
    batch = models.PositiveSmallIntegerField("批次")
    applied_fen = models.BigIntegerField("申请金额")
    approved_fen = models.BigIntegerField("批准金额")
    approved_on = models.DateField("批准日期")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    bank_account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    allowance_account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "专项借款"
        constraints = [
            # DL-04: a project is on one list and in one batch.
            models.UniqueConstraint(fields=["bureau_id", "project_no"], name="special_loan_once"),
            models.CheckConstraint(condition=Q(approved_fen__gt=0, applied_fen__gt=0), name="special_loan_amounts"),
        ]

    def __str__(self) -> str:
        return self.project


class LoanArrival(Placed):
    """Loan money that arrived in the project's special account (到位)."""

    loan = models.ForeignKey(SpecialLoan, on_delete=models.PROTECT, related_name="arrivals")
    amount_fen = models.BigIntegerField("到位金额")
    arrived_on = models.DateField("到位日期")
    document = models.CharField("凭证", max_length=120)
    transfer_id = models.BigIntegerField("流水")

    class Meta:
        verbose_name = "借款到位"
        constraints = [models.UniqueConstraint(fields=["loan", "document"], name="arrival_once")]


class LoanPayment(Placed):
    """Loan money paid to the works side (拨付). Rows taken in from the book of earlier years have no loan and no transfer."""

    class State(models.TextChoices):
        PAID = "paid", "已拨付"
        RETURNED = "returned", "退回"

    voucher_no = models.CharField("拨付凭证号", max_length=40)
    loan = models.ForeignKey(SpecialLoan, null=True, on_delete=models.PROTECT, related_name="payments")
    listed_id = models.BigIntegerField("清单项目", null=True, help_text="The record of the delivery list the voucher names.")
    project = models.CharField("项目名称", max_length=80, null=True)
    payee = models.CharField("收款单位", max_length=80)
    amount_fen = models.BigIntegerField("拨付金额")
    paid_on = models.DateField("拨付日期")
    state = models.CharField("状态", max_length=8, choices=State)
    transfer_id = models.BigIntegerField("流水", null=True)
    batch_id = models.BigIntegerField("导入批次", null=True)
    origin = models.TextField("来源行", null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField("版次", default=1, db_default=1)
    voided_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = "借款拨付"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "voucher_no"], condition=Q(voided_at=None), name="voucher_once"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="loan_payment_amount"),
            models.CheckConstraint(condition=Q(loan=None) | Q(transfer_id__isnull=False), name="loan_payment_moves_money"),
        ]
        indexes = [models.Index(fields=["bureau_id", "paid_on", "id"], condition=Q(voided_at=None), name="loan_payment_by_day")]
