"""What is known about a kept file, and what it belongs to. Nothing here is ever deleted: it is made void, with a reason."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """One upload. The bytes lie on disk by digest; two uploads of one content are two rows and one content."""

    digest = models.CharField("摘要（SM3）", max_length=64)
    kind = models.CharField("类型", max_length=5)
    size = models.PositiveIntegerField("字节数")
    name = models.CharField("文件名", max_length=120)
    use = models.CharField("用途", max_length=40)
    width = models.PositiveIntegerField("宽（像素）", null=True)
    height = models.PositiveIntegerField("高（像素）", null=True)
    taken_at = models.DateTimeField("拍摄时间", null=True, help_text="From the photo itself; evidence only.")
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    uploaded_by = models.CharField("上传人", max_length=60)
    staff_id = models.BigIntegerField("人员", null=True)
    region_code = models.CharField("区划", max_length=12)
    bureau_id = models.BigIntegerField("单位", null=True)
    voided_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = "文件"
        indexes = [models.Index(fields=["digest"], name="file_by_digest")]
        constraints = [
            models.CheckConstraint(condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="file_digest_shape"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="file_not_empty"),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="file_place_on_earth",
            ),
        ]

    @property
    def content_name(self) -> str:
        """The name its content is kept under."""
        return f"{self.digest}.{self.kind}"

    @property
    def is_photo(self) -> bool:
        """Whether there is a small picture of it."""
        return self.width is not None


class FileLink(models.Model):
    """A file belongs to a subject (`case:17`) in a role: the code of a material, or what the photo shows."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="links", verbose_name="文件")
    subject = models.CharField("对象", max_length=120)
    role = models.CharField("角色", max_length=60, blank=True)
    linked_at = models.DateTimeField("关联时间", auto_now_add=True)
    linked_by = models.CharField("关联人", max_length=60)
    region_code = models.CharField("区划", max_length=12)
    bureau_id = models.BigIntegerField("单位", null=True)
    voided_at = models.DateTimeField("解除时间", null=True)

    class Meta:
        verbose_name = "文件关联"
        indexes = [models.Index(fields=["subject", "id"], name="file_link_by_subject")]
        constraints = [
            models.UniqueConstraint(fields=["file", "subject", "role"], condition=models.Q(voided_at=None), name="file_linked_once"),
            models.CheckConstraint(condition=models.Q(subject__regex=r"^[a-z][a-z0-9_]*:[0-9]+$"), name="file_subject_shape"),
        ]
