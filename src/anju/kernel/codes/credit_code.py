"""Unified social credit code (统一社会信用代码), GB 32100-2015: 1 department, 1 type, 6 region, 9 subject, 1 check character."""

from __future__ import annotations

from anju.kernel.codes import organisation_code
from anju.kernel.codes.faults import Fault, narrow
from anju.kernel.codes.parts import Part, cut

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
HOLDERS = {
    "11": "机关", "12": "事业单位", "13": "编办直接管理的群众团体", "19": "编办登记的其他机构", "51": "社会团体", "52": "民办非企业单位",
    "53": "基金会", "91": "企业", "92": "个体工商户", "93": "农民专业合作社",
}  # fmt: skip
"""Who registered and what kind of body, by the first two characters; others exist."""


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


def explain(code: str) -> list[Part]:
    """What each part of a faultless code says; an organisation code that does not follow its own standard is said to."""
    holder, region, organisation, check = cut(code, 2, 6, 9, 1)
    wrong = organisation_code.fault(organisation[2])
    return [
        Part(*holder, "登记管理部门和机构类别", HOLDERS.get(holder[2], "其他机构")),
        Part(*region, "登记机关区划代码"),
        Part(*organisation, "组织机构代码", "本体校验码不符" if wrong else ""),
        Part(*check, "校验码"),
    ]
