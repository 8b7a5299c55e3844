"""Which keys this database was written with: their fingerprints, never the keys."""

from __future__ import annotations

from django.db import models


class KeyVersion(models.Model):
    """One key that has been in use. Version 0 is the index key. Written once, never changed."""

    version = models.PositiveIntegerField("版本", primary_key=True)
    fingerprint = models.CharField("指纹", max_length=16, help_text="See keyring.fingerprint.")
    made_on = models.DateField("生成日期")
    registered_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "密钥版本"
