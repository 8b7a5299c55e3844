"""EncryptedText and BlindIndex on the real database: what is stored, what can be asked, what is unique."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.crypto import fields
from anju.kernel.crypto.personal import Personal
from anju.kernel.errors import AnjuError
from anju.kernel.journal.actions import action
from anju.kernel.journal.models import Change
from anju.kernel.orgs.models import Bureau
from anju.testing.factories import make_bureau, make_city
from anju.testing.personal import member, sample_members

NUMBER, OTHER = "99012119900101001X", "990121199001010028"


@pytest.fixture
def bureau(fresh_db: str) -> Iterator[Bureau]:
    with using_scope(Scope.system()):
        make_city()
        yield make_bureau("dongyuan", "990121")


@pytest.fixture
def members(bureau: Bureau) -> Iterator[Any]:
    with sample_members() as model, action("testing.members", by=Actor.system("测试")):
        member(bureau, NUMBER, phone="13800138000", address="东原县例山路1号")
        member(bureau, OTHER)
        yield model


def _stored(column: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM testing_member ORDER BY id LIMIT 1")
        return cursor.fetchone()[0]


def test_the_database_holds_no_plain_value(members: Any) -> None:
    row = members.objects.order_by("pk")[0]
    assert (row.resident_id.in_full, row.phone.in_full, row.address.in_full) == (NUMBER, "13800138000", "东原县例山路1号")
    assert isinstance(row.resident_id, Personal)
    with connection.cursor() as cursor:
        cursor.execute("SELECT testing_member::text FROM testing_member")
        text = str(cursor.fetchall())
    for value in (NUMBER, "13800138000", "例山路"):
        assert value not in text
        assert value.encode().hex() not in text
    assert members.objects.get(resident_id=OTHER).phone is None


def test_exact_values_are_found_however_written(members: Any) -> None:
    assert members.objects.filter(resident_id=NUMBER.lower()).count() == 1
    assert members.objects.filter(resident_id=Personal("resident_id", NUMBER)).count() == 1
    assert members.objects.filter(resident_id__in=[NUMBER, OTHER, "110105491231002"]).count() == 2
    assert members.objects.filter(resident_id__in=[]).count() == 0
    assert members.objects.filter(phone="+86 138 0013 8000", resident_id=NUMBER).count() == 1
    assert members.objects.exclude(resident_id=NUMBER).count() == 1
    assert members.objects.filter(phone__isnull=True).count() == members.objects.filter(phone=None).count() == 1


@pytest.mark.parametrize("question", [{"resident_id__contains": "99"}, {"resident_id__lt": NUMBER}, {"address": "东原县"}])
def test_what_an_encrypted_column_cannot_answer_is_refused(members: Any, question: dict[str, Any]) -> None:
    with pytest.raises(FieldError):
        members.objects.filter(**question).count()
    with pytest.raises(FieldError):
        members.objects.filter(resident_id=F("phone")).count()


def test_the_same_person_twice_is_refused_by_the_database(members: Any, bureau: Bureau) -> None:
    with pytest.raises(IntegrityError, match="one_member_per_resident_id"), transaction.atomic():
        member(bureau, "　" + NUMBER.lower())


def test_the_index_follows_the_cell_however_it_is_written(members: Any) -> None:
    row = members.objects.get(resident_id=NUMBER)
    row.resident_id = "990121199001010036"
    row.save(update_fields=["resident_id"])
    assert members.objects.filter(resident_id="990121199001010036").exists()
    members.objects.filter(pk=row.pk).update(resident_id="990121199001010044")
    row.refresh_from_db()
    assert row.resident_id.in_full == "990121199001010044"
    row.phone = None
    members.objects.bulk_update([row], ["phone"])
    assert members.objects.filter(pk=row.pk, phone_index=None).exists()


def test_cells_for_copy_are_read_like_any_other(members: Any, bureau: Bureau) -> None:
    numbers = [f"99012119850101{number:04d}" for number in range(300)]
    made = fields.sealed(members, "resident_id", numbers)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE staged (region_code text, bureau_id bigint, resident_id bytea) ON COMMIT DROP")
        with cursor.copy("COPY staged FROM STDIN") as copy:  # type: ignore[attr-defined]
            for cell in made:
                copy.write_row((bureau.region_id, bureau.pk, cell))
        cursor.execute("INSERT INTO testing_member (region_code, bureau_id, resident_id) SELECT * FROM staged")
        cursor.execute("SELECT resident_id FROM testing_member WHERE id > 2 ORDER BY id")
        stored = [cell for (cell,) in cursor.fetchall()]
    assert fields.unsealed(members, "resident_id", stored) == numbers
    assert members.objects.filter(resident_id=numbers[7]).count() == 1
    assert members.objects.filter(resident_id_index__in=fields.indexes("resident_id", numbers)).count() == 300


def test_the_journal_keeps_the_index_and_no_value(members: Any) -> None:
    images = str(list(Change.objects.filter(table="testing_member").values_list("after", flat=True)))
    assert NUMBER not in images
    assert "resident_id_index" in images
    assert "'resident_id':" not in images


def test_a_cell_moved_by_hand_in_the_database_does_not_open(members: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE testing_member SET phone = resident_id WHERE phone IS NULL")
    with pytest.raises(AnjuError, match=r"testing_member\.phone.*crypto\.altered"):
        list(members.objects.all())
