"""Permits to sell (预售许可、现售备案), what they cover and at which filed price."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.market.models.developer import Developer
from anju.kernel.database.placed import Placed


class Permit(Placed):
    """Permission to sell named units. Issued only when every condition of the law is met (MK-06) and the escrow stands (PF-01).

    Conditions of a pre-sale: 城市房地产管理法 (2019) art 45, 城市房地产开发经营管理条例 (2020) art 22. The least invested share stands
    in the row with the parameter version it came from (`basis`).
    """

    class Kind(models.TextChoices):
        PRESALE = "presale", "预售许可"
        FINISHED = "finished", "现售备案"

    class State(models.TextChoices):
        APPLIED = "applied", "受理中"
        ISSUED = "issued", "有效"
        REFUSED = "refused", "不予许可"
        REVOKED = "revoked", "已撤销"
        EXPIRED = "expired", "已失效"

    kind = models.CharField("类别", max_length=8, choices=Kind)
    number = models.CharField("许可证号", max_length=40, blank=True)
    project = models.ForeignKey("property.Project", on_delete=models.PROTECT, related_name="permits")
    developer = models.ForeignKey(Developer, on_delete=models.PROTECT, related_name="permits")
    state = models.CharField("状态", max_length=8, choices=State, default=State.APPLIED)
    applied_on = models.DateField("申请日期")
    issued_on = models.DateField("发证日期", null=True)
    valid_until = models.DateField("有效期至", null=True)
    ended_on = models.DateField("终止日期", null=True)
    end_document = models.CharField("终止依据", max_length=80, blank=True)
    land_fee_paid = models.BooleanField("土地出让金已付清", default=False)
    land_document = models.CharField("土地使用权证明", max_length=80, blank=True)
    planning_permit = models.CharField("建设工程规划许可证", max_length=80, blank=True)
    construction_permit = models.CharField("施工许可证", max_length=80, blank=True)
    schedule = models.CharField("施工进度和竣工交付日期", max_length=120, blank=True)
    delivery_on = models.DateField("交付日期", null=True)
    invested_fen = models.BigIntegerField("已投入资金", default=0)
    investment_fen = models.BigIntegerField("工程建设总投资", default=0)
    least_invested = models.DecimalField("投入比例下限", max_digits=5, decimal_places=4, help_text="0.25: 25%.")
    acceptance_document = models.CharField("竣工验收备案", max_length=80, blank=True, help_text="Of a finished-home filing.")
    bank = models.CharField("监管银行", max_length=80, blank=True)
    escrow_account = models.CharField("监管账户", max_length=40, blank=True)
    agreement = models.CharField("监管协议编号", max_length=80, blank=True)
    basis = models.JSONField("依据的参数", default=dict)

    class Meta:
        verbose_name = "销售许可"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "number"], condition=~Q(number=""), name="permit_number_once"),
            models.CheckConstraint(
                condition=~Q(state="issued") | ~Q(number="") & Q(issued_on__isnull=False, issued_on__gte=F("applied_on")),
                name="issued_permit_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued", kind="presale")
                | Q(land_fee_paid=True, investment_fen__gt=0, delivery_on__isnull=False)
                & ~Q(land_document="")
                & ~Q(planning_permit="")
                & ~Q(construction_permit="")
                & ~Q(schedule=""),
                name="permit_meets_the_law",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued", kind="presale") | Q(invested_fen__gte=F("investment_fen") * F("least_invested")),
                name="enough_is_invested",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued", kind="presale") | ~Q(bank="") & ~Q(escrow_account="") & ~Q(agreement=""),
                name="permit_has_escrow",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued", kind="finished") | ~Q(acceptance_document=""), name="finished_sale_is_accepted"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["revoked", "expired"]) | Q(ended_on__isnull=False) & ~Q(end_document=""),
                name="permit_end_has_document",
            ),
        ]
        indexes = [models.Index(fields=["project", "id"], name="permit_by_project")]

    def __str__(self) -> str:
        return self.number or f"申请{self.pk}"


class PermitUnit(Placed):
    """One unit of a permit; a unit lies in at most one that holds (MK-05)."""

    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="covered")
    unit = models.ForeignKey("property.Unit", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField("终止日期", null=True)

    class Meta:
        verbose_name = "许可户室"
        constraints = [models.UniqueConstraint(fields=["unit"], condition=Q(ended_on=None), name="unit_in_one_permit")]
        indexes = [models.Index(fields=["permit", "unit"], name="permit_unit_by_permit")]


class FiledPrice(Placed):
    """The filed price of a unit (备案价、一房一价); a new one ends the one before."""

    unit = models.ForeignKey("property.Unit", on_delete=models.PROTECT, related_name="+")
    unit_price_fen = models.BigIntegerField("备案单价", help_text="Fen a ㎡ of building area.")
    total_fen = models.BigIntegerField("备案总价")
    filed_on = models.DateField("备案日期")
    document = models.CharField("备案文号", max_length=80)
    ended_on = models.DateField("终止日期", null=True)

    class Meta:
        verbose_name = "备案价格"
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(ended_on=None), name="one_filed_price"),
            models.CheckConstraint(condition=Q(unit_price_fen__gt=0, total_fen__gt=0) & ~Q(document=""), name="filed_price_is_positive"),
        ]
