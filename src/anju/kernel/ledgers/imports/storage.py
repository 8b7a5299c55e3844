"""The staged files of a batch under `ANJU_HOME/imports/<digest>`: the original, and what was read from it."""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path

import polars as pl
from cryptography.hazmat.primitives.hashes import SM3, Hash

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


def keep_original(path: Path, digest: str) -> Path:
    """Keep the file as it came; a second time is no work."""
    kept = folder_of(digest) / "original"
    if not kept.exists():
        fresh = kept.with_name(f"original.{uuid.uuid4().hex}")
        shutil.copyfile(path, fresh)
        fresh.chmod(0o600)
        os.replace(fresh, kept)
    return kept


def original(batch: ImportBatch) -> Path:
    """The file of this batch, byte for byte."""
    return folder_of(batch.digest) / "original"


def new_stage(digest: str) -> str:
    """A fresh name for the staged files of one batch; its folder exists afterwards."""
    name = uuid.uuid4().hex
    (folder_of(digest) / name).mkdir(mode=0o700)
    return name


def write(digest: str, stage: str, part: str, frame: pl.DataFrame) -> None:
    """Write one staged part (`records`, `cells`, `issues`)."""
    frame.write_parquet(folder_of(digest) / stage / f"{part}.parquet", compression="lz4", statistics=False)


def path_of(batch: ImportBatch, part: str) -> Path:
    """The Parquet file of one staged part."""
    return folder_of(batch.digest) / batch.staged / f"{part}.parquet"


def read(batch: ImportBatch, part: str) -> pl.DataFrame:
    """One staged part, whole."""
    return pl.read_parquet(path_of(batch, part), memory_map=False)


def remove_stage(digest: str, stage: str) -> None:
    """Throw the staged files away; the original stays for the record."""
    shutil.rmtree(folder_of(digest) / stage, ignore_errors=True)
