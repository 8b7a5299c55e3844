"""Budgets and payment batches. States move only along `housing_transition`; two people stand between draft and money."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.database.placed import Placed


class Budget(Placed):
    """Money of a programme for a year, by document. Batches that are approved or further stay within it (RB-09)."""

    kind = models.CharField("补贴种类", max_length=20)
    year = models.PositiveSmallIntegerField("年度")
    amount = models.BigIntegerField("预算", help_text="Fen.")
    document = models.CharField("文号", max_length=120)

    class Meta:
        verbose_name = "补贴预算"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "kind", "year"], name="one_budget_a_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class PaymentBatch(Placed):
    """Payments that go to the bank together. `rows`, `total` are fixed at review and proven by the database (GN-03)."""

    class Kind(models.TextChoices):
        RENT_SUBSIDY = "rent_subsidy", "住房租赁补贴"
        NEW_WORKER = "new_worker", "新就业无房职工租房补贴"
        TALENT = "talent_purchase", "人才购房补贴"
        REWARD = "purchase_reward", "进城购房奖励"

    class State(models.TextChoices):
        DRAFT = "draft", "编制中"
        REVIEWED = "reviewed", "已复核"
        APPROVED = "approved", "已批准"
        SENT = "sent", "已送银行"
        PAID = "paid", "全部到账"
        PARTLY_FAILED = "partly_failed", "部分失败"
        CLOSED = "closed", "已办结"
        CANCELLED = "cancelled", "已撤销"

    batch_no = models.CharField("批次号", max_length=40)
    kind = models.CharField("补贴种类", max_length=20, choices=Kind)
    period = models.CharField("发放期间", max_length=10, help_text="2023-Q2 or 2023-06.")
    year = models.PositiveSmallIntegerField("年度")
    budget = models.ForeignKey(Budget, verbose_name="预算", on_delete=models.PROTECT, null=True, related_name="batches")
    supplements = models.ForeignKey("self", verbose_name="补发自", on_delete=models.PROTECT, null=True, related_name="supplementary")
    state = models.CharField("状态", max_length=14, choices=State, default=State.DRAFT, db_default="draft")
    rows = models.PositiveIntegerField("笔数", null=True)
    total = models.BigIntegerField("金额", null=True, help_text="Fen.")
    paid_total = models.BigIntegerField("到账金额", null=True, help_text="Fen.")
    drafted_by = models.BigIntegerField("编制人")
    reviewed_by = models.BigIntegerField("复核人", null=True)
    approved_by = models.BigIntegerField("批准人", null=True)
    approved_on = models.DateField("批准日期", null=True)
    late_reason = models.CharField("逾期理由", max_length=200, blank=True, db_default="")
    close_reason = models.CharField("办结说明", max_length=200, blank=True, db_default="", help_text="Why failed rows are not paid again.")
    version = models.PositiveIntegerField("版次", default=1, db_default=1)

    class Meta:
        verbose_name = "发放批次"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "batch_no"], name="housing_batch_no_once"),
            # GN-05: nobody does two of the three steps.
            models.CheckConstraint(
                condition=(Q(reviewed_by=None) | ~Q(reviewed_by=F("drafted_by")))
                & (Q(approved_by=None) | (~Q(approved_by=F("reviewed_by")) & ~Q(approved_by=F("drafted_by")))),
                name="three_people_for_a_batch",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "cancelled")) | Q(rows__gt=0, total__gt=0, reviewed_by__isnull=False),
                name="reviewed_batch_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "reviewed", "cancelled")) | Q(approved_by__isnull=False, approved_on__isnull=False),
                name="approved_batch_has_its_approver",
            ),
        ]
        indexes = [models.Index(fields=["bureau_id", "-id"], name="payment_batch_newest")]

    def __str__(self) -> str:
        return self.batch_no
