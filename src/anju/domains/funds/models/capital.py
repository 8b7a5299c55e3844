"""Project capital (项目资本金)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.kernel.database.placed import Placed


class ProjectCapital(Placed):
    """What a project must bring of its own. Paid in and released in a book of its own, never mixed with pre-sale money."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", "保障性住房和普通商品住房"
        OTHER = "other", "其他房地产开发"

    project = models.CharField("项目名称", max_length=80)
    kind = models.CharField("项目类别", max_length=8, choices=Kind)
    investment_fen = models.BigIntegerField("总投资")
    required_fen = models.BigIntegerField("应缴资本金")
    document = models.CharField("依据", max_length=200, help_text="国发〔2015〕51号 or the local rule in force.")
    from_on = models.DateField("核定日期")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    bank_account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "项目资本金"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "project"], name="capital_once"),
            models.CheckConstraint(
                condition=Q(required_fen__gt=0, required_fen__lte=F("investment_fen")), name="capital_within_investment"
            ),
        ]
