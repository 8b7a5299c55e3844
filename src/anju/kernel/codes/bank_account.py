"""Numbers of bank accounts by kind. Only personal cards follow Luhn (ISO/IEC 7812-1); corporate and supervised accounts do not (ID-04)."""

from __future__ import annotations

import re
from enum import StrEnum

from anju.kernel.codes.faults import Fault, narrow
from anju.kernel.codes.parts import first_not_digit


class AccountKind(StrEnum):
    """What an account is: 个人银行卡, 存折, 对公账户, 监管账户."""

    PERSONAL_CARD = "personal_card"
    PASSBOOK = "passbook"
    CORPORATE = "corporate"
    SUPERVISED = "supervised"


LENGTHS = {
    AccountKind.PERSONAL_CARD: (16, 19),
    AccountKind.PASSBOOK: (12, 32),
    AccountKind.CORPORATE: (12, 32),
    AccountKind.SUPERVISED: (12, 32),
}
_NAMES = {
    AccountKind.PERSONAL_CARD: "银行卡号",
    AccountKind.PASSBOOK: "存折账号",
    AccountKind.CORPORATE: "对公账号",
    AccountKind.SUPERVISED: "监管账号",
}


def normalise(text: str) -> str:
    """Half-width, without blanks and hyphens."""
    return re.sub(r"[-‐-―]", "", narrow(text))


def luhn_sum(number: str) -> int:
    """From the right every second digit doubled, 9 taken from what exceeds 9, all added up."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled)


def follows_luhn(number: str) -> bool:
    """Whether the digits satisfy the check of ISO/IEC 7812-1."""
    return number.isascii() and number.isdigit() and luhn_sum(number) % 10 == 0


def fault(number: str, kind: AccountKind) -> Fault | None:
    """What is wrong with a normalised number of this kind; None when nothing is. Of a passbook a failed check is not certain."""
    name, (shortest, longest) = _NAMES[kind], LENGTHS[kind]
    wrong = first_not_digit(number)
    if wrong:
        return Fault(f"第{wrong[0]}位“{wrong[1]}”不是数字。", f"{name}只有数字，请对照卡片或开户证明。")
    if not shortest <= len(number) <= longest:
        return Fault(f"{name}应为{shortest}至{longest}位，现有{len(number)}位。", "请对照卡片或开户证明补全或删去多余的数字。")
    if kind in (AccountKind.CORPORATE, AccountKind.SUPERVISED) or follows_luhn(number):
        return None
    expected = (int(number[-1]) - luhn_sum(number)) % 10
    what = f"第{len(number)}位校验码是“{number[-1]}”，按其余各位算应为“{expected}”。"
    if kind is AccountKind.PASSBOOK:
        return Fault(what, "存折账号不一定有校验码；确与存折一致的，可以确认后保存。", certain=False)
    return Fault(what, "请逐位对照银行卡，多半是某一位抄错。")


def mask(number: str) -> str:
    """Only the last four."""
    return f"{'*' * (len(number) - 4)}{number[-4:]}" if len(number) > 8 else "*" * len(number)
