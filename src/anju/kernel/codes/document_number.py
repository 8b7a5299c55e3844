"""Document and permit numbers (发文字号、证号): free text with a year in 〔 〕; no checksum. 示例房发〔2023〕12号."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anju.kernel.codes.faults import Fault

LONGEST = 60
_OPEN, _CLOSE = "[［(（【〔﹝", "]］)）】〕﹞"
_YEAR = re.compile(rf"[{re.escape(_OPEN)}]\s*((?:19|20)\d{{2}})\s*年?\s*[{re.escape(_CLOSE)}]")
_WHOLE = re.compile(r"(?P<issuer>[^〔〕]{1,40})〔(?P<year>\d{4})〕第?(?P<serial>[0-9]{1,8}(?:-[0-9]{1,4})?)号", re.ASCII)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文机关代字, 年份, 序号."""

    issuer: str
    year: int
    serial: str


def normalise(text: str) -> str:
    """One way of writing: half-width letters and digits, no blanks, the year in 〔 〕 whatever brackets it stood in. Case is kept."""
    narrow = "".join(chr(ord(c) - 0xFEE0) if "０" <= c <= "９" or "Ａ" <= c <= "Ｚ" or "ａ" <= c <= "ｚ" else c for c in text)
    return _YEAR.sub(r"〔\1〕", "".join(narrow.split()))


def fault(number: str) -> Fault | None:
    """What is wrong with a normalised number. One without a year in 〔 〕 may be right: old papers have none."""
    if not number:
        return Fault("没有写文号。", "照文件写，例如 示例房发〔2023〕12号。")
    if len(number) > LONGEST:
        return Fault(f"文号共{len(number)}字，超过{LONGEST}字。", "只写文号，不写标题。")
    if parse(number) is None:
        if "〔" not in number:
            return Fault("文号中没有〔年份〕。", "一般写成 机关代字〔年份〕序号号；确无年份的，可以确认后保存。", certain=False)
        return Fault("年份之后应是序号和“号”字。", "例如 示例房发〔2023〕12号，序号不编虚位。", certain=False)
    return None


def parse(number: str) -> DocumentNumber | None:
    """The parts of a normalised number; None when it is written another way."""
    found = _WHOLE.fullmatch(number)
    return DocumentNumber(found["issuer"], int(found["year"]), found["serial"]) if found else None
