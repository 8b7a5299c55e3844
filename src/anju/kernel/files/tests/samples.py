"""Made-up files: small true ones of every kind, and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)


def photo(kind: str = "JPEG", size: tuple[int, int] = (800, 600), exif: Any = None, mode: str = "RGB") -> bytes:
    """A picture of one colour."""
    written = io.BytesIO()
    Image.new(mode, size, 120).save(written, kind, **({"exif": exif} if exif is not None else {}))
    return written.getvalue()


def evidence_photo() -> bytes:
    """A photo taken on 16 May 2023 at 09:30 in 云川, held upright by a turned camera."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "示例相机"
    exif.get_ifd(0x8769)[36867] = "2023:05:16 09:30:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 42.0, 36.0), 3: "E", 4: (118.0, 30.0, 0.0)})
    return photo(exif=exif)


def packed(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return written.getvalue()


DOCX = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})
XLSX = packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
OFD = packed({"OFD.xml": b"<ofd:OFD/>", "Doc_0/Document.xml": b"<ofd:Document/>"})
ZIP = packed({"材料/身份证.jpg": b"\xff\xd8\xff", "说明.txt": b"ok"})


def bomb(megabytes: int = 400) -> bytes:
    """An archive of a few hundred kilobytes that unpacks to hundreds of megabytes."""
    written = io.BytesIO()
    zeros = bytes(1024 * 1024)
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("zeros.bin", "w", force_zip64=True) as entry:
        for _ in range(megabytes):
            entry.write(zeros)
    return written.getvalue()


def lying_bomb() -> bytes:
    """The same, its directory claiming the entry unpacks to ten bytes."""
    content = bytearray(bomb(300))
    claimed = struct.pack("<I", 10)
    central = content.rindex(b"PK\x01\x02")
    content[central + 24 : central + 28] = claimed
    return bytes(content)


def vast_png(width: int = 40_000, height: int = 30_000) -> bytes:
    """A PNG of a hundred bytes whose header claims a thousand million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
