"""The unit (户、套、间): what is sold once, with its two axes of state."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from anju.domains.property.models.project import Building
from anju.domains.property.stages import BLOCKING, Event, Stage, Withheld
from anju.kernel.database.placed import Placed

UNIT_CODE = r"^\d{12}[GJZ][ABSXCDEFGHLNWY]\d{5}([FLQ]\d{8}|W0{8})$"
SHARING = Decimal("0.01")


def _area(label: str) -> models.DecimalField[Decimal | None, Decimal | None]:
    return models.DecimalField(label, max_digits=12, decimal_places=2, null=True)


class Unit(Placed):
    """One unit of a building. `stage` moves only along the transition table, `limits` follow the restrictions: both by trigger.

    Areas in ㎡: predicted (预测) until the actual survey (实测) comes; `area` is the one in force.
    """

    class Use(models.TextChoices):
        RESIDENTIAL = "residential", "住宅"
        COMMERCIAL = "commercial", "商业"
        OFFICE = "office", "办公"
        PARKING = "parking", "车位"
        STORAGE = "storage", "储藏室"
        OTHER = "other", "其他"

    building = models.ForeignKey(Building, verbose_name="幢", on_delete=models.PROTECT, related_name="units")
    unit_no = models.CharField("户室编号", max_length=40, help_text="Given once in a bureau and never again.")
    entrance = models.CharField("单元", max_length=20, blank=True)
    floor = models.SmallIntegerField("所在层", help_text="Nominal floor; below ground negative, there is no floor 0.")
    room = models.CharField("室号", max_length=40)
    use = models.CharField("用途", max_length=12, choices=Use)
    layout = models.CharField("户型", max_length=20, blank=True)
    predicted_area = _area("预测建筑面积")
    predicted_inner = _area("预测套内面积")
    predicted_shared = _area("预测分摊面积")
    measured_area = _area("实测建筑面积")
    measured_inner = _area("实测套内面积")
    measured_shared = _area("实测分摊面积")
    area = models.GeneratedField(
        expression=Coalesce(F("measured_area"), F("predicted_area")),
        output_field=models.DecimalField(max_digits=12, decimal_places=2),
        db_persist=True,
        verbose_name="建筑面积",
    )
    inner_area = models.GeneratedField(
        expression=Coalesce(F("measured_inner"), F("predicted_inner")),
        output_field=models.DecimalField(max_digits=12, decimal_places=2, null=True),
        db_persist=True,
        verbose_name="套内面积",
    )
    unit_code = models.CharField("不动产单元代码", max_length=28, null=True, unique=True)
    stage = models.CharField("交易阶段", max_length=12, choices=Stage, default=Stage.INITIAL)
    stage_event = models.CharField("变化", max_length=14, choices=Event, blank=True, help_text="What brought it to this stage.")
    stage_document = models.CharField("依据", max_length=80, blank=True)
    stage_on = models.DateField("变化日期", null=True)
    reserved_for = models.CharField("认购人", max_length=64, blank=True, help_text="A blind index, not a name.")
    reserved_until = models.DateTimeField("认购到期", null=True)
    withheld = models.CharField("不可售类别", max_length=14, choices=Withheld, blank=True)
    limits = ArrayField(models.CharField(max_length=16), default=list, editable=False, help_text="Kinds in force; kept by the database.")
    entered_on = models.DateField("建表日期")
    removed_on = models.DateField("注销日期", null=True, help_text="Merged, split or gone; the first day it no longer stands.")
    version = models.PositiveIntegerField("版次", default=1)
    batch_id = models.BigIntegerField("导入批次", null=True)
    origin = models.TextField("来源行", null=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    updated_at = models.DateTimeField("修改时间", db_default=Now())
    voided_at = models.DateTimeField("作废时间", null=True, help_text="Entered by mistake.")

    class Meta:
        verbose_name = "户室"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "unit_no"], condition=Q(voided_at=None), name="unit_no_once"),
            models.UniqueConstraint(
                fields=["building", "entrance", "floor", "room"], condition=Q(removed_on=None, voided_at=None), name="unit_once"
            ),
            models.CheckConstraint(condition=~Q(floor=0), name="no_floor_zero"),
            models.CheckConstraint(condition=Q(unit_code=None) | Q(unit_code__regex=UNIT_CODE), name="unit_code_shape"),
            models.CheckConstraint(condition=Q(predicted_area__gt=0) | Q(measured_area__gt=0), name="unit_has_area"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{kind}_inner": None})
                    | Q(
                        **{
                            f"{kind}_inner__gt": 0,
                            f"{kind}_shared__gte": 0,
                            f"{kind}_area": F(f"{kind}_inner") + F(f"{kind}_shared"),
                        }
                    ),
                    name=f"unit_{kind}_adds_up",
                )
                for kind in ("predicted", "measured")
            ),
            models.CheckConstraint(condition=Q(stage__in=[one.value for one in Stage]), name="unit_stage_known"),
            models.CheckConstraint(
                condition=Q(stage=Stage.RESERVED, reserved_until__isnull=False) & ~Q(reserved_for="")
                | ~Q(stage=Stage.RESERVED) & Q(reserved_until=None, reserved_for=""),
                name="reservation_has_holder_and_end",
            ),
            models.CheckConstraint(
                condition=Q(withheld="") | Q(stage__in=[Stage.INITIAL, Stage.NOT_FOR_SALE]), name="withheld_is_not_sold"
            ),
            models.CheckConstraint(condition=Q(removed_on=None) | Q(removed_on__gte=F("entered_on")), name="unit_dates_in_order"),
        ]
        indexes = [
            models.Index(fields=["bureau_id", "stage", "id"], name="unit_by_stage"),
            models.Index(fields=["bureau_id", "entered_on", "id"], condition=Q(voided_at=None), name="unit_by_day"),
            GinIndex(fields=["limits"], name="unit_by_limits", condition=~Q(limits=[])),
        ]

    def __str__(self) -> str:
        return self.unit_no

    @property
    def blocked(self) -> bool:
        """True while a restriction stops every trade (MK-08)."""
        return not BLOCKING.isdisjoint(self.limits)

    @property
    def place(self) -> str:
        """`3栋 1单元 1201`: where it is inside its project."""
        return " ".join(part for part in (self.building.number, self.entrance, self.room) if part)
