"""Attachments: once per content, of the kinds a field accepts, up to a size; a record names only one that is kept."""

from __future__ import annotations

import io

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.database.home import subfolder
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers import actions, attachments
from anju.kernel.ledgers.catalogue import get

PAPER = get("office_training").field("paper")
PDF = b"%PDF-1.7\n%sample"


@pytest.mark.django_db
def test_the_same_content_is_kept_once() -> None:
    first = attachments.store(PAPER, io.BytesIO(PDF), "签到表.PDF")
    assert attachments.store(PAPER, io.BytesIO(PDF), "另一个名字.pdf") == first
    assert attachments.read(first) == PDF


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (PDF, "签到表.exe", "ledger.attachment_kind"),
        (b"MZ\x90", "签到表.pdf", "ledger.attachment_kind"),
        (b"", "签到表.pdf", "ledger.attachment_kind"),
        (PDF + b"0" * attachments.MAX_BYTES, "签到表.pdf", "ledger.attachment_size"),
    ],
)
@pytest.mark.django_db
@pytest.mark.usefixtures("own_home")
def test_what_is_refused_leaves_nothing(content: bytes, name: str, code: str) -> None:
    folder = subfolder("files")
    before = sorted(folder.rglob("*"))
    with pytest.raises(AnjuError, match=code):
        attachments.store(PAPER, io.BytesIO(content), name)
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 64 + ".pdf", "", "/etc/passwd"])
def test_only_kept_attachments_have_a_path(name: str) -> None:
    assert not attachments.exists(name)
    with pytest.raises(AnjuError, match="ledger.attachment_missing"):
        attachments.read(name)


@pytest.mark.django_db
def test_a_record_names_a_kept_attachment(county_clerk: Actor) -> None:
    training = get("office_training")
    values = {"held_on": "2023-03-08", "topic": "统计业务"}
    with pytest.raises(AnjuError, match="ledger.attachment_missing"):
        actions.add_record(training, {**values, "paper": "a" * 64 + ".pdf"}, by=county_clerk)
    name = attachments.store(PAPER, io.BytesIO(PDF), "签到表.pdf")
    number = actions.add_record(training, {**values, "paper": name}, by=county_clerk)
    with using_scope(county_clerk.scope):
        assert training.model.objects.get(pk=number).paper == name
