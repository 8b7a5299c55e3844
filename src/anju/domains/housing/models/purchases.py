"""Subsidies of purchases, once per person and home for the life of a policy (RB-10), paid at once or in tranches (RB-12)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.housing.models.payments import Payment
from anju.domains.housing.rules.words import DEGREE_CODES, DEGREES
from anju.kernel.crypto.fields import BlindIndex, EncryptedText
from anju.kernel.database.placed import Booked, Placed


class PurchaseSubsidy(Booked):
    """A subsidy of one person for one home. `returned_on`: repaid; until then its contract cannot be cancelled (RB-13).

    A reward (进城购房奖励) is judged by the day, area and deed tax of the purchase; a talent's subsidy by the degree.
    """

    class Kind(models.TextChoices):
        TALENT = "talent_purchase", "人才购房补贴"
        REWARD = "purchase_reward", "进城购房奖励"

    class State(models.TextChoices):
        REVIEWING = "reviewing", "审核中"
        APPROVED = "approved", "待发放"
        PAID = "paid", "已发放"
        REFUSED = "refused", "不符合"

    LIVE = ("reviewing", "approved", "paid")
    follow_code = ""
    """What the applicant follows the case with, on the instance that opened it; never kept."""

    application_no = models.CharField("申请编号", max_length=40)
    kind = models.CharField("补贴种类", max_length=20, choices=Kind, default=Kind.TALENT, db_default=Kind.TALENT)
    policy = models.CharField("政策依据", max_length=80, blank=True, db_default="", help_text="Document number; empty in former books.")
    applicant = models.CharField("姓名", max_length=40)
    resident_id = EncryptedText("身份证号", kind="resident_id")
    resident_id_index = BlindIndex("resident_id")
    employer = models.CharField("工作单位", max_length=80, blank=True, db_default="")
    degree = models.CharField(
        "学位", max_length=10, choices=[(code, DEGREES[number]) for code, number in DEGREE_CODES.items()], blank=True, db_default=""
    )
    bought_on = models.DateField("购房日期", null=True, help_text="Whichever day of the purchase the policy names.")
    area = models.DecimalField("建筑面积", max_digits=10, decimal_places=2, null=True, help_text="㎡")
    round = models.PositiveSmallIntegerField("批次", null=True, help_text="In which a reward is published and paid.")
    household_no = models.CharField("户号", max_length=40, blank=True, db_default="")
    deed_tax = models.BigIntegerField("已缴契税", null=True, help_text="Fen.")
    contract_no = models.CharField("购房合同编号", max_length=40, blank=True, db_default="")
    amount = models.BigIntegerField("补贴金额", help_text="Fen; the sum of its tranches.")
    applied_on = models.DateField("申请日期")
    approved_on = models.DateField("审定日期", null=True)
    paid_on = models.DateField("发放日期", null=True, help_text="Of the first tranche.")
    state = models.CharField("状态", max_length=10, choices=State)
    returned_on = models.DateField("退还日期", null=True)
    return_receipt = models.CharField("退还凭证", max_length=80, blank=True, db_default="")
    account = EncryptedText("收款账号", kind="bank_account", indexed=False, null=True)
    bank = models.CharField("开户银行", max_length=60, blank=True, db_default="")
    case_id = models.BigIntegerField("办件", null=True, unique=True)

    class Meta:
        verbose_name = "购房补贴"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "application_no"], condition=Q(voided_at=None), name="housing_purchase_no_once"),
            models.UniqueConstraint(
                fields=["resident_id_index", "policy"],
                condition=Q(state__in=("reviewing", "approved", "paid"), voided_at=None, returned_on=None),
                name="one_purchase_subsidy_per_person",
            ),
            models.UniqueConstraint(
                fields=["bureau_id", "contract_no", "policy"],
                condition=Q(state__in=("reviewing", "approved", "paid"), voided_at=None, returned_on=None) & ~Q(contract_no=""),
                name="one_purchase_subsidy_per_home",
            ),
            models.CheckConstraint(condition=Q(voided_at=None) | Q(case_id=None), name="carried_purchase_stands"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="purchase_not_negative"),
            models.CheckConstraint(
                condition=(Q(kind="talent_purchase") & ~Q(degree=""))
                | (
                    Q(kind="purchase_reward", bought_on__isnull=False)
                    & ~Q(policy="")
                    & (Q(case_id=None, round__isnull=False) | (Q(case_id__isnull=False, area__gt=0) & ~Q(contract_no="")))
                ),
                name="purchase_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(returned_on=None) | Q(paid_on__isnull=False, returned_on__gte=F("paid_on")), name="returned_after_it_was_paid"
            ),
            models.CheckConstraint(
                condition=(Q(approved_on=None) | Q(approved_on__gte=F("applied_on")))
                & (Q(paid_on=None) | Q(approved_on=None) | Q(paid_on__gte=F("approved_on"))),
                name="purchase_dates_in_order",
            ),
        ]
        indexes = [models.Index(fields=["bureau_id", "applied_on", "id"], condition=Q(voided_at=None), name="housing_purchase_by_day")]

    def __str__(self) -> str:
        return self.application_no


class Tranche(Placed):
    """A part of a purchase subsidy, in order. It is paid only after the one before it was paid or waived, and after a re-check."""

    class State(models.TextChoices):
        PENDING = "pending", "待发放"
        PAYABLE = "payable", "复核通过"
        PAID = "paid", "已发放"
        WAIVED = "waived", "放弃"
        STOPPED = "stopped", "停发"

    purchase = models.ForeignKey(PurchaseSubsidy, verbose_name="购房补贴", on_delete=models.PROTECT, related_name="tranches")
    ordinal = models.PositiveSmallIntegerField("第几期")
    amount = models.BigIntegerField("金额", help_text="Fen.")
    due_on = models.DateField("应发日期")
    state = models.CharField("状态", max_length=10, choices=State, default=State.PENDING, db_default="pending")
    rechecked_on = models.DateField("复核日期", null=True)
    payment = models.OneToOneField(Payment, verbose_name="发放", on_delete=models.PROTECT, null=True, related_name="tranche")
    paid_on = models.DateField("发放日期", null=True)
    reason = models.CharField("原因", max_length=200, blank=True, db_default="")

    class Meta:
        verbose_name = "购房补贴分期"
        constraints = [
            models.UniqueConstraint(fields=["purchase", "ordinal"], name="housing_tranche_once"),
            models.CheckConstraint(condition=Q(amount__gte=0, ordinal__gte=1), name="tranche_counted"),
            models.CheckConstraint(condition=~Q(state="paid") | Q(paid_on__isnull=False), name="paid_tranche_has_a_day"),
            models.CheckConstraint(
                condition=~Q(state__in=("payable", "paid")) | Q(ordinal=1) | Q(rechecked_on__isnull=False), name="tranche_is_rechecked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purchase_id} {self.ordinal}"
