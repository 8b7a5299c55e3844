"""Reads of files that other code may use."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from anju.kernel.access.actor import Actor
from anju.kernel.access.scope import using_scope
from anju.kernel.files import faults, guards
from anju.kernel.files.models import FileLink, StoredFile


def files_of(subject: str, by: Actor, *, role: str | None = None) -> list[FileLink]:
    """The live files of a subject, oldest first, each as its link with `file`; of one role, or of all."""
    guards.require_any([subject], by)
    with using_scope(by.scope):
        rows = by.scope.narrow(FileLink.objects.filter(subject=subject, voided_at=None, file__voided_at=None))
        rows = rows if role is None else rows.filter(role=role)
        return list(rows.select_related("file").order_by("pk"))


def count_by_role(subjects: Iterable[str], by: Actor) -> dict[tuple[str, str], int]:
    """How many live files each subject has in each role."""
    with using_scope(by.scope):
        rows = by.scope.narrow(FileLink.objects.filter(subject__in=list(subjects), voided_at=None, file__voided_at=None))
        return {(row["subject"], row["role"]): row["n"] for row in rows.values("subject", "role").annotate(n=Count("pk"))}


def get_file(number: int, by: Actor) -> StoredFile:
    """A live file this person may open. Needs `files.view`. Raises Forbidden or AnjuError `files.missing`."""
    by.require("files.view")
    with using_scope(by.scope):
        rows: QuerySet[StoredFile] = by.scope.narrow(StoredFile.objects.filter(pk=number, voided_at=None))
        found = rows.first()
        if found is None:
            raise faults.missing()
        guards.require_any(found.links.filter(voided_at=None).values_list("subject", flat=True), by)
    return found
