"""Unified social credit code (统一社会信用代码), GB 32100-2015: 1 department, 1 type, 6 region, 9 subject, 1 check character."""

from __future__ import annotations

from anju.kernel.codes.faults import Fault, narrow

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def normalise(text: str) -> str:
    """Half-width, without blanks, in capitals."""
    return narrow(text)


def check_character(body: str) -> str:
    """The 18th character for the first 17."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def fault(code: str) -> Fault | None:
    """What is wrong with a normalised code, naming the character; None when nothing is.

    A wrong check character is not certain: some registered codes in use do not follow the standard.
    """
    if len(code) != 18:
        return Fault(f"统一社会信用代码应为18位，现有{len(code)}位。", "请对照营业执照补全或删去多余的字符。")
    for place, character in enumerate(code, start=1):
        if character not in ALPHABET:
            advice = {"I": "字母I不使用，多半是数字1。", "O": "字母O不使用，多半是数字0。", "Z": "字母Z不使用，多半是数字2。"}
            advice |= {"S": "字母S不使用，多半是数字5。", "V": "字母V不使用，多半是U或Y。"}
            return Fault(f"第{place}位“{character}”不是代码使用的字符。", advice.get(character, "请对照营业执照。"))
    for place, character in enumerate(code[2:8], start=3):
        if not character.isdigit():
            return Fault(f"第{place}位“{character}”应为数字。", "第3至8位是登记机关的区划代码，请对照营业执照。")
    expected = check_character(code[:17])
    if code[17] != expected:
        what = f"第18位校验码是“{code[17]}”，按前17位算应为“{expected}”。"
        return Fault(what, "请逐位对照营业执照；确与执照一致的，可以确认后保存。", certain=False)
    return None
