"""Agreements, buildings under supervision, and what decides how much must stay: quotas, nodes, guarantees, grades, freezes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anju.kernel.database.placed import Placed


class Agreement(Placed):
    """A tripartite supervision agreement (三方监管协议) and its one account at the bank. Amounts are fen."""

    class Mode(models.TextChoices):
        CAP = "cap", "累计支取上限"
        RETAINED = "retained", "留存余额"
        BOTH = "both", "两者并用"

    class Grade(models.TextChoices):
        A = "A", "A级"
        B = "B", "B级"
        C = "C", "C级"
        D = "D", "D级"

    class State(models.TextChoices):
        EFFECTIVE = "effective", "生效"
        TERMINATED = "terminated", "终止"

    agreement_no = models.CharField("协议编号", max_length=40)
    project = models.CharField("项目名称", max_length=80)
    project_id = models.BigIntegerField("项目", null=True, help_text="The project of the unit register.")
    permit_no = models.CharField("预售许可证号", max_length=60, blank=True)
    developer = models.CharField("开发企业", max_length=80)
    developer_code = models.CharField("开发企业统一社会信用代码", max_length=18, blank=True)
    bank = models.CharField("监管银行", max_length=60)
    account_name = models.CharField("账户名称", max_length=80)
    account_no = models.CharField("监管账号", max_length=40)
    mode = models.CharField("控制方式", max_length=8, choices=Mode)
    grade = models.CharField("信用等级", max_length=1, choices=Grade, default=Grade.B)
    signed_on = models.DateField("签订日期")
    state = models.CharField("状态", max_length=10, choices=State, default=State.EFFECTIVE)
    ended_on = models.DateField("终止日期", null=True)
    suspended_for = models.CharField("暂停支取原因", max_length=200, blank=True, help_text="Empty: not suspended.")
    book = models.ForeignKey("accounts.Book", on_delete=models.PROTECT, related_name="+")
    bank_account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    pool_account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    interest_account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "监管协议"
        constraints = [
            models.UniqueConstraint(fields=["bureau_id", "agreement_no"], name="agreement_no_once"),
            models.UniqueConstraint(fields=["account_no"], name="escrow_account_no_once"),
            models.UniqueConstraint(
                fields=["permit_no"], condition=Q(state="effective") & ~Q(permit_no=""), name="one_live_escrow_per_permit"
            ),
            models.CheckConstraint(
                condition=Q(state="effective", ended_on=None) | Q(state="terminated", ended_on__isnull=False), name="agreement_ended_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.agreement_no}"


class EscrowBuilding(Placed):
    """A building under supervision: its quota, node and guarantees say how much must stay in its account."""

    class Finish(models.TextChoices):
        SHELL = "shell", "毛坯"
        FINISHED = "finished", "全装修"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="buildings")
    building = models.CharField("楼栋", max_length=40)
    building_id = models.BigIntegerField("幢", null=True, help_text="The building of the unit register.")
    finish = models.CharField("交付标准", max_length=8, choices=Finish, default=Finish.SHELL)
    quota_fen = models.BigIntegerField("重点监管额度")
    node = models.CharField("工程节点", max_length=40, help_text="A code of the node table.")
    node_position = models.PositiveSmallIntegerField("节点序号")
    cap_ratio = models.DecimalField("累计支取上限", max_digits=7, decimal_places=6, help_text="In force since the node, 0 to 1.")
    retained_ratio = models.DecimalField("留存比例", max_digits=7, decimal_places=6)
    retention_ratio = models.DecimalField("首次登记前留存", max_digits=7, decimal_places=6, default=0)
    guaranteed_fen = models.BigIntegerField("保函金额", default=0)
    limit_fen = models.BigIntegerField(
        "有效受限额度", help_text="min(quota - guarantees, retained ratio x quota); the floor in retained mode."
    )
    held_account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    allowance_account = models.ForeignKey("accounts.Account", null=True, on_delete=models.PROTECT, related_name="+")
    registration_no = models.CharField("首次登记证明号", max_length=60, blank=True)
    released_on = models.DateField("解除监管日期", null=True)

    class Meta:
        verbose_name = "监管楼栋"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "building"], name="escrow_building_once"),
            models.CheckConstraint(condition=Q(quota_fen__gt=0, guaranteed_fen__gte=0, limit_fen__gte=0), name="escrow_amounts"),
            models.CheckConstraint(
                condition=Q(cap_ratio__gte=0, cap_ratio__lte=1, retained_ratio__gte=0, retained_ratio__lte=1), name="escrow_ratios"
            ),
            models.CheckConstraint(condition=Q(released_on=None) | ~Q(registration_no=""), name="released_after_first_registration"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.project}{self.building}"


class QuotaVersion(Placed):
    """A quota as approved; older ones stay. Append-only."""

    building = models.ForeignKey(EscrowBuilding, on_delete=models.PROTECT, related_name="quotas")
    quota_fen = models.BigIntegerField("重点监管额度")
    from_on = models.DateField("起始日期")
    document = models.CharField("核定文件", max_length=120)
    approver = models.CharField("核定人", max_length=60)
    basis = models.JSONField("依据参数", default=dict)

    class Meta:
        verbose_name = "监管额度"
        constraints = [models.CheckConstraint(condition=Q(quota_fen__gt=0) & ~Q(document=""), name="quota_approved")]


class NodeEvidence(Placed):
    """A node reached, by evidence; forward only (trigger), once per building. Append-only."""

    class Kind(models.TextChoices):
        SUPERVISOR = "supervisor", "监理证明"
        ACCEPTANCE = "acceptance", "验收记录"
        SITE = "site", "现场核查"
        REGISTRATION = "registration", "登记证明"

    building = models.ForeignKey(EscrowBuilding, on_delete=models.PROTECT, related_name="evidence")
    node = models.CharField("节点", max_length=40)
    position = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("证据", max_length=12, choices=Kind)
    document = models.CharField("证明编号", max_length=120)
    reached_on = models.DateField("达到日期")
    confirmed_by = models.CharField("核查人", max_length=60)
    cap_ratio = models.DecimalField("累计支取上限", max_digits=7, decimal_places=6)
    retained_ratio = models.DecimalField("留存比例", max_digits=7, decimal_places=6)
    basis = models.JSONField("依据参数", default=dict)

    class Meta:
        verbose_name = "节点核验"
        constraints = [
            models.UniqueConstraint(fields=["building", "node"], name="node_reached_once"),
            models.CheckConstraint(condition=~Q(document=""), name="node_has_evidence"),
        ]


class Guarantee(Placed):
    """A bank's letter that stands in for cash of the quota (保函置换)."""

    building = models.ForeignKey(EscrowBuilding, on_delete=models.PROTECT, related_name="guarantees")
    letter_no = models.CharField("保函编号", max_length=60)
    issuer = models.CharField("出具银行", max_length=80)
    amount_fen = models.BigIntegerField("保函金额")
    from_on = models.DateField("生效日期")
    until = models.DateField("到期日期")
    ended_on = models.DateField("失效日期", null=True)

    class Meta:
        verbose_name = "保函"
        constraints = [
            models.UniqueConstraint(fields=["letter_no"], name="letter_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="letter_amount"),
        ]


class GradeChange(Placed):
    """A developer's credit grade from a day on (信用等级调整). Append-only."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="grades")
    before = models.CharField(max_length=1)
    after = models.CharField(max_length=1)
    on = models.DateField("日期")
    document = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = "信用等级调整"


class CourtFreeze(Placed):
    """An amount frozen by a court until it lifts it (协助执行)."""

    building = models.ForeignKey(EscrowBuilding, on_delete=models.PROTECT, related_name="freezes")
    court = models.CharField("法院", max_length=80)
    document = models.CharField("协助执行通知书号", max_length=80)
    amount_fen = models.BigIntegerField("冻结金额")
    on = models.DateField("冻结日期")
    lifted_on = models.DateField("解冻日期", null=True)
    lift_document = models.CharField("解冻文书号", max_length=80, blank=True)

    class Meta:
        verbose_name = "司法冻结"
        constraints = [
            models.UniqueConstraint(fields=["building", "document"], name="freeze_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0) & ~Q(document=""), name="freeze_by_document"),
            models.CheckConstraint(
                condition=Q(lifted_on=None, lift_document="") | Q(lifted_on__isnull=False) & ~Q(lift_document=""),
                name="freeze_lifted_by_document",
            ),
        ]
