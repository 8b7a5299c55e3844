"""Resident identity number (公民身份号码), GB 11643-1999: 6 region, 8 birth date, 3 sequence, 1 check character."""

from __future__ import annotations

import datetime
import re

from anju.kernel.codes.faults import Fault, narrow
from anju.kernel.codes.parts import Part, cut

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
_PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 99"
PROVINCES = frozenset(_PROVINCES[place : place + 2] for place in range(0, len(_PROVINCES), 3))
"""81 to 83: residence permits of Hong Kong, Macao and Taiwan residents. The county part is never checked: codes are abolished.
99 belongs to no province: it is kept for made-up people of the sample region.
"""


def normalise(text: str) -> str:
    """Half-width, without blanks, x in capitals; a 15-digit number of the old form becomes 18."""
    number = narrow(text)
    if re.fullmatch(r"\d{15}", number):
        body = f"{number[:6]}19{number[6:]}"
        return body + check_character(body)
    return number


def check_character(body: str) -> str:
    """The 18th character for the first 17 digits (ISO 7064 MOD 11-2)."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def fault(number: str, today: datetime.date) -> Fault | None:
    """What is wrong with a normalised number, naming the character; None when nothing is."""
    if len(number) != 18:
        return Fault(f"身份证号应为18位，现有{len(number)}位。", "请对照证件补全或删去多余的字符。")
    for place, character in enumerate(number[:17], start=1):
        if not character.isascii() or not character.isdigit():
            return Fault(f"第{place}位“{character}”不是数字。", "前17位只能是数字，请对照证件。")
    if not ("0" <= number[17] <= "9" or number[17] == "X"):
        return Fault(f"第18位“{number[17]}”只能是数字或X。", "请对照证件。")
    if number[:2] not in PROVINCES:
        return Fault(f"第1至2位“{number[:2]}”不是省级代码。", "请对照证件。")
    try:
        born = datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return Fault(f"第7至14位“{number[6:14]}”不是一个日期。", "这八位是出生年月日，请对照证件。")
    if born.year < 1900 or born > today:
        return Fault(f"第7至14位“{number[6:14]}”不是可能的出生日期。", "这八位是出生年月日，请对照证件。")
    expected = check_character(number[:17])
    if number[17] != expected:
        return Fault(f"第18位校验码是“{number[17]}”，按前17位算应为“{expected}”。", "请逐位对照证件，多半是某一位抄错。")
    return None


def mask(number: str) -> str:
    """前6后4: the region and the last four characters, the rest hidden."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def birth_date(number: str) -> datetime.date:
    """The date of birth a faultless number tells."""
    return datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def is_female(number: str) -> bool:
    """The sex a faultless number tells: the 17th digit is odd for men."""
    return int(number[16]) % 2 == 0


def explain(number: str) -> list[Part]:
    """What each part of a faultless number says. Personal: never for a list or a log."""
    region, born, sequence, check = cut(number, 6, 8, 3, 1)
    return [
        Part(*region, "发证时的县级区划代码"),
        Part(*born, "出生日期", _written(birth_date(number))),
        Part(*sequence, "顺序码", "女" if is_female(number) else "男"),
        Part(*check, "校验码"),
    ]


def _written(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
