"""What comes in by contract, what goes back, and who may be paid."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.funds.models.escrow import Agreement, EscrowBuilding
from anju.kernel.database.placed import Placed


class Inflow(Placed):
    """Money that came into the supervised account. Attributed to a contract, or waiting in the pool (不明进账)."""

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", "定金"
        FIRST = "first", "首付款"
        INSTALMENT = "instalment", "分期款"
        LUMP = "lump", "一次性付款"
        COMMERCIAL_LOAN = "commercial_loan", "商业贷款"
        FUND_LOAN = "fund_loan", "公积金贷款"
        OTHER = "other", "其他"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="inflows")
    building = models.ForeignKey(EscrowBuilding, null=True, on_delete=models.PROTECT, related_name="inflows")
    contract_no = models.CharField("合同编号", max_length=40, blank=True)
    buyer = models.CharField("买受人", max_length=80, blank=True)
    kind = models.CharField("款项", max_length=16, choices=Kind, default=Kind.OTHER)
    amount_fen = models.BigIntegerField("金额")
    received_on = models.DateField("到账日期")
    source = models.CharField("来源", max_length=40, help_text="Who told: the bank's interface, a statement, the counter.")
    serial_no = models.CharField("银行流水号", max_length=60)
    payer = models.CharField("付款人", max_length=80)
    payer_tail = models.CharField("付款账号尾号", max_length=4, blank=True)
    transfer_id = models.BigIntegerField("流水")
    attributed_on = models.DateField("归集日期", null=True)
    reversed_on = models.DateField("红冲日期", null=True)

    class Meta:
        verbose_name = "监管资金入账"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "source", "serial_no"], name="inflow_serial_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="inflow_amount"),
            # PF-17: every fen belongs to a contract of a building or waits in the pool.
            models.CheckConstraint(
                condition=Q(building=None, contract_no="", attributed_on=None)
                | Q(building__isnull=False, attributed_on__isnull=False) & ~Q(contract_no=""),
                name="inflow_attributed_or_pooled",
            ),
        ]
        indexes = [
            models.Index(fields=["contract_no", "id"], name="inflow_by_contract"),
            models.Index(fields=["agreement", "received_on"], condition=Q(building=None, reversed_on=None), name="inflow_pool"),
        ]

    @property
    def is_loan(self) -> bool:
        """Paid by a lender: a refund goes to the lender first."""
        return self.kind in (Inflow.Kind.COMMERCIAL_LOAN, Inflow.Kind.FUND_LOAN)


class Refund(Placed):
    """Money going back because a contract was cancelled (退房退款)."""

    class State(models.TextChoices):
        APPLIED = "applied", "待退"
        PAID = "paid", "已退"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="refunds")
    building = models.ForeignKey(EscrowBuilding, on_delete=models.PROTECT, related_name="refunds")
    contract_no = models.CharField("合同编号", max_length=40)
    amount_fen = models.BigIntegerField("金额")
    document = models.CharField("依据", max_length=120, help_text="The cancellation.")
    applied_on = models.DateField("申请日期")
    state = models.CharField("状态", max_length=7, choices=State, default=State.APPLIED)
    paid_on = models.DateField("退款日期", null=True)

    class Meta:
        verbose_name = "监管资金退款"
        constraints = [
            models.UniqueConstraint(fields=["contract_no", "document"], name="refund_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_amount"),
            models.CheckConstraint(
                condition=Q(state="applied", paid_on=None) | Q(state="paid", paid_on__gte=F("applied_on")), name="refund_paid_on"
            ),
        ]


class RefundPart(Placed):
    """The part of a refund that goes to one original payer; lenders first."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="parts")
    inflow = models.ForeignKey(Inflow, on_delete=models.PROTECT, related_name="refunded")
    position = models.PositiveSmallIntegerField("顺序")
    amount_fen = models.BigIntegerField("金额")
    transfer_id = models.BigIntegerField("在途流水")

    class Meta:
        verbose_name = "退款明细"
        constraints = [
            models.UniqueConstraint(fields=["refund", "inflow"], name="refund_part_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_part_amount"),
        ]


class Payee(Placed):
    """A contractor or supplier of the project, with the contract that money may be paid on (PF-10)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="payees")
    name = models.CharField("单位名称", max_length=80)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    contract_no = models.CharField("合同编号", max_length=60)
    contract_fen = models.BigIntegerField("合同价款")
    account_tail = models.CharField("收款账号尾号", max_length=4, blank=True)

    class Meta:
        verbose_name = "收款单位"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "contract_no"], name="payee_contract_once"),
            models.CheckConstraint(condition=Q(contract_fen__gt=0) & ~Q(contract_no=""), name="payee_has_contract"),
        ]

    def __str__(self) -> str:
        return self.name
