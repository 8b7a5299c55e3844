"""Files that are zip archives inside: office documents, OFD and plain zip, opened with a limit on everything."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from anju.kernel.files import faults, programs

MAX_ENTRIES = 1_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
RATIO_FREE = 10 * 1024 * 1024
"""Below this size a high ratio harms nobody: an empty sheet compresses a thousandfold."""

_CHUNK = 256 * 1024
_NESTED = frozenset(["zip", "rar", "7z", "gz", "tar", "bz2", "xz", "iso", "cab"])


def inspect(path: Path) -> str:
    """`ofd`, `docx`, `xlsx` or `zip`. Every entry is unpacked once, to nowhere, to see how large it is and how it begins.

    Raises AnjuError `files.broken`, `files.dangerous` or `files.size`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise faults.too_large(f"压缩包里有{len(entries)}个文件，最多{MAX_ENTRIES}个。", "请分成几个压缩包。")
            names = {entry.filename for entry in entries}
            kind = _kind_of(names)
            for entry in entries:
                _judge_name(entry, kind)
            _unpack_to_nowhere(archive, entries, path.stat().st_size, kind)
            if kind in ("docx", "xlsx") and _has_macros(archive, names):
                raise faults.dangerous("办公文档中带有宏、控件或内嵌的程序。", "请另存为不带宏的 docx 或 xlsx，或转成 PDF。")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise faults.broken("压缩包不完整或已损坏。") from error
    return kind


def _kind_of(names: set[str]) -> str:
    if "OFD.xml" in names:
        return "ofd"
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return "docx"
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return "xlsx"
    return "zip"


def _judge_name(entry: zipfile.ZipInfo, kind: str) -> None:
    name = entry.filename.replace("\\", "/")
    if entry.flag_bits & 0x1:
        raise faults.dangerous("压缩包带有密码，无法检查。", "请去掉密码后上传。")
    if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0] or "\x00" in name:
        raise faults.dangerous("压缩包里的文件名指向包外的位置。", "请重新打包再上传。")
    if (entry.external_attr >> 16) & 0o170000 == 0o120000:
        raise faults.dangerous("压缩包里有指向别处的链接。", "请重新打包再上传。")
    ending = name.rpartition(".")[2].lower()
    if ending in programs.ENDINGS:
        raise faults.dangerous("压缩包里有可以运行的程序或带宏的文档。", "请去掉它再上传。")
    if ending in _NESTED and kind == "zip":
        raise faults.dangerous("压缩包里还有压缩包。", "请展开后重新打成一个压缩包。")


def _unpack_to_nowhere(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], packed: int, kind: str) -> None:
    unpacked = 0
    for entry in entries:
        with archive.open(entry) as content:
            first = True
            while chunk := content.read(_CHUNK):
                if first and programs.is_program(chunk[:16]) and kind == "zip":
                    raise faults.dangerous("压缩包里有可以运行的程序。", "请去掉它再上传。")
                first = False
                unpacked += len(chunk)
                # The sizes written in the archive are not believed: what comes out is counted.
                if unpacked > MAX_UNPACKED or (unpacked > RATIO_FREE and unpacked > packed * MAX_RATIO):
                    raise faults.too_large(
                        f"压缩包展开后过大（超过{MAX_UNPACKED // 1024 // 1024}MB或压缩比异常）。", "请减少内容，分成几个压缩包。"
                    )


def _has_macros(archive: zipfile.ZipFile, names: set[str]) -> bool:
    lowered = {name.lower() for name in names}
    if any("vbaproject" in name or "/activex/" in name or "oleobject" in name for name in lowered):
        return True
    return b"macroenabled" in archive.read("[Content_Types].xml").lower()
