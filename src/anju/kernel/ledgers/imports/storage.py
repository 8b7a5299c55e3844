"""The staged files of a batch under `ANJU_HOME/imports/<digest>`: the original, and what was read from it.

Registers are full of personal data: every file here lies in an envelope (`crypto.envelopes`), tied to its place.
"""

from __future__ import annotations

import io
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from cryptography.hazmat.primitives.hashes import SM3, Hash

from anju.kernel.crypto import envelopes
from anju.kernel.database.home import subfolder
from anju.kernel.ledgers.batches import ImportBatch

RECORDS, CELLS, ISSUES = "records", "cells", "issues"


def digest_of(path: Path) -> str:
    """SM3 of the file's content, hex."""
    digest = Hash(SM3())
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.finalize().hex()


def digest_of_text(text: str) -> str:
    """SM3 of a text in UTF-8, hex."""
    digest = Hash(SM3())
    digest.update(text.encode())
    return digest.finalize().hex()


def folder_of(digest: str) -> Path:
    """Where everything about a file of this digest lies."""
    folder = subfolder("imports") / digest
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep_original(path: Path, digest: str) -> None:
    """Keep the file as it came; a second time is no work."""
    kept = folder_of(digest) / "original"
    if not kept.exists():
        envelopes.write(kept, path.read_bytes(), _name(kept))


@contextmanager
def original(batch: ImportBatch) -> Iterator[Path]:
    """The file of this batch, byte for byte, for as long as the block lasts."""
    kept = folder_of(batch.digest) / "original"
    with TemporaryDirectory(dir=subfolder("imports"), prefix=".") as folder:
        plain = Path(folder) / "original"
        plain.write_bytes(envelopes.read(kept, _name(kept)))
        yield plain


def new_stage(digest: str) -> str:
    """A fresh name for the staged files of one batch; its folder exists afterwards."""
    name = uuid.uuid4().hex
    (folder_of(digest) / name).mkdir(mode=0o700)
    return name


def write(digest: str, stage: str, part: str, frame: pl.DataFrame) -> None:
    """Write one staged part (`records`, `cells`, `issues`)."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="lz4", statistics=False)
    place = folder_of(digest) / stage / f"{part}.parquet"
    envelopes.write(place, buffer.getvalue(), _name(place))


def read(batch: ImportBatch, part: str) -> pl.DataFrame:
    """One staged part, whole."""
    return pl.read_parquet(_content(batch, part))


def scan(batch: ImportBatch, part: str) -> pl.LazyFrame:
    """One staged part, of which only what is asked for is unpacked."""
    return pl.scan_parquet(_content(batch, part))


def rewrap() -> int:
    """Put every envelope of an older key into one of the newest; returns how many. May be killed and run again."""
    return sum(envelopes.renew(place, _name(place)) for place in sorted(subfolder("imports").glob("*/**/*")) if _is_kept(place))


def _content(batch: ImportBatch, part: str) -> io.BytesIO:
    place = folder_of(batch.digest) / batch.staged / f"{part}.parquet"
    return io.BytesIO(envelopes.read(place, _name(place)))


def _name(place: Path) -> str:
    return str(place.relative_to(subfolder("imports")))


def _is_kept(place: Path) -> bool:
    return place.is_file() and not any(part.startswith(".") for part in place.relative_to(subfolder("imports")).parts)


def remove_stage(digest: str, stage: str) -> None:
    """Throw the staged files away; the original stays for the record."""
    shutil.rmtree(folder_of(digest) / stage, ignore_errors=True)
