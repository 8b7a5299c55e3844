"""Files that belong to a field of a record: kept by the room `files`, of the kinds the field accepts."""

from __future__ import annotations

from typing import BinaryIO

from anju.kernel.errors import AnjuError, Problem
from anju.kernel.files import contents
from anju.kernel.ledgers.declaration import Field

MAX_BYTES = 20 * 1024 * 1024
_CODES = {"files.size": "ledger.attachment_size", "files.missing": "ledger.attachment_missing"}


def store(field: Field, upload: BinaryIO, filename: str) -> str:
    """Keep an uploaded file and return its name: the SM3 of its content and its kind. The same content is kept once.

    Raises AnjuError `ledger.attachment_kind` or `ledger.attachment_size`.
    """
    try:
        return contents.keep(upload, filename, kinds=field.accept, max_bytes=MAX_BYTES).name
    except AnjuError as error:
        raise _of_field(error, field) from error


def exists(name: str) -> bool:
    """Whether an attachment of this name is kept."""
    return contents.exists(name)


def read(name: str) -> bytes:
    """The content of an attachment, compared with its digest. Raises AnjuError `ledger.attachment_missing` or `files.altered`."""
    if not contents.exists(name):
        raise AnjuError.of("ledger.attachment_missing", "没有这个附件。", advice="请重新上传。")
    return contents.read(name)


def _of_field(error: AnjuError, field: Field) -> AnjuError:
    return AnjuError(
        Problem(_CODES.get(each.code, "ledger.attachment_kind"), field.label, each.what, each.advice)
        if each.code.startswith("files.")
        else each
        for each in error.problems
    )
