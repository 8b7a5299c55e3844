"""Applications of every product of housing security: one live one per household, and a person lives in one household (HS-02)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.housing.models.households import Household, Member
from anju.domains.housing.rules.words import DEGREE_CODES, DEGREES, TIERS
from anju.kernel.database.placed import Booked


class Application(Booked):
    """An application from acceptance to its decision. `case_id`: the case that carries it, if any.

    `persons`, `tier`: the household as it was when it applied; the tier only where a book of former years says it.
    """

    class Product(models.TextChoices):
        PUBLIC_RENTAL = "public_rental", "公共租赁住房"
        RENT_SUBSIDY = "rent_subsidy", "住房租赁补贴"
        NEW_WORKER = "new_worker", "新就业无房职工租房补贴"

    class State(models.TextChoices):
        SUBMITTED = "submitted", "待受理"
        ACCEPTED = "accepted", "已受理"
        APPROVED = "approved", "通过"
        REFUSED = "refused", "不通过"
        WITHDRAWN = "withdrawn", "撤回"

    LIVE = ("submitted", "accepted")
    follow_code = ""
    """What the applicant follows the case with, on the instance that opened it; never kept."""

    application_no = models.CharField("申请编号", max_length=40)
    product = models.CharField("申请事项", max_length=20, choices=Product)
    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(Member, verbose_name="申请人", on_delete=models.PROTECT, related_name="+")
    employer = models.CharField("用人单位", max_length=80, blank=True, db_default="")
    degree = models.CharField(
        "学历", max_length=10, choices=[(code, DEGREES[number]) for code, number in DEGREE_CODES.items()], blank=True, db_default=""
    )
    graduated_on = models.DateField("毕业日期", null=True)
    month_rent = models.BigIntegerField("月租金", null=True, help_text="Fen.")
    persons = models.PositiveSmallIntegerField("家庭人口", null=True)
    tier = models.PositiveSmallIntegerField("保障类别", choices=TIERS.items(), null=True)
    registered_since = models.DateField("户籍迁入日期", null=True, help_text="Of the applicant, where the line goes by it.")
    insured_since = models.DateField("连续参保起始", null=True, help_text="Of the applicant, where the line goes by it.")
    score = models.DecimalField("评分", max_digits=6, decimal_places=2, null=True, help_text="Where the line goes by it.")
    applied_on = models.DateField("申请日期")
    accepted_on = models.DateField("受理日期", null=True)
    reviewed_on = models.DateField("审核日期", null=True)
    state = models.CharField("状态", max_length=10, choices=State)
    reason_code = models.CharField("理由代码", max_length=30, blank=True, db_default="")
    reason = models.CharField("理由", max_length=500, blank=True, db_default="")
    remark = models.CharField("备注", max_length=200, blank=True, db_default="")
    case_id = models.BigIntegerField("办件", null=True, unique=True)

    class Meta:
        verbose_name = "保障申请"
        constraints = [
            models.UniqueConstraint(
                fields=["bureau_id", "application_no"], condition=Q(voided_at=None), name="housing_application_no_once"
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(state__in=("submitted", "accepted"), voided_at=None), name="one_live_application"
            ),
            models.CheckConstraint(
                condition=(Q(accepted_on=None) | Q(accepted_on__gte=F("applied_on")))
                & (Q(reviewed_on=None) | Q(reviewed_on__gte=F("applied_on"))),
                name="application_dates_in_order",
            ),
            models.CheckConstraint(
                # The book of public rental applications has no day of review.
                condition=~Q(state__in=("approved", "refused")) | Q(reviewed_on__isnull=False) | Q(product="public_rental", case_id=None),
                name="application_result_has_a_date",
            ),
            models.CheckConstraint(condition=Q(voided_at=None) | Q(case_id=None), name="carried_application_stands"),
            # GN-09: who is refused by us is told why; a book of former years may not say.
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(case_id=None) | (~Q(reason_code="") & ~Q(reason="")), name="refusal_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau_id", "applied_on", "id"], condition=Q(voided_at=None), name="housing_application_by_day"),
            models.Index(fields=["household", "-id"], name="application_by_household"),
        ]

    def __str__(self) -> str:
        return self.application_no
