"""Bank statements, what of them met our transfers, and what differs."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.accounts.books import Account


class BankStatement(models.Model):
    """A statement of one account as the bank gave it. Never changed; the same lines sent again are recognised."""

    account = models.ForeignKey(Account, verbose_name="账户", on_delete=models.PROTECT, related_name="statements")
    first_on = models.DateField("起始日期")
    last_on = models.DateField("截止日期")
    opening_fen = models.BigIntegerField("期初余额")
    closing_fen = models.BigIntegerField("期末余额")
    lines = models.PositiveIntegerField("笔数")
    new_fen = models.BigIntegerField("新增发生额", help_text="Σ of the lines that no earlier statement had brought.")
    source = models.CharField("来源", max_length=255, help_text="File name, or the interface it came by.")
    digest = models.CharField("摘要", max_length=64, help_text="SHA-256 of its content, hex.")
    imported_at = models.DateTimeField("导入时间", auto_now_add=True)
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        verbose_name = "银行对账单"
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="statement_once"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="statement_days_in_order"),
        ]


class BankLine(models.Model):
    """One line of a statement. `amount_fen` > 0 is money coming in, < 0 money going out."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="statement_lines")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="bank_lines")
    serial_no = models.CharField("银行流水号", max_length=60)
    on = models.DateField("入账日期")
    amount_fen = models.BigIntegerField("金额")
    balance_fen = models.BigIntegerField("余额", help_text="After the line.")
    counterparty = models.CharField("对方户名", max_length=120, blank=True)
    counterparty_tail = models.CharField("对方账号尾号", max_length=4, blank=True, help_text="The last four digits; no more is kept here.")
    memo = models.CharField("摘要", max_length=200, blank=True)
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        verbose_name = "银行流水"
        constraints = [
            models.UniqueConstraint(fields=["account", "on", "serial_no"], name="bank_serial_once"),
            models.CheckConstraint(condition=~Q(amount_fen=0), name="bank_line_not_empty"),
        ]
        indexes = [models.Index(fields=["account", "on", "id"], name="bank_line_by_day")]


class Match(models.Model):
    """Lines and transfers that are the same money. Their sums are equal when the transaction ends, by a constraint trigger."""

    class How(models.TextChoices):
        SERIAL = "serial", "按流水号"
        AMOUNT = "amount", "按日期金额"
        PERSON = "person", "人工勾对"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="matches")
    how = models.CharField("方式", max_length=8, choices=How)
    note = models.CharField("说明", max_length=200, blank=True)
    made_at = models.DateTimeField("勾对时间", auto_now_add=True)
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        verbose_name = "勾对"


class MatchedLine(models.Model):
    """A line belongs to at most one match."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="lines")
    line = models.OneToOneField(BankLine, on_delete=models.PROTECT, related_name="matched")
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()


class MatchedTransfer(models.Model):
    """A transfer belongs to at most one match of the account it touched."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="transfers")
    transfer_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "transfer_id"], name="transfer_matched_once")]


class Reconciliation(models.Model):
    """Our balance and the bank's at the end of one day, to the fen."""

    class State(models.TextChoices):
        EQUAL = "equal", "相符"
        DIFFERENT = "different", "不符"
        MISSING = "missing", "缺对账单"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="reconciliations")
    on = models.DateField("日期")
    book_fen = models.BigIntegerField("账面余额")
    bank_fen = models.BigIntegerField("银行余额", null=True)
    unmatched = models.PositiveIntegerField("未勾对笔数", default=0)
    state = models.CharField("结果", max_length=9, choices=State)
    checked_at = models.DateTimeField("对账时间", auto_now=True)
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        verbose_name = "日终对账"
        constraints = [
            models.UniqueConstraint(fields=["account", "on"], name="reconciled_once_a_day"),
            models.CheckConstraint(
                condition=Q(state="missing", bank_fen__isnull=True)
                | Q(state="equal", bank_fen=F("book_fen"), unmatched=0)
                | (Q(state="different", bank_fen__isnull=False) & (~Q(bank_fen=F("book_fen")) | Q(unmatched__gt=0))),
                name="reconciliation_tells_the_truth",
            ),
        ]
        indexes = [models.Index(fields=["bureau_id", "-on"], name="reconciliation_by_day")]


class Difference(models.Model):
    """Something that is not the same with us and at the bank, or between a balance and its transfers: work for somebody.

    It ends when what it names has met its counterpart; an explanation alone does not end it.
    """

    class Kind(models.TextChoices):
        BANK_ONLY = "bank_only", "银行已记、账上未记"
        BOOK_ONLY = "book_only", "账上已记、银行未记"
        BALANCE = "balance", "余额不符"
        DERIVED = "derived", "余额与流水不符"

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        EXPLAINED = "explained", "已说明，待核销"
        SETTLED = "settled", "已核销"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="differences")
    kind = models.CharField("类别", max_length=9, choices=Kind)
    on = models.DateField("日期")
    amount_fen = models.BigIntegerField("金额", help_text="Signed as a bank line: > 0 in, < 0 out; of balances: bank less book.")
    line = models.ForeignKey(BankLine, null=True, on_delete=models.PROTECT, related_name="differences")
    transfer_id = models.BigIntegerField("流水", null=True)
    state = models.CharField("状态", max_length=9, choices=State, default=State.OPEN)
    note = models.CharField("说明", max_length=200, blank=True)
    found_at = models.DateTimeField("发现时间", auto_now_add=True)
    settled_at = models.DateTimeField("核销时间", null=True)
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        verbose_name = "对账差异"
        constraints = [
            models.UniqueConstraint(fields=["line"], condition=Q(line__isnull=False) & ~Q(state="settled"), name="line_differs_once"),
            models.UniqueConstraint(
                fields=["account", "transfer_id"],
                condition=Q(transfer_id__isnull=False) & ~Q(state="settled"),
                name="transfer_differs_once",
            ),
            models.UniqueConstraint(
                fields=["account", "kind", "on"],
                condition=Q(line__isnull=True, transfer_id__isnull=True) & ~Q(state="settled"),
                name="balance_differs_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="bank_only", line__isnull=False, transfer_id__isnull=True)
                | Q(kind="book_only", line__isnull=True, transfer_id__isnull=False)
                | Q(kind__in=["balance", "derived"], line__isnull=True, transfer_id__isnull=True),
                name="difference_names_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="settled", settled_at__isnull=False) | (~Q(state="settled") & Q(settled_at__isnull=True)),
                name="difference_settled_at",
            ),
            models.CheckConstraint(condition=~Q(state="explained", note=""), name="explained_in_words"),
        ]
        indexes = [models.Index(fields=["bureau_id", "state", "on"], name="difference_waiting")]
