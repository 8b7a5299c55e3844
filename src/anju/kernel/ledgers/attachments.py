"""Files that belong to records: kept once by their content, of the kinds a field accepts, up to a size."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from cryptography.hazmat.primitives.hashes import SM3, Hash

from anju.kernel.database.home import subfolder
from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.declaration import Field
from anju.kernel.ledgers.parsing.words import ATTACHMENT

MAX_BYTES = 20 * 1024 * 1024
CHUNK = 1024 * 1024
BEGINNINGS = {
    "pdf": (b"%PDF-",),
    "jpg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "ofd": (b"PK\x03\x04",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "zip": (b"PK\x03\x04",),
}


def store(field: Field, upload: BinaryIO, filename: str) -> str:
    """Keep an uploaded file and return its name: the SM3 of its content and its kind. The same content is kept once.

    Raises AnjuError `ledger.attachment_kind` or `ledger.attachment_size`. The content must begin as its kind does.
    """
    kind = filename.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if kind not in field.accept:
        raise _refused(field, f"“{filename[-60:]}”不是可用的文件类型。")
    digest = Hash(SM3())
    partial = subfolder("files") / f".{uuid4().hex}"
    size = 0
    try:
        with partial.open("xb") as kept:
            while chunk := upload.read(CHUNK):
                if size == 0 and not chunk.startswith(BEGINNINGS[kind]):
                    raise _refused(field, f"“{filename[-60:]}”的内容不是{kind}文件。")
                size += len(chunk)
                if size > MAX_BYTES:
                    raise AnjuError.of(
                        "ledger.attachment_size",
                        f"文件超过{MAX_BYTES // 1024 // 1024}MB。",
                        where=field.label,
                        advice="请压缩图片或分成几个文件。",
                    )
                digest.update(chunk)
                kept.write(chunk)
        if size == 0:
            raise _refused(field, "文件是空的。")
        name = f"{digest.finalize().hex()}.{kind}"
        place = _place(name)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        os.replace(partial, place)
    finally:
        partial.unlink(missing_ok=True)
    return name


def exists(name: str) -> bool:
    """Whether an attachment of this name is kept."""
    return ATTACHMENT.fullmatch(name) is not None and _place(name).is_file()


def path_of(name: str) -> Path:
    """Where an attachment lies. Raises AnjuError `ledger.attachment_missing`."""
    if not exists(name):
        raise AnjuError.of("ledger.attachment_missing", "没有这个附件。", advice="请重新上传。")
    return _place(name)


def _place(name: str) -> Path:
    return subfolder("files") / name[:2] / name


def _refused(field: Field, what: str) -> AnjuError:
    return AnjuError.of("ledger.attachment_kind", what, where=field.label, advice=f"可用：{'、'.join(field.accept)}。")
