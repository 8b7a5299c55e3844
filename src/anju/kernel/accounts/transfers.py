"""The immutable transfers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Transfer(models.Model):
    """Money from one account's debit to another's credit. Never changed: a correction is a further transfer.

    `pending` reserves; `post` (also partly), `void` and `expire` end a pending one, once. `accounts_post()` alone writes them: it locks the
    balances in the order of their numbers, checks, moves and inserts. No foreign key leads to the accounts, whose rows it has locked and
    nobody can delete: a key would lock a busy account's row once more for every transfer.
    """

    class Kind(models.TextChoices):
        POSTED = "posted", "入账"
        PENDING = "pending", "在途"
        POST = "post", "在途入账"
        VOID = "void", "在途撤销"
        EXPIRE = "expire", "在途到期"

    id = models.BigAutoField(primary_key=True)
    key = models.CharField("幂等键", max_length=120, help_text="Given by the client: the same key with the same content is done once.")
    kind = models.CharField("类型", max_length=7, choices=Kind, default=Kind.POSTED)
    debit_id = models.BigIntegerField("借方账户")
    credit_id = models.BigIntegerField("贷方账户")
    amount_fen = models.BigIntegerField("金额", help_text="Fen. Of a void or expiry: what is released.")
    purpose = models.CharField("用途", max_length=60)
    dated_on = models.DateField("记账日期", help_text="The business date, in Asia/Shanghai.")
    subject = models.CharField("对象", max_length=120, blank=True, help_text="table:number of the record that moved the money.")
    memo = models.CharField("摘要", max_length=200, blank=True)
    pending_id = models.BigIntegerField("在途流水", null=True, help_text="What a post, void or expiry ends.")
    reverses_id = models.BigIntegerField("被红冲流水", null=True)
    expires_at = models.DateTimeField("在途有效期", null=True)
    authority = models.CharField("放行依据", max_length=120, blank=True, help_text="The document that lets it pass below the floor.")
    chain_id = models.BigIntegerField("联动组", help_text="The first transfer of those that were done together, all or none.")
    at = models.DateTimeField("时间", help_text="When it was done, UTC.")
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        verbose_name = "账户流水"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="transfer_key_once"),
            models.UniqueConstraint(fields=["pending_id"], condition=Q(pending_id__isnull=False), name="pending_ends_once"),
            models.UniqueConstraint(fields=["reverses_id"], condition=Q(reverses_id__isnull=False), name="reversed_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="transfer_amount_positive"),
            models.CheckConstraint(condition=~Q(debit_id=F("credit_id")), name="transfer_between_two"),
            models.CheckConstraint(
                condition=Q(kind__in=["posted", "pending"], pending_id__isnull=True)
                | Q(kind__in=["post", "void", "expire"], pending_id__isnull=False),
                name="transfer_ends_a_pending",
            ),
            models.CheckConstraint(condition=Q(expires_at__isnull=True) | Q(kind="pending"), name="only_pending_expires"),
        ]
        indexes = [
            models.Index(fields=["debit_id", "dated_on", "id"], name="transfer_of_debit"),
            models.Index(fields=["credit_id", "dated_on", "id"], name="transfer_of_credit"),
            models.Index(fields=["subject", "id"], name="transfer_by_subject"),
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="transfer_expiring"),
        ]
