"""Maintenance funds (住宅专项维修资金): a unit account for every home, votes, repairs, shares, interest."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.database.placed import Placed


class FundArea(Placed):
    """A property-management area (物业管理区域) whose money lies in one bank account; a sub-account for every unit (令165号第十条)."""

    name = models.CharField("小区", max_length=80)
    bank = models.CharField("专户银行", max_length=60)
    account_no = models.CharField("专户账号", max_length=40)
    book = models.ForeignKey("accounts.Book", on_delete=models.PROTECT, related_name="+")
    bank_account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    pool_account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "维修资金小区"
        constraints = [models.UniqueConstraint(fields=["bureau_id", "name"], name="fund_area_once")]

    def __str__(self) -> str:
        return self.name


class FundUnit(Placed):
    """The account of one home (分户账). It belongs to the unit, not to the owner: the balance goes with the title."""

    class Kind(models.TextChoices):
        NO_LIFT = "no_lift", "多层无电梯"
        LIFT = "lift", "多层有电梯"
        MID = "mid", "小高层"
        HIGH = "high", "高层"
        GARAGE = "garage", "车库"

    area = models.ForeignKey(FundArea, on_delete=models.PROTECT, related_name="units")
    building = models.CharField("幢号", max_length=40)
    entrance = models.CharField("单元", max_length=20, blank=True)
    room = models.CharField("室号", max_length=40)
    position = models.PositiveIntegerField("户序", help_text="The unit order by which equal remainders are shared.")
    kind = models.CharField("房屋类型", max_length=8, choices=Kind)
    area_m2 = models.DecimalField("建筑面积", max_digits=12, decimal_places=2)
    unsold = models.BooleanField("未售出", default=False)
    first_due_fen = models.BigIntegerField("首期应交")
    first_paid_fen = models.BigIntegerField("首期已交", default=0)
    first_paid_on = models.DateField("首期交清日期", null=True)
    handed_over_on = models.DateField("交房日期", null=True)
    destroyed_on = models.DateField("灭失日期", null=True)
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    basis = models.JSONField("依据参数", default=dict)

    class Meta:
        verbose_name = "维修资金分户"
        constraints = [
            models.UniqueConstraint(fields=["area", "building", "entrance", "room"], name="fund_unit_once"),
            models.UniqueConstraint(fields=["area", "position"], name="fund_unit_order"),
            models.CheckConstraint(condition=Q(area_m2__gt=0, first_due_fen__gt=0), name="fund_unit_amounts"),
            # MF-01: one-off and full before hand-over.
            models.CheckConstraint(
                condition=Q(first_paid_fen__gte=0, first_paid_fen__lte=F("first_due_fen")), name="first_deposit_within_due"
            ),
            models.CheckConstraint(
                condition=Q(handed_over_on=None) | Q(first_paid_fen=F("first_due_fen"), first_paid_on__lte=F("handed_over_on")),
                name="no_hand_over_without_first_deposit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building}{self.entrance}{self.room}"


class FundOwner(Placed):
    """Who owns a unit, from when to when (MF-11). `person` tells one owner of several units: counted once in a vote."""

    unit = models.ForeignKey(FundUnit, on_delete=models.PROTECT, related_name="owners")
    name = models.CharField("业主", max_length=80)
    person = models.CharField("业主标识", max_length=64, help_text="A blind index of the identity, or the code of an organisation.")
    from_on = models.DateField("起")
    until = models.DateField("止", null=True)
    certificate_no = models.CharField("产权证号", max_length=60, blank=True)

    class Meta:
        verbose_name = "业主"
        constraints = [models.UniqueConstraint(fields=["unit"], condition=Q(until=None), name="one_owner_now")]


class RepairProject(Placed):
    """A use of the fund: proposed, voted (or urgent), approved, publicised, paid, accepted."""

    class Scope(models.TextChoices):
        ESTATE = "estate", "全小区"
        BUILDING = "building", "整幢"
        ENTRANCE = "entrance", "单元"

    class State(models.TextChoices):
        PROPOSED = "proposed", "征求意见"
        APPROVED = "approved", "已核准"
        ACCEPTED = "accepted", "已验收"
        CLOSED = "closed", "已公布结清"
        REFUSED = "refused", "不予列支"

    area = models.ForeignKey(FundArea, on_delete=models.PROTECT, related_name="repairs")
    title = models.CharField("项目", max_length=80)
    part = models.CharField("部位设施", max_length=20)
    scope = models.CharField("列支范围", max_length=8, choices=Scope)
    building = models.CharField("幢号", max_length=40, blank=True)
    entrance = models.CharField("单元", max_length=20, blank=True)
    budget_fen = models.BigIntegerField("预算")
    contractor = models.CharField("维修单位", max_length=80)
    proposed_on = models.DateField("提出日期")
    emergency = models.CharField("应急情形", max_length=20, blank=True)
    proof = models.CharField("应急证明", max_length=120, blank=True)
    warranty_until = models.DateField("保修期至")
    audited_fen = models.BigIntegerField("审定金额", null=True)
    publicised_from = models.DateField("公示起", null=True)
    publicised_to = models.DateField("公示止", null=True)
    accepted_on = models.DateField("验收日期", null=True)
    told_on = models.DateField("事后公布日期", null=True, help_text="Emergency: totals and shares told to the owners.")
    state = models.CharField("状态", max_length=8, choices=State, default=State.PROPOSED)
    reason = models.CharField("不予列支原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "维修项目"
        constraints = [
            models.CheckConstraint(condition=Q(budget_fen__gt=0), name="repair_budget"),
            models.CheckConstraint(condition=Q(audited_fen=None) | Q(audited_fen__gt=0), name="repair_audited"),
            # MF-07: an emergency is a listed situation with a proof, and is told afterwards.
            models.CheckConstraint(condition=Q(emergency="") | ~Q(proof=""), name="emergency_has_proof"),
            models.CheckConstraint(condition=~Q(state="closed") | Q(emergency="") | Q(told_on__isnull=False), name="emergency_is_told"),
            # MF-08: nothing while the builder's warranty runs.
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "refused"]) | Q(proposed_on__gt=F("warranty_until")), name="after_warranty"
            ),
        ]


class Ballot(Placed):
    """One unit's vote on a repair."""

    class Choice(models.TextChoices):
        FOR = "for", "同意"
        AGAINST = "against", "反对"
        ABSTAIN = "abstain", "弃权"

    repair = models.ForeignKey(RepairProject, on_delete=models.PROTECT, related_name="ballots")
    unit = models.ForeignKey(FundUnit, on_delete=models.PROTECT, related_name="ballots")
    choice = models.CharField("意见", max_length=7, choices=Choice)
    cast_on = models.DateField("表决日期")

    class Meta:
        verbose_name = "业主表决"
        constraints = [models.UniqueConstraint(fields=["repair", "unit"], name="one_ballot_per_unit")]


class RepairShare(Placed):
    """What one unit bears of a repair. `shortfall_fen`: what its account lacks is owed by its owner, never taken from another unit."""

    repair = models.ForeignKey(RepairProject, on_delete=models.PROTECT, related_name="shares")
    unit = models.ForeignKey(FundUnit, on_delete=models.PROTECT, related_name="shares")
    share_fen = models.BigIntegerField("分摊金额")
    charged_fen = models.BigIntegerField("分户账列支")
    shortfall_fen = models.BigIntegerField("应补交")
    settled_on = models.DateField("补交日期", null=True)

    class Meta:
        verbose_name = "维修分摊"
        constraints = [
            models.UniqueConstraint(fields=["repair", "unit"], name="repair_share_once"),
            models.CheckConstraint(
                condition=Q(share_fen__gte=0, charged_fen__gte=0, shortfall_fen__gte=0, share_fen=F("charged_fen") + F("shortfall_fen")),
                name="share_is_charged_or_owed",
            ),
        ]


class RepairPayment(Placed):
    """A payment to the repair contractor."""

    repair = models.ForeignKey(RepairProject, on_delete=models.PROTECT, related_name="payments")
    number = models.PositiveSmallIntegerField("次序")
    amount_fen = models.BigIntegerField("金额")
    paid_on = models.DateField("付款日期")
    transfer_id = models.BigIntegerField("流水")

    class Meta:
        verbose_name = "维修付款"
        constraints = [
            models.UniqueConstraint(fields=["repair", "number"], name="repair_payment_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="repair_payment_amount"),
        ]


class InterestRun(Placed):
    """A year's bank interest shared among the units of an area by their own balance-days; once a year (MF-12)."""

    area = models.ForeignKey(FundArea, on_delete=models.PROTECT, related_name="interest_runs")
    year = models.PositiveSmallIntegerField("年度")
    bank_fen = models.BigIntegerField("银行结息")
    credited_on = models.DateField("结息日期")

    class Meta:
        verbose_name = "维修资金结息"
        constraints = [
            models.UniqueConstraint(fields=["area", "year"], name="interest_once_a_year"),
            models.CheckConstraint(condition=Q(bank_fen__gt=0), name="interest_amount"),
        ]


class UnitInterest(Placed):
    """One unit's part of a year's interest."""

    run = models.ForeignKey(InterestRun, on_delete=models.PROTECT, related_name="parts")
    unit = models.ForeignKey(FundUnit, on_delete=models.PROTECT, related_name="interest")
    amount_fen = models.BigIntegerField("利息")

    class Meta:
        verbose_name = "分户利息"
        constraints = [
            models.UniqueConstraint(fields=["run", "unit"], name="unit_interest_once"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="unit_interest_amount"),
        ]
