"""Books, accounts, their balances and the floors below which nothing may be taken."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Book(models.Model):
    """A set of accounts of one bureau that may pay one another; debits equal credits in every book. Amounts are fen.

    `control`: holds allowances (what may still be spent under a rule), not money.
    """

    code = models.CharField("代码", max_length=80)
    name = models.CharField("名称", max_length=120)
    control = models.BooleanField("额度账", default=False)
    region_code = models.CharField("区划", max_length=12)
    bureau_id = models.BigIntegerField("单位")
    opened_at = models.DateTimeField("建账时间", auto_now_add=True)

    class Meta:
        verbose_name = "账簿"
        constraints = [models.UniqueConstraint(fields=["bureau_id", "code"], name="book_code_once")]

    def __str__(self) -> str:
        return self.name


class Account(models.Model):
    """One account. What it is never changes; what it holds is its `Balance`, what must stay in it its newest `Floor`."""

    class Side(models.TextChoices):
        DEBIT = "debit", "借方"
        CREDIT = "credit", "贷方"

    book = models.ForeignKey(Book, verbose_name="账簿", on_delete=models.PROTECT, related_name="accounts")
    code = models.CharField("账号", max_length=80, help_text="Unique in its book; the slice's own key, for example building:17.")
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=60, help_text="A declared kind, `slice.name`.")
    side = models.CharField("余额方向", max_length=6, choices=Side)
    never_negative = models.BooleanField("不得为负", default=True)
    subject = models.CharField("对象", max_length=120, blank=True, help_text="table:number of the record the account belongs to.")
    region_code = models.CharField("区划", max_length=12)
    bureau_id = models.BigIntegerField("单位")
    opened_at = models.DateTimeField("开户时间", auto_now_add=True)
    closed_at = models.DateTimeField("销户时间", null=True)

    class Meta:
        verbose_name = "账户"
        constraints = [models.UniqueConstraint(fields=["book", "code"], name="account_code_once")]
        indexes = [
            models.Index(fields=["bureau_id", "kind", "id"], name="account_by_kind"),
            models.Index(fields=["subject"], name="account_by_subject"),
        ]

    def __str__(self) -> str:
        return self.name


class Balance(models.Model):
    """What an account holds, kept by the database with every transfer and derivable from them; the application reads it only.

    Not journaled: every transfer is. `side`, `never_negative` repeat the account's so that the limit is a constraint of this row.
    """

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.PROTECT)
    book_id = models.BigIntegerField()
    side = models.CharField(max_length=6)
    never_negative = models.BooleanField()
    debits_posted = models.BigIntegerField("借方", default=0)
    debits_pending = models.BigIntegerField("借方在途", default=0)
    credits_posted = models.BigIntegerField("贷方", default=0)
    credits_pending = models.BigIntegerField("贷方在途", default=0)
    floor_fen = models.BigIntegerField("最低留存", null=True, help_text="From the newest Floor; null: nothing is required.")
    frozen_fen = models.BigIntegerField("冻结", default=0)
    closed = models.BooleanField(default=False)
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        verbose_name = "余额"
        constraints = [
            models.CheckConstraint(
                condition=Q(debits_posted__gte=0, debits_pending__gte=0, credits_posted__gte=0, credits_pending__gte=0, frozen_fen__gte=0),
                name="balance_sums_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(never_negative=False) | Q(side="debit") | Q(credits_posted__gte=F("debits_posted") + F("debits_pending")),
                name="debits_must_not_exceed_credits",
            ),
            models.CheckConstraint(
                condition=Q(never_negative=False) | Q(side="credit") | Q(debits_posted__gte=F("credits_posted") + F("credits_pending")),
                name="credits_must_not_exceed_debits",
            ),
        ]

    @property
    def posted_fen(self) -> int:
        """The balance on the account's own side, without what is pending."""
        net = self.credits_posted - self.debits_posted
        return net if self.side == Account.Side.CREDIT else -net

    @property
    def held_fen(self) -> int:
        """What pending transfers have already taken."""
        return self.debits_pending if self.side == Account.Side.CREDIT else self.credits_pending

    @property
    def coming_fen(self) -> int:
        """What pending transfers will bring."""
        return self.credits_pending if self.side == Account.Side.CREDIT else self.debits_pending

    @property
    def available_fen(self) -> int:
        """What may still be taken: balance less pending, floor and frozen; never below 0."""
        return max(self.posted_fen - self.held_fen - (self.floor_fen or 0) - self.frozen_fen, 0)


class Floor(models.Model):
    """From a moment on, this much must stay in an account, and this much is frozen. The newest holds; none is ever changed."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="floors")
    floor_fen = models.BigIntegerField("最低留存", null=True)
    frozen_fen = models.BigIntegerField("冻结", default=0)
    on = models.DateField("日期", help_text="The business date from which it is meant to hold.")
    document = models.CharField("依据", max_length=120, help_text="Document number, node evidence or court notice.")
    reason = models.CharField("说明", max_length=200, blank=True)
    set_at = models.DateTimeField("设定时间", auto_now_add=True)
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        verbose_name = "留存要求"
        constraints = [
            models.CheckConstraint(condition=Q(frozen_fen__gte=0), name="floor_frozen_not_negative"),
            models.CheckConstraint(condition=~Q(document=""), name="floor_has_document"),
        ]
        indexes = [models.Index(fields=["account", "id"], name="floor_by_account")]


class ClosedPeriod(models.Model):
    """Until when a book is closed: no transfer dated on or before `until` is taken any more."""

    book = models.OneToOneField(Book, on_delete=models.PROTECT, related_name="closing")
    until = models.DateField("封至")
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        verbose_name = "账簿封账"


class DayTotal(models.Model):
    """Posted totals of an account at the end of a day that is past. Derived: it makes balances of any day quick, and is compared too."""

    account_id = models.BigIntegerField()
    on = models.DateField()
    debits = models.BigIntegerField(help_text="Posted debits dated on or before the day, fen.")
    credits = models.BigIntegerField()
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        verbose_name = "日终余额"
        constraints = [models.UniqueConstraint(fields=["account_id", "on"], name="day_total_once")]
