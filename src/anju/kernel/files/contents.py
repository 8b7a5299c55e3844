"""The bytes of files on disk: kept once by content, encrypted, and compared with their digest whenever they are read.

`ANJU_HOME/files/<2>/<SM3 of the content>.<kind>`, a file of its own per content. What is on disk is an envelope (SM4-GCM under the key ring
of `crypto`); files kept before there were envelopes are read as they lie.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from cryptography.hazmat.primitives.hashes import SM3, Hash

from anju.kernel.crypto import envelopes
from anju.kernel.database.home import subfolder
from anju.kernel.errors import AnjuError
from anju.kernel.files import faults, pictures, sniffing
from anju.kernel.files.names import ending_of

CHUNK = 1024 * 1024
NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A content that is kept. `name`: its digest and kind, by which it is read again. `picture`: for photos that can be decoded."""

    digest: str
    kind: str
    size: int
    picture: pictures.Picture | None = None

    @property
    def name(self) -> str:
        return f"{self.digest}.{self.kind}"


def keep(upload: BinaryIO, filename: str, *, kinds: Iterable[str], max_bytes: int) -> Kept:
    """Examine an upload and keep it; the same content is kept once.

    Its kind is found by content and must be the one its name claims and one of `kinds`. Raises AnjuError `files.kind`, `files.size`,
    `files.dangerous`, `files.broken`; then nothing is kept.
    """
    kinds = tuple(kinds)
    claimed = ending_of(filename)
    if claimed not in kinds:
        raise faults.wrong_kind(f"“{filename[-60:]}”不是可用的文件类型。", kinds)
    partial = subfolder("files") / f".{uuid4().hex}"
    try:
        size = _receive(upload, partial, max_bytes)
        kind = sniffing.sniff(partial)
        if kind != claimed:
            raise faults.wrong_kind(f"“{filename[-60:]}”的内容不是{claimed}文件，而是{kind}。", advice="请用原来的文件名，或重新导出。")
        content = partial.read_bytes()
        picture = pictures.look(content, kind) if kind in pictures.FORMATS else None
        kept = Kept(digest_of(content), kind, size, picture)
        if not _is_whole(kept):
            _put(kept.name, content)
            if picture is not None:
                _put(_small(kept.digest), picture.thumbnail)
    finally:
        partial.unlink(missing_ok=True)
    return kept


def exists(name: str) -> bool:
    """Whether a content of this name is kept."""
    return NAME.fullmatch(name) is not None and _place(name).is_file()


def read(name: str) -> bytes:
    """The content of this name, whole. Raises AnjuError `files.missing`, or `files.altered` when it is not what was kept."""
    if not exists(name):
        raise faults.missing()
    try:
        content = envelopes.read(_place(name), name)
    except AnjuError as error:
        if error.problems[0].code != "crypto.altered":
            raise
        raise altered(name) from error
    if digest_of(content) != name.partition(".")[0]:
        raise altered(name)
    return content


def thumbnail(digest: str) -> bytes | None:
    """The small picture of a photo of this digest; None when there is none."""
    place = _place(_small(digest))
    return envelopes.read(place, place.name) if place.is_file() else None


def names() -> Iterator[str]:
    """The names of everything that is kept, in order; small pictures are not among them."""
    for folder in sorted(subfolder("files").iterdir()):
        if folder.is_dir():
            yield from sorted(one.name for one in folder.iterdir() if NAME.fullmatch(one.name) and not one.name.endswith(".small"))


def rewrap() -> int:
    """Put every envelope of an older key into one of the newest; returns how many. May be killed and run again."""
    folders = [folder for folder in sorted(subfolder("files").iterdir()) if folder.is_dir()]
    return sum(envelopes.renew(place, place.name) for folder in folders for place in sorted(folder.iterdir()) if place.name[0] != ".")


def digest_of(content: bytes) -> str:
    """SM3, hex."""
    digest = Hash(SM3())
    digest.update(content)
    return digest.finalize().hex()


def altered(name: str) -> AnjuError:
    """The bytes on disk are not those that were kept."""
    return AnjuError.of(
        "files.altered",
        "文件与存入时的摘要不符，可能被改动或损坏，不能下载。",
        where=name[:16],
        advice="已记入日志。请从备份中恢复 files 目录里的这个文件，并查明原因。",
    )


def _is_whole(kept: Kept) -> bool:
    """Whether this content lies there already as it should; one that was damaged since is written anew."""
    try:
        return exists(kept.name) and len(read(kept.name)) == kept.size and (kept.picture is None or _place(_small(kept.digest)).is_file())
    except AnjuError:
        return False


def _receive(upload: BinaryIO, partial: Path, max_bytes: int) -> int:
    size = 0
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := upload.read(CHUNK):
            size += len(chunk)
            if size > max_bytes:
                raise faults.too_large(f"文件超过{max_bytes // 1024 // 1024}MB。", "请压缩图片或分成几个文件。")
            file.write(chunk)
    return size


def _put(name: str, content: bytes) -> None:
    place = _place(name)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    envelopes.write(place, content, name)


def _place(name: str) -> Path:
    return subfolder("files") / name[:2] / name


def _small(digest: str) -> str:
    return f"{digest}.small"
