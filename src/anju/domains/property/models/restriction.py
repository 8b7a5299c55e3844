"""Restrictions (抵押、查封、异议 ...): each with its document, from its beginning to its end."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anju.domains.property.models.unit import Unit
from anju.domains.property.stages import Limit
from anju.kernel.database.placed import Placed


class Restriction(Placed):
    """One restriction on one unit. Added and lifted by a document, never changed otherwise.

    `effective_on`: since when it is in force; null while a seizure waits behind an earlier one (轮候查封).
    """

    unit = models.ForeignKey(Unit, verbose_name="户室", on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField("类型", max_length=16, choices=Limit)
    authority = models.CharField("机关或权利人", max_length=80)
    document = models.CharField("文书号", max_length=80)
    placed_on = models.DateField("登记日期")
    expires_on = models.DateField("期限届满", null=True, help_text="As the document says; nothing ends by itself.")
    effective_on = models.DateField("生效日期", null=True)
    consent = models.CharField("抵押权人同意文书", max_length=80, blank=True, help_text="The mortgagee agrees to the sale (C06).")
    lifted_on = models.DateField("解除日期", null=True)
    lift_document = models.CharField("解除文书号", max_length=80, blank=True)

    class Meta:
        verbose_name = "权利限制"
        constraints = [
            models.CheckConstraint(condition=~Q(document="") & ~Q(authority=""), name="restriction_has_document"),
            models.CheckConstraint(
                condition=Q(lifted_on=None, lift_document="") | Q(lifted_on__gte=F("placed_on")) & ~Q(lift_document=""),
                name="lifting_has_document",
            ),
            models.UniqueConstraint(fields=["unit", "kind", "document"], name="restriction_once"),
        ]
        indexes = [models.Index(fields=["unit", "id"], condition=Q(lifted_on=None), name="restriction_standing")]
