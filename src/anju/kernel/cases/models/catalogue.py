"""Published versions of matters and their roads. Written by the owner when declarations are brought up to date; never changed."""

from __future__ import annotations

from django.db import models


class MatterVersion(models.Model):
    """One published version of a matter: running cases keep the version they began with."""

    matter = models.CharField("事项", max_length=40)
    version = models.CharField("版本", max_length=16)
    title = models.CharField("名称", max_length=60)
    slice = models.CharField("业务", max_length=40, blank=True)
    page = models.TextField("声明", help_text="JSON of the page as it was read, in its order; reading it again gives the same matter.")
    digest = models.CharField("摘要", max_length=64, unique=True, help_text="SM3 of matter, version and canonical JSON of the page.")
    published_at = models.DateTimeField("发布时间", auto_now_add=True)

    class Meta:
        db_table = "cases_matter"
        verbose_name = "事项版本"
        constraints = [models.UniqueConstraint(fields=["matter", "version"], name="matter_version_published_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Road(models.Model):
    """One line of the transition table of a version: a case may go from here to there (GN-13)."""

    matter_version = models.ForeignKey(MatterVersion, on_delete=models.PROTECT, related_name="roads")
    from_state = models.CharField(max_length=14)
    from_stage = models.CharField(max_length=40)
    to_state = models.CharField(max_length=14)
    to_stage = models.CharField(max_length=40)

    class Meta:
        db_table = "cases_road"
        verbose_name = "流转表"
        constraints = [
            models.UniqueConstraint(fields=["matter_version", "from_state", "from_stage", "to_state", "to_stage"], name="road_once")
        ]

    def __str__(self) -> str:
        return f"{self.from_state}:{self.from_stage}→{self.to_state}:{self.to_stage}"
