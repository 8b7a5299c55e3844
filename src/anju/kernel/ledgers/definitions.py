"""What this room remembers about ledgers themselves: published declarations and closed periods."""

from __future__ import annotations

from django.db import models


class LedgerDefinition(models.Model):
    """One published version of a ledger's declaration. Written by the owner when tables are brought up to date; never changed."""

    ledger = models.CharField("台账", max_length=40)
    version = models.PositiveIntegerField("版本")
    name = models.CharField("名称", max_length=80)
    declaration = models.JSONField("声明", help_text="The whole declaration as it was published, units and choices included.")
    digest = models.CharField("摘要", max_length=64, help_text="SM3 of the canonical JSON of the declaration.")
    published_at = models.DateTimeField("发布时间", auto_now_add=True)

    class Meta:
        verbose_name = "台账定义"
        constraints = [models.UniqueConstraint(fields=["ledger", "version"], name="ledger_version_published_once")]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class ClosedPeriod(models.Model):
    """Records of this ledger and bureau dated on or before `until` are closed: nothing may add, change or void them."""

    ledger = models.CharField("台账", max_length=40)
    region_code = models.CharField("区划", max_length=12)
    bureau_id = models.BigIntegerField("单位")
    until = models.DateField("封账至", help_text="Inclusive, by the ledger's business date.")
    closed_at = models.DateTimeField("封账时间", auto_now=True)

    class Meta:
        verbose_name = "封账"
        constraints = [models.UniqueConstraint(fields=["ledger", "bureau_id"], name="one_closing_per_ledger_and_bureau")]

    def __str__(self) -> str:
        return f"{self.ledger} {self.until}"
