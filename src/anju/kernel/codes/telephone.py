"""Telephone numbers: mobile and fixed line in the mainland."""

from __future__ import annotations

import re

from anju.kernel.codes.faults import Fault, narrow

MOBILE = re.compile(r"1[3-9]\d{9}")
FIXED = re.compile(r"0\d{2,3}-?\d{7,8}")
LOCAL = re.compile(r"[2-8]\d{6,7}")


def normalise(text: str) -> str:
    """Half-width, without blanks and without +86; the hyphen of a mobile number dropped."""
    number = re.sub(r"^(\+86|0086)-?", "", narrow(text).replace("—", "-"))
    plain = number.replace("-", "")
    return plain if MOBILE.fullmatch(plain) else number


def fault(number: str) -> Fault | None:
    """What is wrong with a normalised number; None when it is a mobile, fixed or local number."""
    if MOBILE.fullmatch(number) or FIXED.fullmatch(number) or LOCAL.fullmatch(number):
        return None
    digits = sum(character.isdigit() for character in number)
    if number.startswith("1") and digits == len(number) and digits != 11:
        return Fault(f"手机号码应为11位，现有{digits}位。", "请补全或删去多余的数字。")
    return Fault("不是手机号码或固定电话。", "手机号码11位，固定电话写成 区号-号码。")


def mask(number: str) -> str:
    """前3后4 of a mobile number; only the last four of others."""
    if MOBILE.fullmatch(number):
        return f"{number[:3]}****{number[-4:]}"
    return "*" * max(len(number) - 4, 0) + number[-4:]
