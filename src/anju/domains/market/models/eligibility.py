"""Certificates of eligibility to buy (购房资格), where purchases are limited."""

from __future__ import annotations

from django.db import models

from anju.kernel.crypto.fields import BlindIndex, EncryptedText
from anju.kernel.database.placed import Placed


class Eligibility(Placed):
    """One certificate, valid until a day and good for one contract (CT-15)."""

    number = models.CharField("资格证明编号", max_length=40)
    resident_id = EncryptedText("证件号码", kind="resident_id")
    resident_id_index = BlindIndex("resident_id")
    issued_on = models.DateField("出具日期")
    valid_until = models.DateField("有效期至")

    class Meta:
        verbose_name = "购房资格"
        constraints = [models.UniqueConstraint(fields=["bureau_id", "number"], name="eligibility_number_once")]
