"""Handing a file out: its bytes are compared with the digest first; what differs is refused and stands in the journal."""

from __future__ import annotations

from dataclasses import dataclass

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.files import contents, queries
from anju.kernel.files.models import StoredFile
from anju.kernel.files.sniffing import KINDS
from anju.kernel.journal.actions import action


@dataclass(frozen=True, slots=True)
class Handed:
    """What goes to the browser, as a file to keep and never as a page."""

    name: str
    content_type: str
    content: bytes


def hand_out(number: int, *, by: Actor) -> Handed:
    """A file this person may open. Raises as `queries.get_file` and AnjuError `files.altered` (with a journal entry `files.mismatch`)."""
    stored = queries.get_file(number, by)
    return Handed(stored.name, KINDS[stored.kind], _content(stored, by))


def small_picture(number: int, *, by: Actor) -> bytes | None:
    """The thumbnail of a photo this person may open, as JPEG without metadata."""
    stored = queries.get_file(number, by)
    return contents.thumbnail(stored.digest) if stored.is_photo else None


def _content(stored: StoredFile, by: Actor) -> bytes:
    try:
        return contents.read(stored.content_name)
    except AnjuError as error:
        code = error.problems[0].code
        if code not in ("files.altered", "files.missing"):
            raise
        subject = f"files_storedfile:{stored.pk}"
        with action("files.mismatch", by=by, subject=subject, region_code=stored.region_code, bureau_id=stored.bureau_id) as entry:
            entry.data = {"file": stored.pk, "digest": stored.digest, "finding": code}
        raise contents.altered(stored.content_name) from error
