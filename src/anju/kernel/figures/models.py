"""Snapshots: which files hold the facts as they stood at one moment."""

from __future__ import annotations

from django.db import models

from anju.kernel.figures.manifest import Manifest


class Snapshot(models.Model):
    """The facts as one database snapshot saw them, in content-addressed Parquet files. Its manifest never changes.

    A frozen snapshot is what some frozen report was computed on: it is never pruned.
    """

    taken_at = models.DateTimeField("截至时间", help_text="When the database snapshot was taken, UTC.")
    visible = models.TextField("数据库快照", help_text="pg_current_snapshot() of the export; a later change is one it does not see.")
    origin = models.CharField("数据库", max_length=60, help_text="Cluster and database the transaction numbers belong to.")
    manifest_data = models.JSONField("清单", help_text="Per fact: fingerprint, columns and segments (digest, rows, bytes).")
    digest = models.CharField("摘要", max_length=64, help_text="SM3 of the manifest.")
    frozen_at = models.DateTimeField("冻结时间", null=True)

    class Meta:
        verbose_name = "指标快照"
        indexes = [models.Index(fields=["-id"], name="snapshot_newest_first")]

    def __str__(self) -> str:
        return f"快照{self.pk}"

    @property
    def frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def manifest(self) -> Manifest:
        """The segments of every fact."""
        return Manifest.from_data(self.manifest_data)


class Salt(models.Model):
    """The one row whose text salts the digests of personal identifiers in facts; made once per database."""

    salt = models.CharField(max_length=80)

    class Meta:
        db_table = "figures_salt"
        verbose_name = "摘要盐"
