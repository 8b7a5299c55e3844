"""Homes for letting and the line of those who wait for one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.housing.models.applications import Application
from anju.domains.housing.models.households import Household
from anju.domains.housing.rules.words import TIERS
from anju.kernel.database.placed import Booked, Placed


class LettingProject(Booked):
    """A project that raises public rental homes: listed in a plan, begun, finished; then its homes are entered for letting."""

    project_no = models.CharField("项目编号", max_length=40)
    project = models.CharField("项目名称", max_length=120)
    units = models.PositiveIntegerField("套数")
    planned_on = models.DateField("列入计划日期")
    started_on = models.DateField("开工日期", null=True)
    finished_on = models.DateField("竣工日期", null=True)

    class Meta:
        verbose_name = "公租房项目"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "project_no"], condition=Q(voided_at=None), name="letting_project_no_once"),
            models.CheckConstraint(condition=Q(units__gt=0), name="letting_project_has_homes"),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(finished_on=None) | Q(finished_on__gte=F("started_on")), name="letting_project_in_order"
            ),
        ]
        indexes = [models.Index(fields=["bureau_id", "planned_on", "id"], condition=Q(voided_at=None), name="letting_project_by_day")]

    def __str__(self) -> str:
        return self.project


class LettingUnit(Booked):
    """A public rental home. `register_unit_id`: the same home in the unit register, where it is known."""

    class Layout(models.TextChoices):
        STUDIO = "studio", "单间"
        ONE = "one", "一室一厅"
        TWO = "two", "两室一厅"
        THREE = "three", "三室一厅"

    class State(models.TextChoices):
        PREPARING = "preparing", "准备中"
        VACANT = "vacant", "空置待配"
        RESERVED = "reserved", "已选定"
        LET = "let", "已出租"
        REPAIRING = "repairing", "维修中"
        DISPOSED = "disposed", "已处置"

    unit_no = models.CharField("房源编号", max_length=40)
    estate = models.CharField("小区", max_length=80)
    building = models.CharField("楼栋", max_length=20)
    room = models.CharField("房号", max_length=20)
    floor = models.SmallIntegerField("楼层")
    layout = models.CharField("户型", max_length=6, choices=Layout)
    area = models.DecimalField("建筑面积", max_digits=8, decimal_places=2, help_text="㎡")
    lift = models.BooleanField("有电梯", default=False, db_default=False)
    accessible = models.BooleanField("无障碍", default=False, db_default=False)
    state = models.CharField("状态", max_length=10, choices=State)
    entered_on = models.DateField("登记日期")
    register_unit_id = models.BigIntegerField("房屋登记", null=True, unique=True)
    remark = models.CharField("备注", max_length=200, blank=True, db_default="")

    class Meta:
        verbose_name = "公租房房源"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "unit_no"], name="letting_unit_no_once"),
            models.UniqueConstraint(fields=["bureau_id", "estate", "building", "room"], name="letting_unit_once"),
            models.CheckConstraint(condition=Q(area__gt=0, area__lte=200), name="letting_area_is_one"),
        ]
        indexes = [
            models.Index(fields=["bureau_id", "state", "estate"], name="letting_unit_by_state"),
            models.Index(fields=["bureau_id", "entered_on", "id"], condition=Q(voided_at=None), name="letting_unit_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.estate}{self.building}{self.room}"


class WaitlistEntry(Placed):
    """A household that waits for a home (轮候登记). It ends by the limit of its registration, at most five years later (HS-08).

    `basis`, `ordered_on`: what the order of the line goes by, and the day that counts; equal days go by number. By score the higher
    comes first, then the earlier day of acceptance. `series`: who waited before the basis changed stays before those who came after.
    """

    class Basis(models.TextChoices):
        ACCEPTANCE = "acceptance", "受理时间"
        REGISTER = "register", "户籍年限"
        INSURANCE = "insurance", "参保年限"
        SCORE = "score", "综合评分"

    class State(models.TextChoices):
        WAITING = "waiting", "轮候中"
        ALLOCATED = "allocated", "已选房"
        SIGNED = "signed", "已签约"
        WITHDRAWN = "withdrawn", "主动退出"
        CANCELLED = "cancelled", "取消轮候"
        EXPIRED = "expired", "轮候期满"

    LIVE = ("waiting", "allocated")

    entry_no = models.CharField("轮候编号", max_length=40)
    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, related_name="waiting")
    application = models.OneToOneField(Application, verbose_name="申请", on_delete=models.PROTECT, related_name="waiting")
    product = models.CharField("保障方式", max_length=20, choices=Application.Product, default=Application.Product.PUBLIC_RENTAL)
    tier = models.PositiveSmallIntegerField("保障类别", choices=TIERS.items())
    basis = models.CharField("排序依据", max_length=10, choices=Basis)
    series = models.PositiveSmallIntegerField("排序批次", default=1, db_default=1)
    ordered_on = models.DateField("排序日期")
    score = models.DecimalField("评分", max_digits=6, decimal_places=2, null=True)
    published_until = models.DateField("公示截止", help_text="The last day of the publicity it stands on.")
    registered_on = models.DateField("登记日期")
    expires_on = models.DateField("轮候期满")
    state = models.CharField("状态", max_length=10, choices=State)
    ended_on = models.DateField("结束日期", null=True)
    reason = models.CharField("原因", max_length=200, blank=True, db_default="")

    class Meta:
        verbose_name = "轮候登记"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "entry_no"], name="waiting_entry_no_once"),
            models.UniqueConstraint(
                fields=["household", "product"], condition=Q(state__in=("waiting", "allocated")), name="one_place_in_the_line"
            ),
            # HS-07: after the publicity, never before its last day is over.
            models.CheckConstraint(condition=Q(registered_on__gt=F("published_until")), name="waits_after_publicity"),
            models.CheckConstraint(condition=Q(expires_on__gt=F("registered_on")), name="waiting_days_in_order"),
            models.CheckConstraint(condition=Q(basis="score") ^ Q(score=None), name="score_orders_by_score"),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "allocated")) ^ Q(ended_on__isnull=False), name="waiting_ends_on_a_day"
            ),
            models.CheckConstraint(condition=~Q(state__in=("withdrawn", "cancelled")) | ~Q(reason=""), name="waiting_ends_for_a_reason"),
        ]
        indexes = [
            models.Index("bureau_id", "series", F("score").desc(), "ordered_on", "id", condition=Q(state="waiting"), name="the_line"),
            models.Index(fields=["bureau_id", "expires_on"], condition=Q(state="waiting"), name="waiting_near_its_end"),
        ]

    def __str__(self) -> str:
        return self.entry_no
