"""What a file really is, judged by its content and never by its name; and whether it is safe to open."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from anju.kernel.errors import AnjuError
from anju.kernel.ledgers.workbook.limits import Limits, refuse

Kind = Literal["xlsx", "xls", "text"]

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_ACCEPTED = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
_SEEN_OFTEN = {
    b"%PDF": "这是 PDF 文件，不是表格。",
    b"{\\rtf": "这是 RTF 文档，不是表格。",
    b"Rar!": "这是 RAR 压缩包，不是表格。",
    b"7z\xbc\xaf": "这是 7z 压缩包，不是表格。",
    b"\x1f\x8b": "这是 gzip 压缩包，不是表格。",
    b"\x89PNG": "这是图片，不是表格。",
    b"\xff\xd8\xff": "这是图片，不是表格。",
}


def kind_of(path: Path, limits: Limits) -> Kind:
    """`xlsx` (also .xlsm), `xls` or `text`. Raises AnjuError `workbook.*` for what is empty, too large or no table."""
    size = path.stat().st_size
    if size == 0:
        raise refuse("empty", "文件是空的。", "请重新导出或另存后再导入。")
    if size > limits.file_bytes:
        raise refuse(
            "too_large", f"文件有 {size // 1048576} MB，超过 {limits.file_bytes // 1048576} MB。", "请按月份或年度拆分后分别导入。"
        )
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_ZIP):
        return _inspect_archive(path, limits)
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise encrypted()
        return "xls"
    if head.startswith(_BIFF):
        return "xls"
    for magic, what in _SEEN_OFTEN.items():
        if head.startswith(magic):
            raise refuse("not_a_table", what, "请提供 .xlsx、.xls 或 .csv 文件。")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<table", b"<!doctype", b"<?xml", b"<meta")):
        raise refuse("web_page", "这是改了扩展名的网页或 XML 文件，不是真正的 Excel 工作簿。", _ACCEPTED)
    return "text"


def _inspect_archive(path: Path, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise damaged() from error
    names = {member.filename for member in members}
    inflated = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if inflated > limits.inflated_bytes or (inflated > 50 * 1048576 and inflated > packed * limits.inflation):
        raise refuse(
            "inflates",
            f"文件解压后有 {inflated // 1048576} MB，是压缩前的 {inflated // max(packed, 1)} 倍，可能是恶意文件。",
            "请只保留需要的工作表和列，另存为新的工作簿后再导入。",
        )
    if "xl/workbook.xml" in names:
        return "xlsx"
    if any(name.startswith("word/") for name in names):
        raise refuse("not_a_table", "这是 Word 文档，不是表格。", "请把表格复制到 Excel 后另存为 .xlsx 再导入。")
    if "[Content_Types].xml" in names or "xl/workbook.bin" in names or "content.xml" in names:
        raise refuse("other_format", "这种工作簿格式（如 .xlsb、.ods）不能直接读取。", _ACCEPTED)
    raise refuse("not_a_table", "这是压缩包，不是表格。", "请解压后逐个导入其中的表格。")


def damaged() -> AnjuError:
    """The file says it is a workbook and cannot be read as one."""
    return refuse("damaged", "文件已损坏或没有传完整，打不开。", "请在 Excel 或 WPS 中打开确认无误，另存后再导入。")


def encrypted() -> AnjuError:
    """The workbook asks for a password."""
    return refuse("encrypted", "工作簿设了打开密码。", "请在 Excel 或 WPS 中取消打开密码，另存后再导入。")
