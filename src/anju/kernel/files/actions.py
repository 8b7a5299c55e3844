"""The verbs of files: add, link, unlink, void."""

from __future__ import annotations

from typing import BinaryIO

from django.db import connection
from django.utils import timezone

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.files import contents, faults, guards
from anju.kernel.files.models import FileLink, StoredFile
from anju.kernel.files.names import clean_name
from anju.kernel.files.uses import Use
from anju.kernel.journal.actions import action

MAX_PER_SUBJECT = 500


def add_file(
    upload: BinaryIO,
    filename: str,
    *,
    use: Use,
    subject: str,
    by: Actor,
    role: str = "",
    region_code: str | None = None,
    bureau_id: int | None = None,
    key: str | None = None,
) -> StoredFile:
    """Keep an upload and link it to a subject (`case:17`) in a role. Needs `files.add`.

    The same content again for the same subject and role is the file that is there. Region and bureau default to the actor's.
    Raises AnjuError `files.kind`, `files.size`, `files.dangerous`, `files.broken`, `files.subject`, `files.too_many`.
    """
    by.require("files.add")
    guards.parsed(subject)
    guards.require_any([subject], by)
    kept = contents.keep(upload, filename, kinds=use.kinds, max_bytes=use.max_bytes)
    with action("files.add", by=by, subject=subject, key=key, region_code=region_code, bureau_id=bureau_id) as entry:
        if entry.repeated:
            return StoredFile.objects.get(pk=entry.data["file"])
        _one_at_a_time(subject)
        links = FileLink.objects.filter(subject=subject, voided_at=None).select_related("file")
        known = links.filter(role=role, file__digest=kept.digest, file__voided_at=None).first()
        if known is not None:
            stored = known.file
        else:
            if links.count() >= MAX_PER_SUBJECT:
                raise AnjuError.of("files.too_many", f"一件事最多{MAX_PER_SUBJECT}个文件。", where="文件", advice="请合并后上传。")
            stored = _row(kept, filename, use, by, entry.region_code, entry.bureau_id)
            _link(stored, subject, role, by)
        entry.data = {"file": stored.pk, "role": role, "kind": stored.kind, "digest": stored.digest}
    return stored


def link_file(file: StoredFile, *, subject: str, by: Actor, role: str = "") -> FileLink:
    """Let a kept file also belong to another subject. Linked already, nothing changes. Needs `files.add`."""
    by.require("files.add")
    guards.parsed(subject)
    guards.require_any([subject], by)
    with action("files.link", by=by, subject=subject, region_code=file.region_code, bureau_id=file.bureau_id) as entry:
        _one_at_a_time(subject)
        file = _live(file.pk, by)
        entry.data = {"file": file.pk, "role": role}
        known = FileLink.objects.filter(file=file, subject=subject, role=role, voided_at=None).first()
        return known or _link(file, subject, role, by)


def unlink_file(link: FileLink, *, by: Actor, reason: str) -> None:
    """Take a file away from a subject; the file and the history stay. Needs `files.void`."""
    by.require("files.void")
    _require_reason(reason)
    with action(
        "files.unlink", by=by, subject=link.subject, reason=reason, region_code=link.region_code, bureau_id=link.bureau_id
    ) as entry:
        entry.data = {"file": link.file_id, "role": link.role}
        if not by.scope.narrow(FileLink.objects.filter(pk=link.pk, voided_at=None)).update(voided_at=timezone.now()):
            raise faults.missing()


def void_file(file: StoredFile, *, by: Actor, reason: str) -> None:
    """Mark a file void: it is not shown or handed out any more, and stays with its reason. Needs `files.void`."""
    by.require("files.void")
    _require_reason(reason)
    with action("files.void", by=by, subject=f"files_storedfile:{file.pk}", reason=reason) as entry:
        held = _live(file.pk, by)
        entry.region_code, entry.bureau_id = held.region_code, held.bureau_id
        entry.data = {"file": held.pk, "digest": held.digest}
        guards.require_any(held.links.filter(voided_at=None).values_list("subject", flat=True), by)
        StoredFile.objects.filter(pk=held.pk).update(voided_at=timezone.now())


def _row(kept: contents.Kept, filename: str, use: Use, by: Actor, region_code: str, bureau_id: int | None) -> StoredFile:
    picture = kept.picture
    stored = StoredFile(
        digest=kept.digest,
        kind=kept.kind,
        size=kept.size,
        name=clean_name(filename),
        use=use.name,
        uploaded_by=by.name,
        staff_id=by.staff_id,
        region_code=region_code,
        bureau_id=bureau_id,
    )
    if picture is not None:
        stored.width, stored.height = picture.width, picture.height
        if use.keeps_place:
            stored.taken_at, stored.latitude, stored.longitude = picture.taken_at, picture.latitude, picture.longitude
    stored.save(force_insert=True)
    return stored


def _link(file: StoredFile, subject: str, role: str, by: Actor) -> FileLink:
    return FileLink.objects.create(
        file=file, subject=subject, role=role, linked_by=by.name, region_code=file.region_code, bureau_id=file.bureau_id
    )


def _live(number: int, by: Actor) -> StoredFile:
    found = by.scope.narrow(StoredFile.objects.filter(pk=number, voided_at=None)).select_for_update().first()
    if found is None:
        raise faults.missing()
    return found


def _one_at_a_time(subject: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7267))", [subject])


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise AnjuError.of("files.no_reason", "没有写理由。", where="理由", advice="写明为什么作废，例如传错了文件；理由随日志留存。")
