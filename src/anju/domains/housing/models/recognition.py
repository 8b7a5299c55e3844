"""Recognition letters of subsidised rental projects (保障性租赁住房项目认定书); a home is in at most one that holds (RB-15)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.database.placed import Booked, Placed


class RecognitionLetter(Booked):
    """A letter and its project. `units` counts 套, `rooms` 间; the bureau keeps both."""

    class Source(models.TextChoices):
        COLLECTIVE = "collective_land", "集体经营性建设用地"
        ENTERPRISE = "enterprise_land", "企事业单位自有闲置土地"
        PARK = "industrial_park", "产业园区配套用地"
        EXISTING = "existing_building", "存量闲置房屋"
        NEW_STATE = "new_state_land", "新供应国有建设用地"

    class Way(models.TextChoices):
        BUILT = "built", "新建"
        CONVERTED = "converted", "改建"
        EXISTING = "existing", "存量盘活"
        BOUGHT = "bought", "收购"

    class Stage(models.TextChoices):
        RAISED = "raised", "已筹集"
        STARTED = "started", "已开工"
        COMPLETED = "completed", "已竣工"
        OPERATING = "operating", "投入运营"
        REVOKED = "revoked", "已撤销"

    letter_no = models.CharField("认定书编号", max_length=60)
    project = models.CharField("项目名称", max_length=120)
    owner = models.CharField("实施主体", max_length=100)
    way = models.CharField("筹集方式", max_length=10, choices=Way)
    source = models.CharField("房源来源", max_length=20, choices=Source, blank=True, db_default="")
    issued_on = models.DateField("认定日期")
    valid_to = models.DateField("有效期至", null=True)
    units = models.PositiveIntegerField("套数")
    rooms = models.PositiveIntegerField("间数", null=True)
    area = models.DecimalField("建筑面积", max_digits=14, decimal_places=2, null=True)
    rent_filed = models.BigIntegerField("备案租金", null=True, help_text="Fen a ㎡ and month.")
    stage = models.CharField("阶段", max_length=10, choices=Stage, default=Stage.RAISED, db_default="raised")
    case_id = models.BigIntegerField("办件", null=True, unique=True)

    class Meta:
        verbose_name = "保租房认定书"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "letter_no"], condition=Q(voided_at=None), name="housing_letter_no_once"),
            models.CheckConstraint(condition=Q(units__gt=0) & (Q(area=None) | Q(area__gt=0)), name="letter_has_homes"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("issued_on")), name="letter_dates_in_order"),
        ]
        indexes = [models.Index(fields=["bureau_id", "issued_on", "id"], condition=Q(voided_at=None), name="housing_letter_by_day")]

    def __str__(self) -> str:
        return self.letter_no


class RecognisedUnit(Placed):
    """A home in a letter. `unit`: 28-digit unit code, else project, building and room as the bureau writes them."""

    letter = models.ForeignKey(RecognitionLetter, verbose_name="认定书", on_delete=models.PROTECT, related_name="homes")
    unit = models.CharField("房源", max_length=100)
    area = models.DecimalField("建筑面积", max_digits=12, decimal_places=2)
    revoked = models.BooleanField("已移出", default=False, db_default=False)

    class Meta:
        verbose_name = "认定房源"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "unit"], condition=Q(revoked=False), name="unit_in_one_letter"),
            models.CheckConstraint(condition=Q(area__gt=0), name="recognised_unit_has_area"),
        ]

    def __str__(self) -> str:
        return self.unit
