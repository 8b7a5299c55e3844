"""Texts that were handed in to be read, what people decided about their figures and findings, and what the office remembers."""

from __future__ import annotations

from django.db import models


class ReadText(models.Model):
    """One text as it was handed in. Its figures and findings are read from `text` again whenever it is opened."""

    region_code = models.CharField("区划", max_length=12)
    bureau_id = models.BigIntegerField("单位", null=True)
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("类型", max_length=10, help_text="text, docx or pdf.")
    digest = models.CharField("摘要", max_length=64, help_text="SHA-256 of the file as handed in.")
    content = models.BinaryField("原件", help_text="The file as handed in; the annotated document is made from it.")
    text = models.TextField("文字")
    period = models.CharField("报告期", max_length=40, blank=True)
    figures = models.PositiveIntegerField("数字", help_text="How many were read when it was handed in.")
    template = models.CharField("存成的模板", max_length=80, blank=True)
    opened_at = models.DateTimeField("交来时间", auto_now_add=True)
    opened_by = models.CharField("交来人", max_length=60)

    class Meta:
        verbose_name = "待读文稿"
        indexes = [models.Index(fields=["region_code", "bureau_id", "-id"], name="read_text_newest")]

    def __str__(self) -> str:
        return self.name


class ReadDecision(models.Model):
    """What a person decided one figure is. `reference` is `key`, `key@1Q` or `key#yoy`; blank: the words stay as they are."""

    text = models.ForeignKey(ReadText, on_delete=models.CASCADE, related_name="decisions")
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField(null=True)
    start = models.PositiveIntegerField("起", help_text="Offset of the figure in the text.")
    phrase = models.CharField("短语", max_length=200)
    reference = models.CharField("指标", max_length=400, blank=True)
    decided_at = models.DateTimeField(auto_now=True)
    decided_by = models.CharField("决定人", max_length=60)

    class Meta:
        verbose_name = "数字对应"
        constraints = [models.UniqueConstraint(fields=["text", "start"], name="read_decision_once")]


class ReadSilence(models.Model):
    """A finding somebody looked at and lets stand, with the reason."""

    text = models.ForeignKey(ReadText, on_delete=models.CASCADE, related_name="silences")
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField(null=True)
    fingerprint = models.CharField("发现", max_length=16)
    reason = models.CharField("理由", max_length=500)
    silenced_at = models.DateTimeField(auto_now_add=True)
    silenced_by = models.CharField("说明人", max_length=60)

    class Meta:
        verbose_name = "不再提示"
        constraints = [
            models.UniqueConstraint(fields=["text", "fingerprint"], name="read_silence_once"),
            models.CheckConstraint(condition=models.Q(reason__regex=r"^.{4,}"), name="read_silence_has_reason"),
        ]


class KnownPhrase(models.Model):
    """What the figures of a bureau known by these words are, so that next year's text needs only a nod."""

    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField(null=True)
    phrase = models.CharField("短语", max_length=200)
    reference = models.CharField("指标", max_length=400, blank=True)
    learned_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "记住的对应"
        constraints = [models.UniqueConstraint(fields=["bureau_id", "phrase"], name="known_phrase_once", nulls_distinct=False)]
