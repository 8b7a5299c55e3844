"""A model with encrypted columns that exists only in a test, in the database of `fresh_db`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps.registry import Apps
from django.db import connections, models

from anju.kernel.crypto.fields import BlindIndex, EncryptedText
from anju.kernel.privacy import places
from anju.kernel.privacy.places import Place


class SampleMember(models.Model):
    """A member of a household, as a slice would declare one."""

    region_code = models.CharField(max_length=12)
    bureau_id = models.BigIntegerField()
    resident_id = EncryptedText("身份证号", kind="resident_id")
    resident_id_index = BlindIndex("resident_id")
    phone = EncryptedText("电话", kind="phone", null=True)
    phone_index = BlindIndex("phone")
    address = EncryptedText("住址", kind="address", indexed=False, null=True)

    class Meta:
        app_label = "testing"
        apps = Apps()
        db_table = "testing_member"
        constraints = [models.UniqueConstraint(fields=["bureau_id", "resident_id_index"], name="one_member_per_resident_id")]


PERSONAL = ("resident_id", "phone", "address")
HIDDEN = "{resident_id,phone,address}"


@contextmanager
def sample_members() -> Iterator[type[Any]]:
    """The table, protected and journaled like every other, and known to the privacy room."""
    owner = connections["owner"]
    with owner.schema_editor() as editor:
        editor.create_model(SampleMember)
    with owner.cursor() as cursor:
        cursor.execute("SELECT anju_protect('testing_member'), journal_track('testing_member', %s)", [HIDDEN])
    found: list[Any] = [SampleMember._meta.get_field(name) for name in PERSONAL]
    places.add_places(
        "testing",
        lambda: [Place("testing_member", str(field.column), "id", str(field.verbose_name), field.cell) for field in found],
    )
    try:
        yield SampleMember
    finally:
        places.remove_places("testing")


def member(bureau: Any, resident_id: str, **more: Any) -> Any:
    """One saved member of a bureau. Call it inside an action."""
    return SampleMember._default_manager.create(region_code=bureau.region_id, bureau_id=bureau.pk, resident_id=resident_id, **more)
