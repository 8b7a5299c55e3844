"""Subsidy agreements (租赁补贴协议): what is promised to whom, for which months, paid to which account."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.housing.models.applications import Application
from anju.domains.housing.models.households import Household, Member
from anju.kernel.crypto.fields import EncryptedText
from anju.kernel.database.placed import Booked


class Agreement(Booked):
    """An agreement. Months are first days. `unpaid_from`: the first month that is no longer paid (RB-05)."""

    class Kind(models.TextChoices):
        RENT_SUBSIDY = "rent_subsidy", "住房租赁补贴"
        NEW_WORKER = "new_worker", "新就业无房职工租房补贴"

    class State(models.TextChoices):
        ACTIVE = "active", "执行中"
        SUSPENDED = "suspended", "已暂停"
        ENDED = "ended", "已到期"
        CANCELLED = "cancelled", "已取消"

    class Ending(models.TextChoices):
        UNFIT = "unfit", "不再符合条件"
        OVER_INCOME = "over_income", "收入超过规定标准"
        DEATH = "death", "死亡"
        GOT_UNIT = "got_unit", "已配租公租房"
        GOT_HOME = "got_home", "已取得住房"
        MOVED_AWAY = "moved_away", "迁出"
        FRAUD = "fraud", "隐瞒虚报"
        EXPIRED = "expired", "协议到期"
        OTHER = "other", "其他"

    agreement_no = models.CharField("协议编号", max_length=40)
    kind = models.CharField("补贴种类", max_length=20, choices=Kind)
    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, related_name="agreements")
    application = models.ForeignKey(Application, verbose_name="申请", on_delete=models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey(Member, verbose_name="收款人", on_delete=models.PROTECT, related_name="+", help_text="RB-14.")
    account = EncryptedText("收款账号", kind="bank_account", indexed=False)
    bank = models.CharField("开户银行", max_length=60)
    from_month = models.DateField("协议起始月")
    to_month = models.DateField("协议截止月", help_text="Inclusive.")
    tenancy_from = models.DateField("租期起")
    tenancy_to = models.DateField("租期止")
    month_rent = models.BigIntegerField("月租金", help_text="Fen.")
    home = EncryptedText("承租房屋", kind="address", indexed=False)
    max_months = models.PositiveSmallIntegerField("最长月数", null=True, help_text="Of the programme, for its person; null: no limit.")
    signed_on = models.DateField("签订日期")
    state = models.CharField("状态", max_length=10, choices=State, default=State.ACTIVE, db_default="active")
    state_reason = models.CharField("原因", max_length=200, blank=True, db_default="")
    ending = models.CharField("终止原因", max_length=12, choices=Ending, blank=True, db_default="")
    ended_on = models.DateField("终止日期", null=True)
    unpaid_from = models.DateField("停发起始月", null=True)

    class Meta:
        verbose_name = "补贴协议"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "agreement_no"], condition=Q(voided_at=None), name="housing_agreement_no_once"),
            models.UniqueConstraint(
                fields=["household", "kind"], condition=Q(state__in=("active", "suspended"), voided_at=None), name="one_live_agreement"
            ),
            models.CheckConstraint(
                condition=Q(from_month__day=1, to_month__day=1, to_month__gte=F("from_month"))
                & (Q(unpaid_from=None) | Q(unpaid_from__day=1)),
                name="agreement_by_month",
            ),
            models.CheckConstraint(condition=Q(tenancy_to__gte=F("tenancy_from")), name="tenancy_in_order"),
            models.CheckConstraint(condition=Q(month_rent__gt=0), name="agreement_has_rent"),
            models.CheckConstraint(
                condition=Q(state__in=("active", "suspended"), ending="", ended_on=None, unpaid_from=None)
                | (Q(state__in=("ended", "cancelled"), ended_on__isnull=False, unpaid_from__isnull=False) & ~Q(ending="")),
                name="agreement_end_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau_id", "signed_on", "id"], condition=Q(voided_at=None), name="housing_agreement_by_day"),
            models.Index(fields=["household"], name="agreement_by_household"),
        ]

    def __str__(self) -> str:
        return self.agreement_no
