"""Leases of public rental homes, their bills and payments, visits, and the grounds on which a home is given back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.housing.models.agreements import Agreement
from anju.domains.housing.models.decisions import RuleVersion
from anju.domains.housing.models.households import Household, Member
from anju.domains.housing.models.letting import LettingUnit
from anju.domains.housing.models.rounds import Allocation
from anju.kernel.database.placed import Booked, Placed


class Lease(Placed):
    """A lease (公租房租赁合同). `ends_on` is its last day. Until `move_by` (搬迁期) the rate of the lease holds (HS-22)."""

    class State(models.TextChoices):
        ACTIVE = "active", "履行中"
        MOVING = "moving", "搬迁期"
        ENDED = "ended", "已退租"

    LIVE = ("active", "moving")

    lease_no = models.CharField("合同编号", max_length=40)
    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, related_name="leases")
    tenant = models.ForeignKey(Member, verbose_name="承租人", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(LettingUnit, verbose_name="房源", on_delete=models.PROTECT, related_name="leases")
    allocation = models.ForeignKey(Allocation, verbose_name="配租结果", on_delete=models.PROTECT, related_name="leases")
    renews = models.OneToOneField("self", verbose_name="续租自", on_delete=models.PROTECT, null=True, related_name="renewed_as")
    starts_on = models.DateField("起租日期")
    ends_on = models.DateField("租期届满")
    area = models.DecimalField("计租面积", max_digits=8, decimal_places=2, help_text="㎡")
    deposit = models.BigIntegerField("押金", help_text="Fen.")
    fittings = models.CharField("交付状况和附属设施", max_length=200)
    signed_on = models.DateField("签订日期")
    filed_on = models.DateField("备案日期", null=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.ACTIVE)
    ground = models.CharField("退出事由", max_length=12, blank=True, db_default="")
    ground_text = models.CharField("事由说明", max_length=200, blank=True, db_default="")
    notice_on = models.DateField("通知日期", null=True)
    move_by = models.DateField("搬迁期满", null=True)
    ended_on = models.DateField("退租日期", null=True)
    version = models.PositiveIntegerField("版次", default=1, db_default=1)

    class Meta:
        verbose_name = "公租房租约"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "lease_no"], name="lease_no_once"),
            models.UniqueConstraint(fields=["household"], condition=Q(state__in=("active", "moving")), name="one_lease_a_household"),
            models.UniqueConstraint(fields=["unit"], condition=Q(state__in=("active", "moving")), name="one_lease_a_home"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="lease_days_in_order"),
            models.CheckConstraint(condition=Q(starts_on__gte=F("signed_on")), name="lease_signed_before_it_starts"),
            models.CheckConstraint(condition=Q(filed_on=None) | Q(filed_on__gte=F("signed_on")), name="lease_signed_before_filed"),
            models.CheckConstraint(condition=Q(state="ended") ^ Q(ended_on=None), name="lease_ends_on_a_day"),
            models.CheckConstraint(
                condition=~Q(state="moving") | Q(notice_on__isnull=False, move_by__gte=F("notice_on")) & ~Q(ground=""),
                name="moving_has_notice_and_ground",
            ),
            models.CheckConstraint(condition=Q(deposit__gte=0), name="lease_deposit_not_negative"),
        ]
        indexes = [models.Index(fields=["bureau_id", "state", "ends_on"], name="lease_by_end")]

    def __str__(self) -> str:
        return self.lease_no


class RentBill(Placed):
    """The rent of a month of a lease, by the rule and parameters of that month; never changed (HS-14)."""

    class Rate(models.TextChoices):
        CONTRACT = "contract", "合同租金"
        MARKET = "market", "市场租金"
        BACK = "back", "追缴差额"

    lease = models.ForeignKey(Lease, verbose_name="租约", on_delete=models.PROTECT, related_name="bills")
    month = models.DateField("月份", help_text="First day.")
    rate = models.CharField("计租方式", max_length=8, choices=Rate)
    amount = models.BigIntegerField("应缴", help_text="Fen.")
    due_on = models.DateField("缴纳截止")
    billed_on = models.DateField("出账日期")
    rule = models.ForeignKey(RuleVersion, verbose_name="规则版本", on_delete=models.PROTECT, related_name="+")
    inputs = models.JSONField("依据", default=dict)
    basis = models.JSONField("参数版本", default=dict)

    class Meta:
        verbose_name = "租金账单"
        constraints = [
            models.UniqueConstraint(fields=["lease", "month"], condition=~Q(rate="back"), name="one_bill_a_month"),
            models.UniqueConstraint(fields=["lease", "month"], condition=Q(rate="back"), name="one_back_payment_a_month"),
            models.CheckConstraint(condition=Q(month__day=1, amount__gte=0), name="bill_of_a_month"),
        ]
        indexes = [models.Index(fields=["lease", "month"], name="bill_by_month")]

    def __str__(self) -> str:
        return f"{self.lease_id} {self.month:%Y-%m}"


class RentReceipt(Placed):
    """Rent that was paid (非税收入). Its shares pay bills, the oldest first, and make the whole."""

    lease = models.ForeignKey(Lease, verbose_name="租约", on_delete=models.PROTECT, related_name="receipts")
    receipt_no = models.CharField("票据号", max_length=40)
    paid_on = models.DateField("缴款日期")
    amount = models.BigIntegerField("金额", help_text="Fen.")
    way = models.CharField("缴款方式", max_length=20)
    taken_by = models.CharField("经办人", max_length=60)

    class Meta:
        verbose_name = "租金缴款"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "receipt_no"], name="rent_receipt_no_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="rent_receipt_has_money"),
        ]
        indexes = [models.Index(fields=["lease", "-id"], name="receipt_by_lease")]

    def __str__(self) -> str:
        return self.receipt_no


class RentShare(Placed):
    """What of a receipt pays which bill."""

    receipt = models.ForeignKey(RentReceipt, on_delete=models.PROTECT, related_name="shares")
    bill = models.ForeignKey(RentBill, on_delete=models.PROTECT, related_name="shares")
    amount = models.BigIntegerField("金额", help_text="Fen.")

    class Meta:
        verbose_name = "缴款分配"
        constraints = [
            models.UniqueConstraint(fields=["receipt", "bill"], name="one_share_a_bill"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="share_has_money"),
        ]


class HomeVisit(Placed):
    """A visit to a let home: lived in or not, what was found."""

    lease = models.ForeignKey(Lease, verbose_name="租约", on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField("巡查日期")
    lived_in = models.BooleanField("有人居住")
    finding = models.CharField("情况", max_length=200)
    visited_by = models.CharField("巡查人", max_length=60)

    class Meta:
        verbose_name = "入户巡查"
        constraints = [models.UniqueConstraint(fields=["lease", "visited_on"], name="one_visit_a_day")]


class ExitGround(Placed):
    """A ground on which the home is to be given back, found by the records or by an officer."""

    class Ground(models.TextChoices):
        SUBLET = "sublet", "转借、转租或擅自调换"
        USE = "use", "改变用途"
        DAMAGE = "damage", "破坏或擅自装修拒不恢复"
        ILLEGAL = "illegal", "从事违法活动"
        EMPTY = "empty", "连续6个月以上空置"
        ARREARS = "arrears", "累计6个月以上拖欠租金"
        NOT_RENEWED = "not_renewed", "租期届满未按时申请续租"
        UNFIT = "unfit", "审核不符合"
        OVER_INCOME = "over_income", "收入超过规定标准"
        OTHER_HOME = "other_home", "取得其他住房"
        OTHER_PRODUCT = "other_product", "承租或购买其他保障性住房"
        FRAUD = "fraud", "隐瞒虚报"
        OWN_WISH = "own_wish", "自愿退租"

    lease = models.ForeignKey(Lease, verbose_name="租约", on_delete=models.PROTECT, related_name="grounds")
    ground = models.CharField("事由", max_length=14, choices=Ground)
    found_on = models.DateField("发现日期")
    breach_on = models.DateField(
        "发生日期", null=True, help_text="Market rent is paid back from this day on, not from its discovery (HS-21)."
    )
    evidence = models.CharField("依据", max_length=200)
    lifted_on = models.DateField("消除日期", null=True)

    class Meta:
        verbose_name = "退出事由"
        constraints = [
            models.UniqueConstraint(fields=["lease", "ground"], condition=Q(lifted_on=None), name="one_open_ground"),
            models.CheckConstraint(condition=Q(breach_on=None) | Q(breach_on__lte=F("found_on")), name="breach_before_discovery"),
        ]


class Renewal(Placed):
    """A request to renew. `late`: less than three months before the end; then the lease ends at its term (HS-17)."""

    class State(models.TextChoices):
        ASKED = "asked", "待审核"
        GRANTED = "granted", "同意续租"
        REFUSED = "refused", "不同意"

    lease = models.OneToOneField(Lease, verbose_name="租约", on_delete=models.PROTECT, related_name="renewal")
    asked_on = models.DateField("申请日期")
    late = models.BooleanField("逾期申请")
    state = models.CharField("状态", max_length=8, choices=State, default=State.ASKED)
    decided_on = models.DateField("审核日期", null=True)
    reason = models.CharField("理由", max_length=200, blank=True, db_default="")
    case_id = models.BigIntegerField("办件", null=True, unique=True)

    class Meta:
        verbose_name = "续租申请"
        constraints = [
            models.CheckConstraint(condition=~Q(state="granted") | Q(late=False), name="late_renewal_is_not_granted"),
            models.CheckConstraint(condition=Q(state="asked") ^ Q(decided_on__isnull=False), name="renewal_decided_on_a_day"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="renewal_refused_for_a_reason"),
        ]


class LeaseReview(Placed):
    """A re-review of a household that rents: yearly, or because the records show something (HS-18). Its case has the clock."""

    class Cause(models.TextChoices):
        YEARLY = "yearly", "年度复审"
        OTHER_HOME = "other_home", "取得其他住房"
        OTHER_PRODUCT = "other_product", "承租或购买其他保障性住房"
        CHANGE = "change", "家庭情况变化"

    class Outcome(models.TextChoices):
        OPEN = "", "复审中"
        FIT = "fit", "仍符合"
        UNFIT = "unfit", "不再符合"

    lease = models.ForeignKey(Lease, verbose_name="租约", on_delete=models.PROTECT, related_name="reviews")
    cause = models.CharField("原因", max_length=14, choices=Cause)
    year = models.PositiveSmallIntegerField("年度", null=True)
    evidence = models.CharField("依据", max_length=200)
    opened_on = models.DateField("发起日期")
    case_id = models.BigIntegerField("办件", unique=True)
    outcome = models.CharField("结论", max_length=6, choices=Outcome, blank=True, default="", db_default="")
    decided_on = models.DateField("结论日期", null=True)

    class Meta:
        verbose_name = "在租复审"
        constraints = [
            models.UniqueConstraint(fields=["lease", "year"], condition=Q(cause="yearly"), name="one_yearly_review"),
            models.UniqueConstraint(fields=["lease"], condition=Q(outcome=""), name="one_open_review"),
            models.CheckConstraint(condition=~Q(cause="yearly") ^ Q(year__isnull=False), name="yearly_review_has_a_year"),
            models.CheckConstraint(condition=Q(outcome="") ^ Q(decided_on__isnull=False), name="review_concluded_on_a_day"),
            models.CheckConstraint(condition=Q(decided_on=None) | Q(decided_on__gte=F("opened_on")), name="review_opened_then_concluded"),
        ]

    def __str__(self) -> str:
        return f"{self.lease_id} {self.get_cause_display()}"


class DepositSettlement(Placed):
    """How the deposit of a lease that ended was settled: what pays rent still owed, what pays damage, and the rest given back."""

    lease = models.OneToOneField(Lease, verbose_name="租约", on_delete=models.PROTECT, related_name="settlement")
    settled_on = models.DateField("结算日期")
    rent = models.BigIntegerField("抵扣租金", help_text="Fen.")
    receipt = models.OneToOneField(RentReceipt, verbose_name="抵扣缴款", on_delete=models.PROTECT, null=True, related_name="+")
    damage = models.BigIntegerField("抵扣损坏", help_text="Fen.")
    damage_text = models.CharField("损坏说明", max_length=200, blank=True, db_default="")
    returned = models.BigIntegerField("退还", help_text="Fen.")
    settled_by = models.CharField("经办人", max_length=60)

    class Meta:
        verbose_name = "押金结算"
        constraints = [
            models.CheckConstraint(condition=Q(rent__gte=0, damage__gte=0, returned__gte=0), name="settlement_not_negative"),
            models.CheckConstraint(condition=Q(damage=0) ^ ~Q(damage_text=""), name="damage_is_told"),
            models.CheckConstraint(condition=Q(rent=0) ^ Q(receipt__isnull=False), name="settled_rent_has_its_receipt"),
        ]


class OccupancyCount(Booked):
    """The homes of an estate and who lives in them, on the day of the yearly count. `counted_by`: empty where a book says it."""

    estate = models.CharField("小区", max_length=80)
    units = models.PositiveIntegerField("房源套数")
    occupied = models.PositiveIntegerField("入住套数")
    persons = models.PositiveIntegerField("保障人口")
    counted_on = models.DateField("清点日期")
    counted_by = models.CharField("清点人", max_length=60, blank=True, db_default="")

    class Meta:
        verbose_name = "公租房入住清点"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "estate", "counted_on"], condition=Q(voided_at=None), name="estate_counted_once"),
            models.CheckConstraint(condition=Q(units__gte=1, occupied__lte=F("units")), name="no_more_occupied_than_there_are"),
        ]
        indexes = [models.Index(fields=["bureau_id", "counted_on", "id"], condition=Q(voided_at=None), name="occupancy_by_day")]

    def __str__(self) -> str:
        return f"{self.estate} {self.counted_on:%Y-%m-%d}"


class SecurityExit(Booked):
    """A household that left: its lease or its subsidy ended, or a book of former years says so. `household`: where it is known."""

    class Kind(models.TextChoices):
        SUBSIDY = "subsidy", "取消租赁补贴"
        EVICTION = "eviction", "清退公租房"
        VOLUNTARY = "voluntary", "主动退出"

    class Reason(models.TextChoices):
        INCOME = "income", "收入超标"
        HOME = "home", "已有住房"
        ARREARS = "arrears", "长期拖欠租金"
        VACANT = "vacant", "长期空置"
        OTHER = "other", "其他"

    exit_no = models.CharField("退出编号", max_length=60)
    household_no = models.CharField("家庭编号", max_length=40)
    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, null=True, related_name="exits")
    head = models.CharField("户主姓名", max_length=40)
    kind = models.CharField("退出方式", max_length=10, choices=Kind)
    reason = models.CharField("原因", max_length=10, choices=Reason)
    exited_on = models.DateField("退出日期")
    lease = models.OneToOneField(Lease, verbose_name="租约", on_delete=models.PROTECT, null=True, related_name="exit")
    agreement = models.OneToOneField(Agreement, verbose_name="补贴协议", on_delete=models.PROTECT, null=True, related_name="exit")

    class Meta:
        verbose_name = "保障对象退出"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "exit_no"], condition=Q(voided_at=None), name="exit_no_once"),
            models.CheckConstraint(
                condition=Q(lease=None, agreement=None)
                | Q(lease__isnull=False, agreement=None, kind__in=("eviction", "voluntary"))
                | Q(lease=None, agreement__isnull=False, kind="subsidy"),
                name="exit_of_its_record",
            ),
        ]
        indexes = [models.Index(fields=["bureau_id", "exited_on", "id"], condition=Q(voided_at=None), name="exit_by_day")]

    def __str__(self) -> str:
        return self.exit_no
