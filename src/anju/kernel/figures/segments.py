"""Segment files: content-addressed, written whole or not at all, checked before they are believed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from anju.kernel.database.home import subfolder
from anju.kernel.errors import AnjuError
from anju.kernel.figures.digests import sm3
from anju.kernel.figures.manifest import Segment

_ARROW = {"int64": pa.int64(), "date": pa.date32(), "string": pa.string(), "truth": pa.bool_()}
_believed: dict[tuple[str, int, int, int], str] = {}


def schema(kinds: Mapping[str, str]) -> pa.Schema:
    """The Arrow schema of a fact's rows."""
    return pa.schema([pa.field(name, _ARROW[kind]) for name, kind in kinds.items()])


def path_of(fact: str, digest: str) -> Path:
    """Where the segment with this digest lies."""
    return subfolder("snapshots") / fact / f"{digest}.parquet"


def write(fact: str, table: str, bucket: int, rows: pa.Table) -> Segment:
    """Write these rows (schema of the fact, ordered by record id) as one segment; the same rows always give the same file."""
    sink = pa.BufferOutputStream()
    # One row group, contiguous columns, no clock and no path in the file: its bytes depend on the rows alone.
    pq.write_table(rows.combine_chunks(), sink, compression="zstd", compression_level=3, row_group_size=max(rows.num_rows, 1))
    content = sink.getvalue().to_pybytes()
    digest = sm3(content)
    path = path_of(fact, digest)
    if not (path.exists() and path.stat().st_size == len(content)):
        _write_whole(path, content)
    return Segment(table=table, bucket=bucket, digest=digest, rows=rows.num_rows, bytes=len(content))


def is_present(fact: str, segment: Segment) -> bool:
    """True when a file of the right size is there; for deciding whether it can be used again."""
    path = path_of(fact, segment.digest)
    return path.exists() and path.stat().st_size == segment.bytes


def checked_paths(fact: str, segments: Iterable[Segment]) -> list[str]:
    """The files of these segments, each read and compared with its digest once per process and version of the file.

    Raises AnjuError `figures.segment_missing` or `figures.segment_altered` naming the file.
    """
    return [_checked(fact, segment) for segment in segments]


def forget_checks() -> None:
    """Read every file again at its next use, whatever its time stamp says."""
    _believed.clear()


def _checked(fact: str, segment: Segment) -> str:
    path = path_of(fact, segment.digest)
    try:
        found = path.stat()
        mark = (str(path), found.st_ino, found.st_size, found.st_mtime_ns)
        if mark not in _believed:
            _believed[mark] = sm3(path.read_bytes())
    except FileNotFoundError:
        raise AnjuError.of(
            "figures.segment_missing",
            "快照缺少一个数据文件。",
            where=str(path),
            advice="当前快照重新生成即可（刷新快照）；已冻结的快照请从备份中恢复此文件。",
        ) from None
    if _believed[mark] != segment.digest:
        del _believed[mark]
        raise AnjuError.of(
            "figures.segment_altered",
            "快照的一个数据文件被改动过，内容与其摘要不符。",
            where=str(path),
            advice="请删除此文件后重新生成当前快照；已冻结的快照请从备份中恢复此文件，并查明是谁改的。",
        )
    return str(path)


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{uuid4().hex}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            fresh.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def remove_unnamed(named: set[tuple[str, str]], *, older_than: datetime) -> int:
    """Remove the files (also half-written ones) that are not among these (fact, digest) and are older; returns how many."""
    removed = 0
    for path in subfolder("snapshots").glob("*/*"):
        is_named = path.suffix == ".parquet" and (path.parent.name, path.stem) in named
        if is_named or path.stat().st_mtime >= older_than.timestamp():
            continue
        path.unlink()
        removed += 1
    return removed
