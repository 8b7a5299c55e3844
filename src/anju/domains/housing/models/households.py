"""Households, their members, tiers and priority groups, and who may not apply."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.housing.rules.words import PRIORITY_GROUPS, TIERS
from anju.kernel.crypto.fields import BlindIndex, EncryptedText
from anju.kernel.database.placed import Placed


class Household(Placed):
    """A family under or before guarantee. `homes_checked_on`, `assets_checked_on`: when the registry and civil affairs last answered;
    until then its homes and assets are unknown, not none."""

    household_no = models.CharField("家庭编号", max_length=40)
    address = EncryptedText("住址", kind="address", indexed=False, null=True)
    opened_on = models.DateField("建档日期")
    closed_on = models.DateField("销档日期", null=True)
    close_reason = models.CharField("销档原因", max_length=100, blank=True, db_default="")
    homes_checked_on = models.DateField("住房核查日期", null=True)
    assets_checked_on = models.DateField("资产核对日期", null=True)

    class Meta:
        verbose_name = "保障家庭"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "household_no"], name="household_no_once"),
            models.CheckConstraint(condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="household_dates_in_order"),
        ]
        indexes = [models.Index(fields=["bureau_id", "-id"], name="household_newest")]

    def __str__(self) -> str:
        return self.household_no


class Member(Placed):
    """A person of a household, from one day to another. `authorised_on`: signed the authorisation to be checked (令11号第八条)."""

    class Relation(models.TextChoices):
        APPLICANT = "applicant", "申请人"
        SPOUSE = "spouse", "配偶"
        CHILD = "child", "子女"
        PARENT = "parent", "父母"
        OTHER = "other", "其他共同居住人"

    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, related_name="members")
    name = models.CharField("姓名", max_length=40)
    resident_id = EncryptedText("身份证号", kind="resident_id")
    resident_id_index = BlindIndex("resident_id")
    phone = EncryptedText("电话", kind="phone", indexed=False, null=True)
    born_on = models.DateField("出生日期")
    relation = models.CharField("与申请人关系", max_length=10, choices=Relation)
    disability_grade = models.PositiveSmallIntegerField("残疾等级", null=True)
    student = models.BooleanField("在校学生", default=False, db_default=False)
    joined_on = models.DateField("加入日期")
    left_on = models.DateField("离开日期", null=True)
    authorised_on = models.DateField("授权核查日期", null=True)
    authorisation = models.CharField("授权书", max_length=80, blank=True, db_default="", help_text="The file it is kept as.")

    class Meta:
        verbose_name = "家庭成员"
        constraints = [
            # HS-02: a person lives in one household at a time, whatever the bureau.
            models.UniqueConstraint(fields=["resident_id_index"], condition=Q(left_on=None), name="person_in_one_household"),
            models.UniqueConstraint(fields=["household"], condition=Q(left_on=None, relation="applicant"), name="one_applicant"),
            models.UniqueConstraint(fields=["id", "household"], name="member_of_household"),
            models.CheckConstraint(condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="member_dates_in_order"),
            models.CheckConstraint(condition=Q(disability_grade=None) | Q(disability_grade__range=(1, 4)), name="disability_grade_known"),
            models.CheckConstraint(condition=Q(authorised_on=None) | ~Q(authorisation=""), name="authorisation_is_kept"),
        ]
        indexes = [models.Index(fields=["household"], name="member_by_household")]

    def __str__(self) -> str:
        return self.name


class TierPeriod(Placed):
    """The tier of a household from a month on; a change takes effect from the month the rules say, past months stay (RB-06)."""

    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, related_name="tiers")
    tier = models.PositiveSmallIntegerField("保障类别", choices=TIERS.items())
    from_month = models.DateField("起始月份", help_text="First day of the month.")
    to_month = models.DateField("终止月份", null=True, help_text="Exclusive: the first month it no longer holds.")
    basis = models.CharField("认定依据", max_length=100)

    class Meta:
        verbose_name = "保障类别"
        constraints = [
            models.UniqueConstraint(fields=["household"], condition=Q(to_month=None), name="one_tier_at_a_time"),
            models.UniqueConstraint(fields=["household", "from_month"], name="tier_changes_once_a_month"),
            models.CheckConstraint(condition=Q(from_month__day=1) & (Q(to_month=None) | Q(to_month__day=1)), name="tier_by_month"),
            models.CheckConstraint(condition=Q(to_month=None) | Q(to_month__gt=F("from_month")), name="tier_months_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.get_tier_display()}"


class PriorityGroup(Placed):
    """A reason to come first; several may hold at once (令11号第十五条)."""

    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, related_name="priorities")
    group = models.CharField("优先类别", max_length=20, choices=PRIORITY_GROUPS.items())
    from_date = models.DateField("起始日期")
    to_date = models.DateField("终止日期", null=True)
    evidence = models.CharField("凭证", max_length=100)

    class Meta:
        verbose_name = "优先类别"
        constraints = [models.UniqueConstraint(fields=["household", "group"], condition=Q(to_date=None), name="priority_once")]

    def __str__(self) -> str:
        return f"{self.household_id} {self.get_group_display()}"


class Sanction(Placed):
    """Who was sanctioned (令11号第三十五条、第三十六条): no application for five years from the day of return (HS-19)."""

    name = models.CharField("姓名", max_length=40)
    resident_id = EncryptedText("身份证号", kind="resident_id")
    resident_id_index = BlindIndex("resident_id")
    article = models.CharField("依据条款", max_length=60)
    reason = models.CharField("事由", max_length=200)
    decided_on = models.DateField("处理日期")
    returned_on = models.DateField("退回日期", null=True, help_text="Of the home or the money; the five years begin on it.")
    document = models.CharField("文书号", max_length=80)
    fine = models.BigIntegerField("罚款", default=0, help_text="Fen.")

    class Meta:
        verbose_name = "违规处理"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "document", "resident_id_index"], name="sanction_once"),
            models.CheckConstraint(condition=Q(fine__gte=0, fine__lte=3_000_000), name="sanction_fine_within_the_rule"),
        ]
        indexes = [models.Index(fields=["resident_id_index"], name="sanction_by_person")]

    def __str__(self) -> str:
        return f"{self.name} {self.document}"
