"""Existing homes (存量房): the check of the house before it is offered, and the contract of its sale."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.crypto.fields import BlindIndex, EncryptedText
from anju.kernel.database.placed import Booked, Placed


class HouseCheck(Placed):
    """房源核验: certificate, owner and standing of a house as the registry told on a day. Nothing is offered or signed without one (CT-13).

    One holds at a time; it ends by its day, by the contract that used it or by another check.
    """

    code = models.CharField("核验码", max_length=40)
    unit = models.ForeignKey("property.Unit", on_delete=models.PROTECT, related_name="+")
    certificate_no = models.CharField("不动产权证号", max_length=60)
    certified_on = models.DateField("登记日期", help_text="The holding period of C10 runs from this day.")
    owner = models.CharField("权利人", max_length=80)
    id_type = models.CharField("证件类型", max_length=20, default="resident_id")
    owner_id = EncryptedText("证件号码", kind="resident_id")
    owner_id_index = BlindIndex("owner_id")
    consents = models.CharField("共有人同意文书", max_length=200, blank=True)
    checked_on = models.DateField("核验日期")
    valid_until = models.DateField("有效期至")
    ended_on = models.DateField("终止日期", null=True)

    class Meta:
        verbose_name = "房源核验"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "code"], name="house_check_code_once"),
            models.UniqueConstraint(fields=["unit"], condition=Q(ended_on=None), name="one_house_check"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("checked_on"), certified_on__lte=F("checked_on")), name="house_check_days_in_order"
            ),
            models.CheckConstraint(condition=~Q(certificate_no="") & ~Q(owner=""), name="house_check_names_its_owner"),
        ]

    def __str__(self) -> str:
        return self.code


class ResaleContract(Booked):
    """存量房买卖合同. `unit` and `check` are null only for contracts taken from books. Money in fen, area in ㎡."""

    class State(models.TextChoices):
        SIGNED = "signed", "已签约"
        FILED = "filed", "已备案"
        REGISTERED = "registered", "已过户"
        CANCELLED = "cancelled", "已撤销"

    LIVE = ("signed", "filed")

    contract_no = models.CharField("合同编号", max_length=40)
    unit = models.ForeignKey("property.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    house_check = models.OneToOneField(HouseCheck, on_delete=models.PROTECT, null=True, related_name="contract")
    location = models.CharField("房屋坐落", max_length=120)
    use = models.CharField("用途", max_length=12)
    seller = models.CharField("出卖人", max_length=80)
    buyer = models.CharField("买受人", max_length=80)
    id_type = models.CharField("证件类型", max_length=20, default="resident_id")
    resident_id = EncryptedText("买受人证件号", kind="resident_id", null=True)
    resident_id_index = BlindIndex("resident_id")
    area = models.DecimalField("建筑面积", max_digits=12, decimal_places=2)
    total_fen = models.BigIntegerField("成交金额")
    lock_months = models.PositiveSmallIntegerField("限售月数", default=0, db_default=0, help_text="The parameter of the day of signing.")
    mortgagee_agrees = models.CharField("抵押权人同意文书", max_length=120, blank=True, db_default="")
    eligibility_no = models.CharField("购房资格证明", max_length=60, blank=True, db_default="")
    basis = models.JSONField("依据的参数", default=dict)
    state = models.CharField("状态", max_length=10, choices=State)
    signed_on = models.DateField("签约日期", null=True)
    filed_on = models.DateField("备案日期", null=True)
    registered_on = models.DateField("过户日期", null=True)
    new_certificate_no = models.CharField("过户后不动产权证号", max_length=60, blank=True, db_default="")
    cancelled_on = models.DateField("撤销日期", null=True)
    cancel_reason = models.CharField("撤销原因", max_length=200, blank=True, db_default="")

    class Meta:
        verbose_name = "存量房网签合同"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "contract_no"], condition=Q(voided_at=None), name="resale_no_once"),
            models.UniqueConstraint(fields=["unit"], condition=Q(state__in=["signed", "filed"], voided_at=None), name="one_live_resale"),
            models.CheckConstraint(condition=Q(total_fen__gte=0, area__gt=0), name="resale_is_positive"),
            models.CheckConstraint(
                condition=Q(unit=None, house_check=None)
                | Q(unit__isnull=False, house_check__isnull=False, signed_on__isnull=False, resident_id__isnull=False, voided_at=None),
                name="resale_has_its_check",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["filed", "registered"]) | Q(filed_on__isnull=False), name="resale_filed_has_day"
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None) | Q(filed_on=None) | Q(filed_on__gte=F("signed_on")), name="resale_signed_before_filed"
            ),
            models.CheckConstraint(
                condition=Q(unit=None) | ~Q(state="cancelled") | Q(cancelled_on__isnull=False) & ~Q(cancel_reason=""),
                name="resale_cancelled_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(unit=None) | ~Q(state="registered") | Q(registered_on__isnull=False) & ~Q(new_certificate_no=""),
                name="resale_registered_by_its_certificate",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau_id", "filed_on", "id"], condition=Q(voided_at=None), name="resale_by_filing"),
            models.Index(fields=["resident_id_index"], name="resale_by_buyer"),
        ]

    def __str__(self) -> str:
        return self.contract_no
