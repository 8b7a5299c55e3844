"""Files of a subject: who adds, sees, takes away; another county's are not there; nothing is deleted."""

from __future__ import annotations

import io

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import Scope, using_scope
from anju.kernel.errors import AnjuError, Forbidden
from anju.kernel.files import actions, contents, downloading, guards, queries
from anju.kernel.files.models import FileLink, StoredFile
from anju.kernel.files.tests import samples
from anju.kernel.files.uses import DOCUMENT, EVIDENCE, MATERIAL
from anju.kernel.journal.actions import action
from anju.kernel.journal.models import Change, Entry

pytestmark = pytest.mark.django_db
CASE = "case:17"


def _add(by: Actor, content: bytes = samples.PDF, name: str = "王例明的身份证.pdf", **more: object) -> StoredFile:
    return actions.add_file(io.BytesIO(content), name, **{"use": MATERIAL, "subject": CASE, "role": "id_card", "by": by, **more})  # type: ignore[arg-type]


def test_what_was_added_is_listed_and_handed_out(county_clerk: Actor) -> None:
    stored = _add(county_clerk)
    (link,) = queries.files_of(CASE, county_clerk)
    assert (link.file, link.role, link.file.name, link.file.uploaded_by) == (stored, "id_card", "王例明的身份证.pdf", county_clerk.name)
    handed = downloading.hand_out(stored.pk, by=county_clerk)
    assert (handed.content, handed.content_type) == (samples.PDF, "application/pdf")
    assert queries.count_by_role([CASE, "case:18"], county_clerk) == {(CASE, "id_card"): 1}
    assert queries.files_of(CASE, county_clerk, role="income") == []


def test_the_same_paper_twice_is_one_file(county_clerk: Actor) -> None:
    first = _add(county_clerk, key="one")
    assert _add(county_clerk, key="one") == _add(county_clerk, name="另一个名字.pdf") == first
    other_role = _add(county_clerk, role="income")
    assert other_role != first
    assert other_role.content_name == first.content_name


def test_a_photo_keeps_time_and_place_as_evidence_only(county_clerk: Actor) -> None:
    evidence = _add(county_clerk, samples.evidence_photo(), "现场.jpg", use=EVIDENCE)
    material = _add(county_clerk, samples.evidence_photo(), "户口簿.jpg", role="booklet")
    assert evidence.taken_at is not None
    assert evidence.latitude is not None
    assert (material.taken_at, material.latitude) == (None, None)
    assert downloading.small_picture(evidence.pk, by=county_clerk) == downloading.small_picture(material.pk, by=county_clerk)
    assert downloading.small_picture(_add(county_clerk).pk, by=county_clerk) is None


def test_a_neighbouring_county_sees_and_takes_nothing(county_clerk: Actor, other_county_clerk: Actor, city_reader: Actor) -> None:
    stored = _add(county_clerk)
    assert queries.files_of(CASE, other_county_clerk) == []
    for work in (
        lambda: downloading.hand_out(stored.pk, by=other_county_clerk),
        lambda: actions.void_file(stored, by=other_county_clerk, reason="不是我的"),
        lambda: actions.link_file(stored, subject="case:18", by=other_county_clerk),
        lambda: actions.unlink_file(stored.links.get(), by=other_county_clerk, reason="不是我的"),
    ):
        with using_scope(Scope.system()), pytest.raises(AnjuError, match=r"files\.missing"):
            work()
    with using_scope(other_county_clerk.scope):
        assert (StoredFile.objects.count(), FileLink.objects.count()) == (0, 0)
    assert downloading.hand_out(stored.pk, by=city_reader).content == samples.PDF
    with pytest.raises(Forbidden):
        _add(city_reader)


def test_a_room_may_close_its_files(county_clerk: Actor) -> None:
    def closed(number: int, by: Actor) -> None:
        by.require("petitions.view")

    stored = _add(county_clerk, subject="sealed_case:1")
    guards.add_guard("sealed_case", closed)
    try:
        for work in (
            lambda: downloading.hand_out(stored.pk, by=county_clerk),
            lambda: queries.files_of("sealed_case:1", county_clerk),
            lambda: _add(county_clerk, subject="sealed_case:1"),
        ):
            with pytest.raises(Forbidden):
                work()
        actions.link_file(stored, subject=CASE, by=county_clerk)
        assert downloading.hand_out(stored.pk, by=county_clerk).content == samples.PDF
    finally:
        guards._guards.pop("sealed_case")


def test_void_is_all_there_is_and_says_why(county_clerk: Actor) -> None:
    stored = _add(county_clerk)
    with pytest.raises(AnjuError, match=r"files\.no_reason"):
        actions.void_file(stored, by=county_clerk, reason=" ")
    actions.void_file(stored, by=county_clerk, reason="传错了人")
    with using_scope(Scope.system()):
        assert Entry.objects.get(verb="files.void").reason == "传错了人"
    assert queries.files_of(CASE, county_clerk) == []
    with pytest.raises(AnjuError, match=r"files\.missing"):
        downloading.hand_out(stored.pk, by=county_clerk)
    assert contents.exists(stored.content_name)
    assert _add(county_clerk).pk != stored.pk
    with using_scope(county_clerk.scope):
        for statement in (
            "DELETE FROM files_storedfile", "UPDATE files_storedfile SET name = 'x.pdf'", "UPDATE files_filelink SET subject = 'case:1'",
        ):  # fmt: skip
            with (
                pytest.raises((ProgrammingError, InternalError), match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
        with pytest.raises(ProgrammingError, match=r"files\.append_only"), transaction.atomic():
            StoredFile.objects.filter(pk=stored.pk).update(voided_at=None)


def test_a_link_can_be_ended_and_made_again(county_clerk: Actor) -> None:
    stored = _add(county_clerk)
    with using_scope(county_clerk.scope):
        actions.unlink_file(stored.links.get(voided_at=None), by=county_clerk, reason="挂错了案件")
        assert queries.files_of(CASE, county_clerk) == []
        again = actions.link_file(stored, subject=CASE, role="id_card", by=county_clerk)
        assert actions.link_file(stored, subject=CASE, role="id_card", by=county_clerk) == again


def test_a_changed_file_is_refused_and_stands_in_the_journal(county_clerk: Actor) -> None:
    stored = _add(county_clerk, samples.PDF + b"%3")
    place = contents.subfolder("files") / stored.digest[:2] / stored.content_name
    whole = place.read_bytes()
    for broken in (whole[:-3], samples.PDF, None):
        place.unlink() if broken is None else place.write_bytes(broken)
        with pytest.raises(AnjuError, match=r"files\.altered"):
            downloading.hand_out(stored.pk, by=county_clerk)
    with using_scope(Scope.system()):
        entries = list(Entry.objects.filter(verb="files.mismatch", subject=f"files_storedfile:{stored.pk}").order_by("pk"))
    assert [entry.data["finding"] for entry in entries] == ["files.altered", "files.altered", "files.missing"]


def test_the_journal_never_holds_the_name_of_a_file(county_clerk: Actor) -> None:
    _add(county_clerk)
    with using_scope(Scope.system()):
        images = list(Change.objects.filter(table__startswith="files_").values_list("after", flat=True))
        assert len(images) == 2
        assert "王例明" not in str(images)
        assert "王例明" not in str(list(Entry.objects.values_list("data", flat=True)))


@pytest.mark.parametrize("subject", ["", "case", "case:", "case:x", "case:1; DROP", "Case:1", "case:" + "1" * 30])
def test_a_subject_is_a_kind_and_a_number(county_clerk: Actor, subject: str) -> None:
    with pytest.raises(AnjuError, match=r"files\.subject"):
        _add(county_clerk, subject=subject)


def test_the_database_holds_the_shapes_too(county_clerk: Actor) -> None:
    stored = _add(county_clerk)
    link = FileLink(file=stored, subject="nonsense", linked_by="x", region_code=stored.region_code, bureau_id=stored.bureau_id)
    with (
        using_scope(county_clerk.scope),
        pytest.raises(IntegrityError, match="file_subject_shape"),
        action("testing.link", by=county_clerk),
    ):
        link.save()


def test_a_use_takes_its_kinds_only(county_clerk: Actor) -> None:
    with pytest.raises(AnjuError, match=r"files\.kind"):
        _add(county_clerk, samples.ZIP, "材料.zip", use=DOCUMENT)


@pytest.fixture(autouse=True)
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MAX_PER_SUBJECT", 4)


def test_a_subject_has_a_limit(county_clerk: Actor) -> None:
    for number in range(4):
        _add(county_clerk, role=f"page{number}")
    with pytest.raises(AnjuError, match=r"files\.too_many"):
        _add(county_clerk, role="page5")
