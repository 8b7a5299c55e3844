"""Papers that identify a person or a body, by kind. Resident id and credit code have check characters; others are told by shape."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from anju.kernel.codes import credit_code, resident_id
from anju.kernel.codes.faults import Fault, narrow


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper. `shape`: what its number looks like; `looks`: the same said in Chinese."""

    code: str
    name: str
    shape: re.Pattern[str]
    looks: str


_HELD = (
    ("resident_id", "居民身份证", r".*", "18位"),
    ("residence_permit", "港澳台居民居住证", r"8[123]\d{15}[\dX]", "18位，以81、82或83开头"),
    ("permanent_residence", "外国人永久居留身份证", r"9\d{16}[\dX]|[A-Z]{3}\d{12}", "新版18位以9开头，旧版3个字母加12位数字"),
    ("passport", "护照", r"[A-Z0-9]{5,17}", "5至17位字母或数字"),
    ("hk_macao_permit", "港澳居民来往内地通行证", r"[HM]\d{8}(\d{2})?", "H或M加8位数字，可带2位换证次数"),
    ("taiwan_permit", "台湾居民来往大陆通行证", r"\d{8}(\d{2})?|[A-Z]\d{9,10}", "8位数字，旧版10位"),
    ("military_id", "军官证、士兵证", r"[一-鿿A-Z0-9]{1,6}字?第?[A-Z0-9]{4,12}号?", "部别简称加号码，例如 示字第1234567号"),
    ("household_booklet", "户口簿", r"[A-Z0-9]{4,20}", "4至20位字母或数字"),
    ("credit_code", "统一社会信用代码", r".*", "18位"),
    ("other", "其他证件", r".{2,40}", "2至40个字"),
)
PAPERS: dict[str, Paper] = {code: Paper(code, name, re.compile(shape), looks) for code, name, shape, looks in _HELD}

_CHECKED: dict[str, Callable[[str, datetime.date], Fault | None]] = {
    "resident_id": resident_id.fault,
    "residence_permit": resident_id.fault,
    "credit_code": lambda number, _today: credit_code.fault(number),
}


def normalise(paper: str, text: str) -> str:
    """Half-width, without blanks, in capitals; a 15-digit resident number becomes 18."""
    return resident_id.normalise(text) if paper in ("resident_id", "residence_permit") else narrow(text)


def fault(paper: str, number: str, today: datetime.date) -> Fault | None:
    """What is wrong with a normalised number of this kind of paper; None when nothing is. Raises KeyError for a kind that is not known."""
    kind = PAPERS[paper]
    if paper == "permanent_residence" and len(number) == 18 and number.isascii() and number[:17].isdigit():
        expected = resident_id.check_character(number[:17])
        if number[17] != expected:
            return Fault(f"第18位校验码是“{number[17]}”，按前17位算应为“{expected}”。", "请逐位对照证件。", certain=False)
    if not kind.shape.fullmatch(number):
        return Fault(f"不像{kind.name}的号码。", f"应为{kind.looks}；证件种类选错了的，请改选。")
    check = _CHECKED.get(paper)
    return check(number, today) if check else None


def mask(paper: str, number: str) -> str:
    """前6后4 of a resident number; of others the first and the last two characters."""
    if paper in ("resident_id", "residence_permit", "permanent_residence") and len(number) == 18:
        return resident_id.mask(number)
    return f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}" if len(number) > 6 else "*" * len(number)
