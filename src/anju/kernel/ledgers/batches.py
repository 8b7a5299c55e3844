"""What this room remembers about imports: batches, and how columns were mapped."""

from __future__ import annotations

from django.db import models


class ImportBatch(models.Model):
    """One workbook on its way into one ledger. Its rows lie staged beside the database until the batch is confirmed.

    `rows` = `ready` + `to_confirm` + `wrong` + `already`: every record of the file stands in exactly one of them.
    """

    class State(models.TextChoices):
        PENDING = "pending", "待确认"
        BLOCKED = "blocked", "不能导入"
        CONFIRMED = "confirmed", "已导入"
        DISCARDED = "discarded", "已放弃"

    ledger = models.CharField("台账", max_length=40)
    version = models.PositiveIntegerField("台账版本")
    region_code = models.CharField("区划", max_length=12)
    bureau_id = models.BigIntegerField("单位")
    filename = models.CharField("文件名", max_length=255)
    digest = models.CharField("文件摘要", max_length=64, help_text="SM3 of the file, hex.")
    size = models.BigIntegerField("字节数")
    state = models.CharField("状态", max_length=10, choices=State, default=State.PENDING)

    sheet = models.CharField("指定工作表", max_length=255, blank=True, help_text="Empty: every sheet of the same layout.")
    sheets = models.JSONField("工作表", default=list, help_text="Per sheet read: name, header_row (from 1), rows, left_out by kind.")
    header_row = models.PositiveIntegerField("表头行", default=0, help_text="The last row of the header, from 1.")
    columns = models.JSONField("列", default=list, help_text="Per column: letter, label, unit, field (or null), score (0 to 1), how.")
    mapping = models.JSONField("列对应", default=dict, help_text="Column letter to field name, null for an ignored column.")
    signature = models.TextField("表头特征", blank=True, help_text="Comparable labels; the same layout is known again by it.")
    notes = models.JSONField("说明", default=list, help_text="Sentences about sheets and rows that were left aside.")
    update_existing = models.BooleanField("更新已有记录", default=False, help_text="Rows whose key is known change the record.")

    rows = models.PositiveIntegerField("记录数", default=0)
    ready = models.PositiveIntegerField("可导入", default=0)
    to_confirm = models.PositiveIntegerField("待核对", default=0)
    wrong = models.PositiveIntegerField("须改正", default=0)
    already = models.PositiveIntegerField("已存在", default=0, help_text="Identical records the ledger has.")
    changing = models.PositiveIntegerField("将更新", default=0, help_text="Of ready and to_confirm: those that change a known record.")
    issue_count = models.PositiveIntegerField("问题数", default=0)
    blocking = models.PositiveIntegerField("阻断问题数", default=0)
    added = models.PositiveIntegerField("已新增", default=0)
    changed = models.PositiveIntegerField("已更新", default=0)

    staged = models.CharField("暂存", max_length=32, help_text="The folder of its staged files under imports/<digest>.")
    prepared_by = models.CharField("上传人", max_length=60)
    prepared_at = models.DateTimeField("上传时间", auto_now_add=True)
    closed_by = models.CharField("确认人", max_length=60, blank=True)
    closed_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "导入批次"
        indexes = [
            models.Index(fields=["bureau_id", "ledger", "digest"], name="batch_by_file"),
            models.Index(fields=["bureau_id", "state", "-id"], name="batch_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.filename} → {self.ledger}"

    @property
    def pending(self) -> bool:
        return self.state == self.State.PENDING


class ColumnMapping(models.Model):
    """How a bureau last confirmed the columns of one layout for one ledger."""

    ledger = models.CharField("台账", max_length=40)
    region_code = models.CharField("区划", max_length=12)
    bureau_id = models.BigIntegerField("单位")
    signature_digest = models.CharField("表头摘要", max_length=64, help_text="SM3 of the signature, hex.")
    signature = models.TextField("表头特征")
    mapping = models.JSONField("列对应", help_text="Column letter to field name, null for an ignored column.")
    used_at = models.DateTimeField("最近使用", auto_now=True)

    class Meta:
        verbose_name = "列对应"
        constraints = [models.UniqueConstraint(fields=["bureau_id", "ledger", "signature_digest"], name="one_mapping_per_layout")]

    def __str__(self) -> str:
        return f"{self.ledger} {self.signature[:40]}"
