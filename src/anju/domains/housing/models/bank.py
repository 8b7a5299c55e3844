"""What went to the bank and what came back."""

from __future__ import annotations

from django.db import models

from anju.domains.housing.models.batches import PaymentBatch
from anju.kernel.database.placed import Placed


class BankFile(Placed):
    """The file of a batch as it was first sent. Writing it again gives the same bytes, or is refused."""

    payment_batch = models.OneToOneField(PaymentBatch, verbose_name="发放批次", on_delete=models.PROTECT, related_name="bank_file")
    layout = models.CharField("格式", max_length=40)
    digest = models.CharField("摘要", max_length=64, help_text="SM3 of the bytes.")
    rows = models.PositiveIntegerField("笔数")
    total = models.BigIntegerField("金额", help_text="Fen.")
    sent_at = models.DateTimeField("导出时间", auto_now_add=True)
    sent_by = models.CharField("导出人", max_length=60)

    class Meta:
        verbose_name = "银行发放文件"

    def __str__(self) -> str:
        return f"{self.payment_batch_id} {self.digest[:8]}"


class BankResult(Placed):
    """A result file of the bank. Its source and serial are taken in once; the same again changes nothing (GN-12)."""

    payment_batch = models.ForeignKey(PaymentBatch, verbose_name="发放批次", on_delete=models.PROTECT, related_name="results")
    source = models.CharField("来源", max_length=40)
    serial = models.CharField("流水号", max_length=60)
    digest = models.CharField("摘要", max_length=64, help_text="SM3 of the bytes.")
    paid = models.PositiveIntegerField("成功笔数")
    paid_total = models.BigIntegerField("成功金额", help_text="Fen.")
    failed = models.PositiveIntegerField("失败笔数")
    failed_total = models.BigIntegerField("失败金额", help_text="Fen.")
    settled_on = models.DateField("处理日期")
    received_at = models.DateTimeField("收到时间", auto_now_add=True)
    received_by = models.CharField("收取人", max_length=60)

    class Meta:
        verbose_name = "银行回盘文件"
        constraints = [models.UniqueConstraint(fields=["source", "serial"], name="bank_result_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.serial}"
