"""Frozen reports: what was printed, on which snapshot, with every figure as a row. Nothing here is ever changed or removed."""

from __future__ import annotations

from django.db import models


class FrozenReport(models.Model):
    """One report as it was frozen. `blocks` is its layout (paragraphs of words and bookmarks); its figures are rows of `FrozenFigure`."""

    template = models.CharField("模板", max_length=80)
    template_version = models.PositiveIntegerField("模板版本")
    template_digest = models.CharField("模板摘要", max_length=64, help_text="SM3 of the template file.")
    title = models.CharField("标题", max_length=200)
    period = models.CharField("报告期", max_length=40)
    period_label = models.CharField("报告期名称", max_length=60)
    region_code = models.CharField("区划", max_length=12)
    region_name = models.CharField("地区", max_length=60)
    bureau_id = models.BigIntegerField("单位", null=True)
    bureau_name = models.CharField("单位名称", max_length=80)
    dated = models.DateField("成文日期")
    snapshot_id = models.BigIntegerField("快照", help_text="The figures snapshot everything was computed on; it is kept for ever.")
    sealed = models.BooleanField("盖章")
    text = models.TextField("正文", help_text="One paragraph a line, as printed.")
    blocks = models.JSONField("版面", help_text="Paragraphs: kind, level, lead and runs of (words, bookmark).")
    map_digest = models.CharField("对照表摘要", max_length=64, help_text="SM3 of the evidence map its documents carry.")
    frozen_at = models.DateTimeField("定稿时间", auto_now_add=True)
    frozen_by = models.CharField("定稿人", max_length=60)

    class Meta:
        verbose_name = "定稿报告"
        indexes = [models.Index(fields=["region_code", "bureau_id", "-id"], name="frozen_report_newest")]

    def __str__(self) -> str:
        return f"{self.title}（{self.period_label}）"


class FrozenFigure(models.Model):
    """One figure of a frozen report, as printed. Field meanings as in `built.PlacedFigure`."""

    report = models.ForeignKey(FrozenReport, on_delete=models.PROTECT, related_name="figures")
    region_code = models.CharField(max_length=12, help_text="The report's, for row-level security.")
    bureau_id = models.BigIntegerField(null=True)
    bookmark = models.CharField("书签", max_length=40)
    reference = models.CharField("引用", max_length=400)
    format = models.CharField("格式", max_length=60, blank=True)
    key = models.CharField("指标", max_length=120)
    measure = models.CharField("量", max_length=10)
    name = models.CharField("名称", max_length=120)
    period = models.CharField("期间", max_length=40)
    figure_region = models.CharField("地区", max_length=12, blank=True)
    figure_bureau = models.BigIntegerField("单位", null=True)
    value = models.CharField("精确值", max_length=200, blank=True, help_text="Exact, in `unit`: a decimal string or numerator/denominator.")
    unit = models.CharField("单位", max_length=20)
    shown = models.CharField("印出的文字", max_length=120)
    rows = models.BigIntegerField("依据行数")
    digest = models.CharField("依据摘要", max_length=64, help_text="SM3 over the contributing rows in order.")
    snapshot_id = models.BigIntegerField("快照")
    version = models.CharField("指标版本", max_length=20)
    missing = models.CharField("缺数原因", max_length=20, blank=True)

    class Meta:
        verbose_name = "定稿数字"
        constraints = [models.UniqueConstraint(fields=["report", "bookmark"], name="frozen_figure_once")]
        indexes = [models.Index(fields=["key", "period"], name="frozen_figure_by_key")]

    def __str__(self) -> str:
        return f"{self.name}{self.shown}"


class FrozenFinding(models.Model):
    """A finding that stood beside the report when it was frozen: whoever froze it had it before their eyes."""

    report = models.ForeignKey(FrozenReport, on_delete=models.PROTECT, related_name="findings")
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField(null=True)
    rule = models.CharField("规则", max_length=60)
    severity = models.CharField("级别", max_length=10)
    message = models.TextField("说明")
    advice = models.TextField("建议", blank=True)
    where = models.CharField("位置", max_length=200, blank=True)
    bookmarks = models.TextField("书签", blank=True, help_text="Separated by blanks.")
    references = models.TextField("引用", blank=True, help_text="Separated by blanks.")

    class Meta:
        verbose_name = "定稿时的提示"
