"""Organisation code (组织机构代码), GB 11714-1997: 8 characters and one check character; the inner nine of a credit code."""

from __future__ import annotations

from anju.kernel.codes.faults import Fault, narrow

WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def normalise(text: str) -> str:
    """Half-width, in capitals, without blanks and without the hyphen before the check character."""
    return narrow(text).replace("-", "")


def check_character(body: str) -> str:
    """The ninth character for the first eight (digits and capitals, A counts 10)."""
    rest = 11 - sum(int(character, 36) * weight for character, weight in zip(body, WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def fault(code: str) -> Fault | None:
    """What is wrong with a normalised code; None when nothing is. A wrong check character is not certain."""
    if len(code) != 9:
        return Fault(f"组织机构代码应为9位，现有{len(code)}位。", "请对照证书补全或删去多余的字符。")
    for place, character in enumerate(code, start=1):
        if not (character.isascii() and character.isalnum()):
            return Fault(f"第{place}位“{character}”不是数字或字母。", "请对照证书。")
    expected = check_character(code[:8])
    if code[8] != expected:
        return Fault(f"第9位校验码是“{code[8]}”，按前8位算应为“{expected}”。", "请逐位对照证书。", certain=False)
    return None
