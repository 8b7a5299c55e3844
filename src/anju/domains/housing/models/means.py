"""What members earn, have and own, each with its dates and its source."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.housing.models.households import Household, Member
from anju.kernel.database.placed import Placed


class Income(Placed):
    """The monthly income of a member in fen. An adult member without one that holds is unknown, not without income."""

    member = models.ForeignKey(Member, verbose_name="成员", on_delete=models.PROTECT, related_name="incomes")
    monthly = models.BigIntegerField("月收入", help_text="Fen.")
    from_date = models.DateField("起始日期")
    to_date = models.DateField("终止日期", null=True, help_text="Exclusive.")
    source = models.CharField("来源", max_length=60)

    class Meta:
        verbose_name = "收入"
        constraints = [
            models.UniqueConstraint(fields=["member", "source"], condition=Q(to_date=None), name="income_of_a_source_once"),
            models.CheckConstraint(condition=Q(monthly__gte=0), name="income_not_negative"),
            models.CheckConstraint(condition=Q(to_date=None) | Q(to_date__gt=F("from_date")), name="income_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.monthly}"


class Asset(Placed):
    """Something of value of a household, in fen."""

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", "存款"
        SECURITIES = "securities", "有价证券"
        VEHICLE = "vehicle", "车辆"
        COMPANY = "company", "企业投资"
        OTHER = "other", "其他"

    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, related_name="assets")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    value = models.BigIntegerField("价值", help_text="Fen.")
    from_date = models.DateField("起始日期")
    to_date = models.DateField("终止日期", null=True, help_text="Exclusive.")
    source = models.CharField("来源", max_length=60)

    class Meta:
        verbose_name = "资产"
        constraints = [models.CheckConstraint(condition=Q(value__gte=0), name="asset_not_negative")]

    def __str__(self) -> str:
        return f"{self.household_id} {self.get_kind_display()}"


class Holding(Placed):
    """A home of a member: registered, or signed and not yet registered (counts as well). One unit counts once (HS-05).

    `unit`: the 28-digit unit code without blanks, else what the bureau calls the home. `share`: hundredths of a percent.
    """

    member = models.ForeignKey(Member, verbose_name="成员", on_delete=models.PROTECT, related_name="holdings")
    unit = models.CharField("不动产单元代码", max_length=100)
    area = models.DecimalField("建筑面积", max_digits=12, decimal_places=2, null=True)
    share = models.PositiveIntegerField("份额", default=10_000, db_default=10_000)
    registered = models.BooleanField("已登记", default=True, db_default=True)
    acquired_on = models.DateField("取得日期", null=True)
    given_away_on = models.DateField("转让日期", null=True)
    source = models.CharField("来源", max_length=60)

    class Meta:
        verbose_name = "住房"
        constraints = [
            models.UniqueConstraint(fields=["member", "unit", "registered"], name="housing_holding_once"),
            models.CheckConstraint(condition=Q(share__range=(1, 10_000)), name="holding_share_of_a_whole"),
            models.CheckConstraint(condition=Q(area=None) | Q(area__gt=0), name="holding_has_area"),
        ]

    def __str__(self) -> str:
        return self.unit
