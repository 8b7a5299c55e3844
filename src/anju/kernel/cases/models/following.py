"""Attempts from outside that are limited: wrong codes of a case, objections from one address."""

from __future__ import annotations

from django.db import models


class FollowFailure(models.Model):
    """One attempt, by the digest of what it is counted by (a case number, or an address). Kept for a day."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_follow_failure"
        verbose_name = "查询失败"
        indexes = [models.Index(fields=["key", "at"], name="follow_failure_by_key")]
