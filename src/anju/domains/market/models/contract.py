"""The net-signed contract (商品房买卖合同网签备案)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from anju.domains.market.models.eligibility import Eligibility
from anju.domains.market.models.permit import Permit
from anju.kernel.crypto.fields import BlindIndex, EncryptedText
from anju.kernel.database.placed import Placed


class Contract(Placed):
    """One contract for one unit. At most one lives on a unit (CT-01); its state and the unit's stage never part (trigger).

    `unit` is null only for contracts taken from books older than the register. Money in fen, area in ㎡.
    """

    class Kind(models.TextChoices):
        PRESALE = "presale", "预售"
        FINISHED = "finished", "现售"

    class State(models.TextChoices):
        SIGNED = "signed", "已签约"
        FILED = "filed", "已备案"
        REGISTERED = "registered", "已办证"
        CANCELLED = "cancelled", "已注销"

    class PriceBasis(models.TextChoices):
        BUILDING_AREA = "building_area", "按建筑面积"
        INNER_AREA = "inner_area", "按套内面积"
        PER_UNIT = "per_unit", "按套"

    class PayWay(models.TextChoices):
        LUMP = "lump", "一次性付款"
        INSTALMENT = "instalment", "分期付款"
        COMMERCIAL_LOAN = "commercial_loan", "商业贷款"
        PROVIDENT_FUND = "provident_fund", "公积金贷款"
        COMBINED = "combined", "组合贷款"

    class CancelKind(models.TextChoices):
        MUTUAL = "mutual", "协商解除"
        DOCUMENT = "document", "法律文书"
        INPUT_ERROR = "input_error", "录入差错"

    contract_no = models.CharField("合同编号", max_length=40)
    kind = models.CharField("销售方式", max_length=8, choices=Kind, blank=True)
    unit = models.ForeignKey("property.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, null=True, related_name="contracts")
    project_name = models.CharField("项目名称", max_length=80)
    building = models.CharField("楼栋", max_length=40)
    room = models.CharField("房号", max_length=40)
    use = models.CharField("用途", max_length=12)
    buyer = models.CharField("买受人", max_length=80)
    id_type = models.CharField("证件类型", max_length=20, default="resident_id")
    resident_id = EncryptedText("证件号码", kind="resident_id")
    resident_id_index = BlindIndex("resident_id")
    phone = EncryptedText("联系电话", kind="phone", null=True)
    phone_index = BlindIndex("phone")
    guardian = models.CharField("监护人", max_length=80, blank=True)
    share_numerator = models.PositiveIntegerField("份额分子", default=1)
    share_denominator = models.PositiveIntegerField("份额分母", default=1, help_text="0/0 with co-buyers: joint ownership without shares.")
    area = models.DecimalField("建筑面积", max_digits=12, decimal_places=2)
    price_basis = models.CharField("计价方式", max_length=14, choices=PriceBasis, default=PriceBasis.BUILDING_AREA)
    unit_price_fen = models.BigIntegerField("单价", null=True, help_text="Fen a ㎡ of the area the basis names.")
    total_fen = models.BigIntegerField("合同金额")
    pay_way = models.CharField("付款方式", max_length=16, choices=PayWay, blank=True)
    first_fen = models.BigIntegerField("首付款", null=True)
    loan_fen = models.BigIntegerField("贷款金额", null=True)
    later_fen = models.BigIntegerField("分期款", null=True)
    loan_bank = models.CharField("贷款银行", max_length=80, blank=True)
    escrow_account = models.CharField("监管账户", max_length=40, blank=True)
    delivery_on = models.DateField("交付日期", null=True)
    eligibility = models.OneToOneField(Eligibility, on_delete=models.PROTECT, null=True, related_name="contract")
    template = models.CharField("文本", max_length=40, blank=True, help_text="The version of the model text.")
    state = models.CharField("状态", max_length=10, choices=State)
    signed_on = models.DateField("签约日期")
    filed_on = models.DateField("备案日期", null=True)
    filing_no = models.CharField("备案编号", max_length=40, blank=True)
    registered_on = models.DateField("办证日期", null=True)
    certificate_no = models.CharField("不动产权证号", max_length=60, blank=True)
    cancelled_on = models.DateField("注销日期", null=True)
    cancel_kind = models.CharField("注销方式", max_length=12, choices=CancelKind, blank=True)
    cancel_document = models.CharField("注销文书", max_length=80, blank=True)
    cancel_reason = models.CharField("注销原因", max_length=200, blank=True)
    basis = models.JSONField("依据的参数", default=dict)
    batch_id = models.BigIntegerField("导入批次", null=True)
    origin = models.TextField("来源行", null=True)
    created_at = models.DateTimeField("建立时间", db_default=Now())
    updated_at = models.DateTimeField("修改时间", db_default=Now())
    version = models.PositiveIntegerField("版次", default=1)
    voided_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = "网签合同"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "contract_no"], name="contract_no_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state__in=["signed", "filed", "registered"], voided_at=None), name="one_live_contract"
            ),
            models.UniqueConstraint(fields=["bureau_id", "filing_no"], condition=~Q(filing_no=""), name="filing_no_once"),
            models.CheckConstraint(condition=Q(filed_on=None) | Q(filed_on__gte=F("signed_on")), name="signed_before_filed"),
            models.CheckConstraint(condition=~Q(state__in=["filed", "registered"]) | Q(filed_on__isnull=False), name="filed_has_day"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled_on__isnull=False, cancelled_on__gte=F("signed_on")), name="cancelled_has_day"
            ),
            models.CheckConstraint(condition=Q(total_fen__gte=0, area__gt=0), name="contract_is_positive"),
            models.CheckConstraint(
                condition=Q(first_fen=None)
                | Q(first_fen__gte=0, loan_fen__gte=0, later_fen__gte=0, total_fen=F("first_fen") + F("loan_fen") + F("later_fen")),
                name="payments_are_the_price",
            ),
            models.CheckConstraint(condition=Q(unit=None) | Q(permit__isnull=False, first_fen__isnull=False), name="signed_on_a_permit"),
            models.CheckConstraint(
                condition=Q(share_denominator__gt=0, share_numerator__gt=0, share_numerator__lte=F("share_denominator"))
                | Q(share_denominator=0, share_numerator=0),
                name="share_is_a_part",
            ),
        ]
        indexes = [
            models.Index(fields=["bureau_id", "filed_on", "id"], condition=Q(voided_at=None), name="contract_by_filing"),
            models.Index(fields=["bureau_id", "signed_on", "id"], condition=Q(voided_at=None), name="contract_by_signing"),
            models.Index(fields=["resident_id_index"], name="contract_by_buyer"),
            models.Index(fields=["permit", "id"], name="contract_by_permit"),
            models.Index(fields=["bureau_id", "project_name", "id"], condition=Q(voided_at=None), name="contract_by_project"),
        ]

    def __str__(self) -> str:
        return self.contract_no

    @property
    def live(self) -> bool:
        """True while it stands."""
        return self.state != self.State.CANCELLED


class CoBuyer(Placed):
    """A further buyer. Shares of all buyers make the whole, or nobody has one (共同共有); checked at commit (CT-04)."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="co_buyers")
    name = models.CharField("姓名", max_length=80)
    id_type = models.CharField("证件类型", max_length=20, default="resident_id")
    resident_id = EncryptedText("证件号码", kind="resident_id")
    resident_id_index = BlindIndex("resident_id")
    guardian = models.CharField("监护人", max_length=80, blank=True)
    share_numerator = models.PositiveIntegerField("份额分子", default=0)
    share_denominator = models.PositiveIntegerField("份额分母", default=0)

    class Meta:
        verbose_name = "共同买受人"
        constraints = [models.UniqueConstraint(fields=["contract", "resident_id_index"], name="co_buyer_once")]
        indexes = [models.Index(fields=["resident_id_index"], name="contract_by_co_buyer")]


class Instalment(Placed):
    """One instalment of a contract; together they are its `later_fen` (CT-05)."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="instalments")
    due_on = models.DateField("应付日期")
    amount_fen = models.BigIntegerField("金额")

    class Meta:
        verbose_name = "分期"
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="instalment_is_positive")]


class ContractChange(Placed):
    """One change of a filed contract (变更备案): only what may change, with the reason (CT-09). Append-only."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="changes")
    on = models.DateField("日期")
    document = models.CharField("变更协议", max_length=80)
    before = models.JSONField("原内容")
    after = models.JSONField("新内容")

    class Meta:
        verbose_name = "合同变更"
