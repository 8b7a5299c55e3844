"""A round of letting (配租): its plan, who wants to take part, the ballot everybody can recompute, and who got which home."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anju.domains.housing.models.applications import Application
from anju.domains.housing.models.households import Household
from anju.domains.housing.models.letting import LettingUnit, WaitlistEntry
from anju.domains.housing.rules.words import PRIORITY_GROUPS
from anju.kernel.database.placed import Booked, Placed


class Round(Placed):
    """An allocation plan (配租方案) with what 令11号第十一条 asks of it, and how far it is.

    `seed_kind`: where the seed of the ballot comes from. `event`: a public draw announced before, on `event_on`. `commitments`: two parties
    give the digests of their secrets before the pool is frozen and the secrets afterwards.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "拟订"
        ANNOUNCED = "announced", "已公布"
        FROZEN = "frozen", "名单已封存"
        DRAWN = "drawn", "已摇号"
        CHOOSING = "choosing", "选房中"
        CLOSED = "closed", "已结束"
        CANCELLED = "cancelled", "已取消"

    class SeedKind(models.TextChoices):
        EVENT = "event", "公开事件"
        COMMITMENTS = "commitments", "双方承诺"

    round_no = models.CharField("批次编号", max_length=40)
    name = models.CharField("名称", max_length=80)
    document = models.CharField("配租方案文号", max_length=80)
    scope = models.CharField("供应对象", max_length=200)
    rent = models.CharField("租金标准", max_length=200)
    intention_until = models.DateField("意向登记截止")
    event = models.CharField("公开事件", max_length=120, blank=True, db_default="", help_text="What is drawn in public, named beforehand.")
    event_on = models.DateField("事件日期", null=True)
    seed_kind = models.CharField("种子来源", max_length=12, choices=SeedKind)
    bureau_commitment = models.CharField("主管部门承诺值", max_length=64, blank=True, db_default="", help_text="SHA-256, hex.")
    witness_commitment = models.CharField("见证方承诺值", max_length=64, blank=True, db_default="", help_text="SHA-256, hex.")
    witness = models.CharField("公证或见证方", max_length=80)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    announced_on = models.DateField("公布日期", null=True)
    result_until = models.DateField("结果公示截止", null=True)
    closed_on = models.DateField("结束日期", null=True)
    version = models.PositiveIntegerField("版次", default=1, db_default=1)

    class Meta:
        verbose_name = "配租批次"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "round_no"], name="letting_round_no_once"),
            models.CheckConstraint(
                condition=Q(seed_kind="event", event_on__isnull=False) & ~Q(event="") | Q(seed_kind="commitments", event="", event_on=None),
                name="seed_is_named_beforehand",
            ),
            models.CheckConstraint(condition=Q(event_on=None) | Q(event_on__gt=F("intention_until")), name="event_after_the_intentions"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "cancelled")) | Q(announced_on__isnull=False), name="round_was_announced"
            ),
            models.CheckConstraint(
                condition=Q(announced_on=None) | Q(announced_on__lte=F("intention_until")), name="announced_before_intentions_end"
            ),
        ]
        indexes = [models.Index(fields=["bureau_id", "-id"], name="letting_round_newest")]

    def __str__(self) -> str:
        return self.round_no


class RoundGroup(Placed):
    """A group of a round: all of an earlier group come before any of a later one (HS-10). `priorities`: none of them is everybody else."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="groups")
    ordinal = models.PositiveSmallIntegerField("顺序")
    name = models.CharField("组别", max_length=60)
    priorities = ArrayField(models.CharField(max_length=20, choices=PRIORITY_GROUPS.items()), verbose_name="优先类别", default=list)
    floor_most = models.SmallIntegerField("最高楼层", null=True, help_text="Homes above it are not for this group.")

    class Meta:
        verbose_name = "配租组别"
        constraints = [
            models.UniqueConstraint(fields=["round", "ordinal"], name="letting_group_once"),
            models.CheckConstraint(condition=Q(ordinal__range=(1, 20)), name="letting_group_ordinal"),
        ]

    def __str__(self) -> str:
        return self.name


class RoundUnit(Placed):
    """A home of a round. `open` falls when the round ends; a home is in one open round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(LettingUnit, on_delete=models.PROTECT, related_name="rounds")
    open = models.BooleanField(default=True, db_default=True)

    class Meta:
        verbose_name = "配租房源"
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="letting_unit_once_a_round"),
            models.UniqueConstraint(fields=["unit"], condition=Q(open=True), name="letting_unit_in_one_round"),
        ]


class Intention(Placed):
    """A waiting household that takes part, and its re-check (令11号第十二条). `group`: where it is drawn, fixed when the pool is frozen."""

    class Recheck(models.TextChoices):
        PENDING = "pending", "待复核"
        FIT = "fit", "符合"
        UNFIT = "unfit", "不符合"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="intentions")
    entry = models.ForeignKey(WaitlistEntry, on_delete=models.PROTECT, related_name="intentions")
    registered_on = models.DateField("登记日期")
    recheck = models.CharField("复核结果", max_length=8, choices=Recheck, default=Recheck.PENDING)
    rechecked_on = models.DateField("复核日期", null=True)
    valid_until = models.DateField("复核有效期", null=True)
    reason = models.CharField("理由", max_length=200, blank=True, db_default="")

    class Meta:
        verbose_name = "配租意向"
        constraints = [
            models.UniqueConstraint(fields=["round", "entry"], name="one_intention_a_round"),
            models.CheckConstraint(condition=Q(recheck="pending") ^ Q(rechecked_on__isnull=False), name="recheck_on_a_day"),
            models.CheckConstraint(condition=~Q(recheck="fit") | Q(valid_until__gte=F("rechecked_on")), name="recheck_holds_for_a_time"),
            models.CheckConstraint(condition=~Q(recheck="unfit") | ~Q(reason=""), name="unfit_for_a_reason"),
        ]


class Pool(Placed):
    """The list that is balloted, frozen. `text` is the published file to the byte, `digest` its SHA-256."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="pool")
    text = models.TextField("名单")
    digest = models.CharField("名单摘要", max_length=64)
    candidates = models.PositiveIntegerField("人数")
    frozen_at = models.DateTimeField("封存时间")
    frozen_by = models.CharField("封存人", max_length=60)

    class Meta:
        verbose_name = "摇号名单"
        constraints = [models.CheckConstraint(condition=Q(candidates__gt=0), name="pool_is_not_empty")]


class Candidate(Placed):
    """A line of a pool."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="lines")
    intention = models.OneToOneField(Intention, on_delete=models.PROTECT, related_name="candidate")
    code = models.CharField("摇号编号", max_length=40)
    group = models.PositiveSmallIntegerField("组别")

    class Meta:
        verbose_name = "摇号候选"
        constraints = [models.UniqueConstraint(fields=["pool", "code"], name="one_line_in_the_pool")]


class Draw(Placed):
    """A ballot that was drawn: the seed, where it came from, and the published result to the byte. Once a pool, never changed."""

    pool = models.OneToOneField(Pool, on_delete=models.PROTECT, related_name="draw")
    algorithm = models.CharField("算法", max_length=30)
    seed = models.CharField("种子", max_length=300)
    evidence = models.CharField("种子凭证", max_length=200)
    text = models.TextField("结果")
    digest = models.CharField("结果摘要", max_length=64)
    drawn_at = models.DateTimeField("摇号时间")
    drawn_by = models.CharField("操作人", max_length=60)
    witness = models.CharField("公证或见证人", max_length=80)

    class Meta:
        verbose_name = "摇号"


class Place(Placed):
    """A place in the order a ballot gave. All places of a draw are a permutation of its pool (HS-09)."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="places")
    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="place")
    position = models.PositiveIntegerField("顺序号")

    class Meta:
        verbose_name = "摇号结果"
        constraints = [models.UniqueConstraint(fields=["draw", "position"], name="one_position_a_place")]


class Allocation(Booked):
    """A home somebody got, or did not take. `way`: by the place a ballot gave (HS-11, HS-12), as a book of former years says it, or in
    exchange for the home rented before (`former`), without a ballot.
    """

    class Way(models.TextChoices):
        BALLOT = "ballot", "摇号选房"
        BOOK = "book", "历史台账"
        EXCHANGE = "exchange", "调换"

    class State(models.TextChoices):
        ALLOCATED = "allocated", "已选定"
        SIGNED = "signed", "已签约"
        REFUSED = "refused", "放弃选房"
        ABSENT = "absent", "未到场"
        DECLINED = "declined", "逾期未签"
        VACATED = "vacated", "已退租"

    HOLDING = ("allocated", "signed")

    allocation_no = models.CharField("配租编号", max_length=40)
    way = models.CharField("方式", max_length=8, choices=Way, default=Way.BALLOT, db_default=Way.BALLOT)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="allocations")
    place = models.OneToOneField(Place, on_delete=models.PROTECT, null=True, related_name="allocation")
    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, related_name="allocations")
    entry = models.ForeignKey(WaitlistEntry, on_delete=models.PROTECT, null=True, related_name="allocations")
    application = models.ForeignKey(Application, verbose_name="申请", on_delete=models.PROTECT, null=True, related_name="allocations")
    former = models.OneToOneField("self", verbose_name="调换自", on_delete=models.PROTECT, null=True, related_name="exchanged_for")
    unit = models.ForeignKey(LettingUnit, verbose_name="房源", on_delete=models.PROTECT, null=True, related_name="allocations")
    head = models.CharField("承租人", max_length=40, blank=True, db_default="", help_text="As the book says it.")
    estate = models.CharField("小区", max_length=80, blank=True, db_default="", help_text="As the book says it.")
    room = models.CharField("房号", max_length=80, blank=True, db_default="", help_text="As the book says it.")
    area = models.DecimalField("建筑面积", max_digits=8, decimal_places=2, null=True, help_text="㎡, as the book says it.")
    month_rent = models.BigIntegerField("月租金", null=True, help_text="Fen, as the book says it.")
    allocated_on = models.DateField("选房日期")
    sign_until = models.DateField("签约截止", null=True)
    state = models.CharField("状态", max_length=10, choices=State)
    reason = models.CharField("说明", max_length=200, blank=True, db_default="")

    class Meta:
        verbose_name = "配租结果"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "allocation_no"], condition=Q(voided_at=None), name="allocation_no_once"),
            models.UniqueConstraint(fields=["unit"], condition=Q(state__in=("allocated", "signed")), name="home_to_one_household"),
            models.UniqueConstraint(
                fields=["household"], condition=Q(state__in=("allocated", "signed"), voided_at=None), name="one_home_a_household"
            ),
            models.CheckConstraint(
                condition=Q(way="ballot", round__isnull=False, place__isnull=False, entry__isnull=False, former=None, estate="")
                | Q(way="exchange", round=None, place=None, entry=None, former__isnull=False, unit__isnull=False, estate="")
                | (Q(way="book", round=None, place=None, entry=None, former=None, unit=None) & ~Q(estate="") & ~Q(room="")),
                name="allocation_by_its_way",
            ),
            models.CheckConstraint(
                condition=Q(way="book") | (Q(state__in=("refused", "absent")) ^ Q(unit__isnull=False)), name="allocation_has_its_home"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason="") | Q(way="book"), name="refused_for_a_reason"),
            models.CheckConstraint(condition=Q(unit=None) | Q(sign_until__gte=F("allocated_on")), name="signed_within_a_time"),
            models.CheckConstraint(condition=Q(voided_at=None) | Q(way="book"), name="only_books_are_voided"),
        ]
        indexes = [
            models.Index(fields=["entry", "-id"], name="allocation_by_entry"),
            models.Index(fields=["bureau_id", "allocated_on", "id"], condition=Q(voided_at=None), name="allocation_by_day"),
            models.Index(fields=["application"], name="allocation_by_application"),
        ]

    def __str__(self) -> str:
        return self.allocation_no
