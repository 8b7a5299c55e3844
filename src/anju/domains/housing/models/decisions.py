"""What was decided, by which rule, from what: single decisions and runs over many households. Append-only (GN-01, GN-02)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anju.domains.housing.models.households import Household
from anju.kernel.database.placed import Booked, Placed


class RuleVersion(models.Model):
    """A rule as data, parameters included, once for all decisions made by it. Its digest is its version; it is never changed."""

    name = models.CharField("规则", max_length=80)
    title = models.CharField("名称", max_length=80)
    digest = models.CharField("摘要", max_length=64, unique=True, help_text="SM3 of the canonical JSON.")
    data = models.JSONField("规则内容", help_text="kernel.rules.storing.as_data.")
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        verbose_name = "规则版本"

    def __str__(self) -> str:
        return f"{self.title} {self.digest[:8]}"


class Decision(Booked):
    """One judgement of one household or project: the review the bureau counts as 资格审核. `inputs`: by name, as stored integers."""

    class Verdict(models.IntegerChoices):
        UNKNOWN = -1, "待查明"
        REFUSED = 0, "不符合"
        GRANTED = 1, "符合"

    class Kind(models.TextChoices):
        FIRST = "first", "初次审核"
        YEARLY = "yearly", "年度复核"
        CHANGE = "change", "变更审核"

    decision_no = models.CharField("审核编号", max_length=40)
    kind = models.CharField("审核类别", max_length=8, choices=Kind, default=Kind.FIRST, db_default="first")
    subject = models.CharField("事项", max_length=40, blank=True, db_default="", help_text="The rule's area: rent_subsidy, new_worker ...")
    household_no = models.CharField("家庭编号", max_length=60, help_text="As the decision names who it is about.")
    head = models.CharField("申请人", max_length=60)
    household = models.ForeignKey(Household, verbose_name="家庭", on_delete=models.PROTECT, null=True, related_name="decisions")
    rule = models.ForeignKey(RuleVersion, verbose_name="规则版本", on_delete=models.PROTECT, null=True, related_name="+")
    inputs = models.JSONField("依据", default=dict)
    basis = models.JSONField("参数版本", default=dict, help_text="kernel.parameters.basis.Basis.as_data.")
    verdict = models.SmallIntegerField("结论", choices=Verdict)
    amount = models.BigIntegerField("金额", null=True, help_text="Fen.")
    reason_code = models.CharField("理由代码", max_length=60, blank=True, db_default="")
    reason = models.CharField("理由", max_length=500, blank=True, db_default="")
    decided_on = models.DateField("审核日期")
    decided_by = models.CharField("审核人", max_length=60)
    case_id = models.BigIntegerField("办件", null=True)

    class Meta:
        verbose_name = "资格审核"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "decision_no"], condition=Q(voided_at=None), name="housing_decision_no_once"),
            models.CheckConstraint(condition=~Q(verdict=0) | ~Q(reason="") | Q(rule=None), name="refused_decision_has_reason"),
        ]
        indexes = [
            models.Index(fields=["bureau_id", "decided_on", "id"], condition=Q(voided_at=None), name="housing_decision_by_day"),
            models.Index(fields=["household", "-id"], name="decision_by_household"),
        ]

    def __str__(self) -> str:
        return self.decision_no


class SubsidyRun(Placed):
    """One judgement of all agreements of a kind for a month. Its inputs lie beside the database under their digest, to explain any row."""

    run_no = models.CharField("测算编号", max_length=40)
    kind = models.CharField("补贴种类", max_length=20)
    month = models.DateField("月份", help_text="First day.")
    rule = models.ForeignKey(RuleVersion, verbose_name="规则版本", on_delete=models.PROTECT, related_name="runs")
    basis = models.JSONField("参数版本", default=dict)
    inputs = models.CharField("依据摘要", max_length=64, help_text="SM3 of the inputs file.")
    rows = models.PositiveIntegerField("户数")
    granted = models.PositiveIntegerField("符合户数")
    refused = models.PositiveIntegerField("不符合户数")
    unknown = models.PositiveIntegerField("待查明户数")
    total = models.BigIntegerField("金额", help_text="Fen.")
    made_on = models.DateField("测算日期")
    made_by = models.CharField("测算人", max_length=60)

    class Meta:
        verbose_name = "补贴测算"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "run_no"], name="housing_run_no_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="run_by_month"),
        ]

    def __str__(self) -> str:
        return self.run_no


class SubsidyRunRow(Placed):
    """What a run found for one household. `failed`, `undecided`: bit i stands for check i of the rule.

    Rows are written by the million from a reading of the households in the same transaction, and neither households nor runs are ever
    deleted: a foreign key would only check that again, row by row.
    """

    run = models.ForeignKey(SubsidyRun, on_delete=models.PROTECT, related_name="found", db_index=False, db_constraint=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    agreement_id = models.BigIntegerField("协议", null=True)
    verdict = models.SmallIntegerField("结论", choices=Decision.Verdict)
    amount = models.BigIntegerField("月补贴额", help_text="Fen.")
    failed = models.BigIntegerField("不符合的项")
    undecided = models.BigIntegerField("待查明的项")

    class Meta:
        verbose_name = "测算结果"
        constraints = [models.UniqueConstraint(fields=["run", "household"], name="run_finds_a_household_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.household_id}"
