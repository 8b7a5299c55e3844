"""Regions, bureaus, departments, staff and their roles."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q


class Region(models.Model):
    """An administrative division, dated. Codes nest by prefix: province 2 digits, city 4, county 6, town 9, village 12."""

    class Level(models.IntegerChoices):
        PROVINCE = 1, "省"
        CITY = 2, "市"
        COUNTY = 3, "县"
        TOWN = 4, "乡镇街道"
        VILLAGE = 5, "村居"

    code = models.CharField("区划代码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=60)
    level = models.PositiveSmallIntegerField("级别", choices=Level)
    parent = models.ForeignKey("self", verbose_name="上级", null=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField("启用日期", help_text="The first day this code was in force in the source edition.")
    valid_to = models.DateField("停用日期", null=True, help_text="The day it ended (exclusive); null while in force.")
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="predecessors")
    is_sample = models.BooleanField("示例", default=False, help_text="Made up for demonstrations; never a real place.")

    class Meta:
        verbose_name = "行政区划"
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$"), name="region_code_shape"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="region_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class Bureau(models.Model):
    """An authority whose work is recorded: a county housing bureau, a housing service centre."""

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=20)
    region = models.ForeignKey(Region, verbose_name="行政区划", on_delete=models.PROTECT, db_column="region_code")
    bureau_id = models.GeneratedField(expression=F("id"), output_field=models.BigIntegerField(), db_persist=True)  # type: ignore[arg-type]
    is_sample = models.BooleanField("示例", default=False)

    class Meta:
        verbose_name = "单位"

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A section (股室) of a bureau."""

    bureau = models.ForeignKey(Bureau, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField("名称", max_length=60)
    region_code = models.CharField(max_length=12, default="", editable=False, help_text="The bureau's region; set by the database.")

    class Meta:
        verbose_name = "股室"
        constraints = [models.UniqueConstraint(fields=["bureau", "name"], name="department_name_once_per_bureau")]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A sign-in. What it may do and see comes from its staff record; when it was used stands in the journal."""

    last_login = None

    class Meta:
        verbose_name = "登录账号"


class Role(models.Model):
    """A named set of permissions. `duty` marks the three administrators nobody may combine (等保三员分立)."""

    class Duty(models.TextChoices):
        NONE = "", "业务"
        SYSTEM = "system", "系统管理员"
        SECURITY = "security", "安全管理员"
        AUDIT = "audit", "审计管理员"

    code = models.SlugField("代码", max_length=40, primary_key=True)
    name = models.CharField("名称", max_length=40)
    permissions = models.JSONField("权限", default=list, help_text="Permission names such as ledgers.import.")
    passes_on = models.JSONField("可授出权限", default=list, help_text="What a holder may grant to others without holding it.")
    duty = models.CharField("三员", max_length=10, choices=Duty, default=Duty.NONE, blank=True)

    class Meta:
        verbose_name = "角色"

    def __str__(self) -> str:
        return self.name


class Staff(models.Model):
    """A person's post in a bureau, with the data scope that goes with it."""

    class Reach(models.TextChoices):
        BUREAU = "bureau", "本单位"
        REGION = "region", "本地区及下级"

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="staff")
    bureau = models.ForeignKey(Bureau, on_delete=models.PROTECT, related_name="staff")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT)
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("职务", max_length=40, blank=True)
    reach = models.CharField("数据范围", max_length=10, choices=Reach, default=Reach.BUREAU)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, help_text="Root of the visible subtree; the bureau's own by default.")
    roles = models.ManyToManyField(Role, through="StaffRole", through_fields=("staff", "role"))
    active = models.BooleanField("在岗", default=True)
    is_sample = models.BooleanField("示例", default=False)
    region_code = models.CharField(max_length=12, default="", editable=False, help_text="The bureau's region; set by the database.")

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name


class StaffRole(models.Model):
    """A role held by a person, and who granted it."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE)
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    granted_by = models.CharField("授权人", max_length=60)
    granted_on = models.DateField("授权日期", auto_now_add=True)
    region_code = models.CharField(max_length=12, default="", editable=False, help_text="The person's; set by the database.")
    bureau_id = models.BigIntegerField(null=True, editable=False, help_text="The person's; set by the database.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "role"], name="role_held_once")]


class ApiToken(models.Model):
    """A key with which a program acts as a member of staff. The key itself is shown once and never stored."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key, hex.")
    expires_on = models.DateField("有效期至", help_text="The last day it works.")
    created_at = models.DateTimeField("申请时间", auto_now_add=True)
    revoked_at = models.DateTimeField("停用时间", null=True)
    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()

    class Meta:
        verbose_name = "接口密钥"

    def __str__(self) -> str:
        return self.name
