"""Open a file by what it is, not by its name."""

from __future__ import annotations

from pathlib import Path

from anju.kernel.reading.inputs.docx import read_docx_text
from anju.kernel.reading.inputs.pdf import read_pdf_text
from anju.kernel.reading.inputs.plain import decode
from anju.kernel.reading.inputs.source import Source, refuse

MOST_BYTES = 50_000_000
_ACCEPTED = "请提供 .docx、.txt 或带文字的 .pdf。"
_KNOWN = (
    (b"\xd0\xcf\x11\xe0", "这是旧版 Word（.doc）或 WPS 文件。", "请用 Word 或 WPS 另存为 .docx 再上传。"),
    (b"{\\rtf", "这是 RTF 文档。", "请用 Word 或 WPS 另存为 .docx 再上传。"),
    (b"Rar!", "这是 RAR 压缩包。", _ACCEPTED),
    (b"7z\xbc\xaf", "这是 7z 压缩包。", _ACCEPTED),
    (b"\x1f\x8b", "这是 gzip 压缩包。", _ACCEPTED),
    (b"\x89PNG", "这是图片。", _ACCEPTED),
    (b"\xff\xd8\xff", "这是图片。", _ACCEPTED),
)


def open_source(path: Path) -> Source:
    """The words of a file. Raises AnjuError `reading.*` for what is empty, too large, of another kind, damaged or dangerous."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise refuse("too_large", f"文件有{size // 1_000_000}MB，最大可读{MOST_BYTES // 1_000_000}MB。", path.name, "请分成几份再读。")
    return open_bytes(path.read_bytes(), path.name)


def open_bytes(content: bytes, name: str) -> Source:
    """The words of an uploaded file's content."""
    if not content.strip():
        raise refuse("empty", "文件是空的。", name, "请选择有文字的文件。")
    if len(content) > MOST_BYTES:
        raise refuse("too_large", f"文件有{len(content) // 1_000_000}MB，最大可读{MOST_BYTES // 1_000_000}MB。", name, "请分成几份再读。")
    for magic, what, advice in _KNOWN:
        if content.startswith(magic):
            raise refuse("other_format", what, name, advice)
    if content.startswith(b"PK"):
        return read_docx_text(content, name)
    if content[:1024].lstrip().startswith(b"%PDF"):
        return read_pdf_text(content, name)
    return Source(name, "text", decode(content, name))
