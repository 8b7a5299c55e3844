"""What is common to reading any cell."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anju.kernel.errors import Problem
from anju.kernel.ledgers.declaration import Field, Level

MAX_CELL = 5000
SHOWN_CELL = 60
EXACT_DIGITS = 10**15
"""Spreadsheets keep 15 digits of a number: a longer one has lost its last digits already."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell. `confirm` faults keep their value: the person may insist."""

    code: str
    what: str
    advice: str = ""
    level: Level = "must_fix"

    def problem(self, where: str) -> Problem:
        return Problem(code=self.code, where=where, what=self.what, advice=self.advice)


class Refused(Exception):
    """Raised inside the readers; carries the fault."""

    def __init__(self, code: str, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.fault = Fault(code, what, advice)


def text_of(raw: Any) -> str:
    """The cell as text: numbers as a spreadsheet shows them (15 digits, no .0), dates in ISO form, invisible characters gone."""
    if raw is None or (isinstance(raw, float) and raw != raw):
        return ""
    if isinstance(raw, str):
        return visible(raw)
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, int):
        return str(raw)
    if isinstance(raw, float | Decimal):
        return plain_number(raw)
    if isinstance(raw, datetime.datetime):
        return raw.date().isoformat() if raw.time() == datetime.time() else raw.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(raw, datetime.date):
        return raw.isoformat()
    return visible(str(raw))


def visible(text: str) -> str:
    """Without control and format characters; line breaks become one blank; trimmed."""
    if len(text) > MAX_CELL:
        raise Refused("ledger.too_long", f"内容超过{MAX_CELL}字。", "请核对是否把多格内容粘在了一格。")
    if text.isascii() and text.isprintable():
        return text.strip()
    spaced = re.sub(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+", " ", text)
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs")).strip()


def plain_number(raw: float | Decimal) -> str:
    """18.48, 20230001: no exponent, no trailing zeros."""
    number = Decimal(f"{raw:.15g}") if isinstance(raw, float) else raw
    if not number:
        return "0"  # what a sheet computes may be a negative nought, which nobody writes
    if not number.is_finite():
        return str(raw)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def half_width(text: str) -> str:
    """Full-width letters, digits and punctuation made half-width."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


def quoted(raw: Any) -> str:
    """The cell as an error message shows it."""
    try:
        text = text_of(raw)
    except Refused:
        text = str(raw)
    return text if len(text) <= SHOWN_CELL else text[:SHOWN_CELL] + "…"


def require_undamaged(field: Field, raw: Any) -> None:
    """Refuse an identifier that a spreadsheet kept as a number of more than 15 digits."""
    written = isinstance(raw, str) and re.fullmatch(r"\s*\d(\.\d+)?[Ee]\+?\d+\s*", raw) is not None
    number = isinstance(raw, int | float | Decimal) and not -EXACT_DIGITS < raw < EXACT_DIGITS
    if written or number:
        raise Refused(
            "ledger.damaged_number",
            "这一格在表格里按数字存放，15位以后的数字已经丢失。",
            "请把该列的单元格格式设为“文本”，再对照原件重新录入，不要用原有数字转换。",
        )
