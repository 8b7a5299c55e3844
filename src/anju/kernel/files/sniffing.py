"""What a file is, by its content: the name it came with is only compared."""

from __future__ import annotations

import mmap
from pathlib import Path

from anju.kernel.files import archives, faults, programs

KINDS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "ofd": "application/ofd",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""The kinds this house keeps, and what they are called on the way to a browser."""

_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_TAIL = 66_000
_ACTIVE_PDF = (b"/JavaScript", b"/Launch", b"/RichMedia")


def sniff(path: Path) -> str:
    """The kind of the file. Raises AnjuError `files.kind`, `files.dangerous`, `files.broken`, `files.size`."""
    if path.stat().st_size == 0:
        raise faults.wrong_kind("文件是空的。", advice="请重新选择文件。")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        kind = _by_beginning(content[:64])
        if kind == "zip":
            return archives.inspect(path)
        if content.rfind(b"PK\x05\x06", max(0, len(content) - _TAIL)) >= 0:
            raise faults.dangerous("文件后面另藏着一个压缩包。", "请只上传文件本身。")
        if kind == "pdf" and any(content.find(mark) >= 0 for mark in _ACTIVE_PDF):
            raise faults.dangerous("PDF 中带有脚本或可执行的内容。", "请把它打印（另存）成普通的 PDF 再上传。")
    return kind


def _by_beginning(head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "heic"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if programs.is_program(head):
        raise faults.dangerous("这是可以运行的程序或脚本。", "请上传材料本身：PDF、图片或办公文档。")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise faults.wrong_kind("这是旧版 Office 文件（doc、xls）。", advice="旧版文件可能带宏，请另存为 docx 或 xlsx，或转成 PDF。")
    raise faults.wrong_kind("认不出这是什么文件。", KINDS)
