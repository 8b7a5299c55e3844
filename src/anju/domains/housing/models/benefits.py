"""Which months of which household are taken, and by what: one form of guarantee a month, whoever writes it (RB-03, HS-03)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.housing.models.agreements import Agreement
from anju.domains.housing.models.households import Household
from anju.domains.housing.models.payments import Payment
from anju.kernel.database.placed import Placed


class BenefitMonth(Placed):
    """A month of a household that is taken. Subsidies take the months they pay, leases of public rental homes the months they are let.

    `ordinal`: the how-manyth month of its person in a limited programme; unique and at most `most`, so that the database itself counts
    months across employers, districts and batches (RB-04). Rows go when the payment fails or the month is given back.
    """

    class Form(models.TextChoices):
        RENT_SUBSIDY = "rent_subsidy", "住房租赁补贴"
        NEW_WORKER = "new_worker", "新就业无房职工租房补贴"
        LET_UNIT = "let_unit", "公租房实物配租"

    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, related_name="benefit_months")
    month = models.DateField("月份", help_text="First day.")
    form = models.CharField("保障方式", max_length=14, choices=Form)
    payment = models.ForeignKey(Payment, verbose_name="发放", on_delete=models.PROTECT, null=True, related_name="taken_months")
    agreement = models.ForeignKey(Agreement, verbose_name="协议", on_delete=models.PROTECT, null=True, related_name="+")
    lease_id = models.BigIntegerField("租赁合同", null=True)
    person = models.BinaryField("本人", null=True, help_text="Blind index of the person a limited programme counts for.")
    ordinal = models.PositiveSmallIntegerField("第几个月", null=True)
    most = models.PositiveSmallIntegerField("最长月数", null=True)
    inferred = models.BooleanField("推定", default=False, db_default=False, help_text="A former book gave the number of months only.")

    class Meta:
        verbose_name = "保障月份"
        constraints = [
            models.UniqueConstraint(fields=["household", "month"], name="one_benefit_a_month"),
            models.UniqueConstraint(fields=["person", "form", "ordinal"], condition=Q(ordinal__isnull=False), name="month_counted_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="benefit_by_month"),
            models.CheckConstraint(
                condition=Q(ordinal=None, most=None) | Q(ordinal__gte=1, ordinal__lte=F("most"), person__isnull=False),
                name="months_within_the_limit",
            ),
            models.CheckConstraint(
                condition=Q(form="let_unit", payment=None, lease_id__isnull=False) | (~Q(form="let_unit") & Q(payment__isnull=False)),
                name="benefit_has_its_cause",
            ),
        ]
        indexes = [models.Index(fields=["payment"], name="benefit_by_payment"), models.Index(fields=["lease_id"], name="benefit_by_lease")]

    def __str__(self) -> str:
        return f"{self.household_id} {self.month:%Y-%m}"
