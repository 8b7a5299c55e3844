"""The kinds of personal data: how a value is made comparable and how it is shown masked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from anju.kernel.codes import bank_account, resident_id, telephone
from anju.kernel.codes.faults import narrow

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙"
    "慕容仲孙钟离长孙宇文司徒鲜于司空令狐轩辕百里呼延东郭西门南门第五"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[place : place + 2] for place in range(0, len(_COMPOUND), 2))
_PLACE = re.compile(r"^(?:.{2,8}?(?:省|自治区))?(?:.{2,10}?(?:市|自治州|盟))?(?:.{1,10}?(?:区|县|旗|市))?(?:.{1,10}?(?:街道|镇|乡|苏木))?")


@dataclass(frozen=True, slots=True)
class Kind:
    """`label`: what people call it. `normalise`: how two writings of one value become equal. `mask`: what anybody may see."""

    name: str
    label: str
    normalise: Callable[[str], str]
    mask: Callable[[str], str]


def _same_words(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _mask_name(name: str) -> str:
    kept = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    return name[:kept] + "*" * max(len(name) - kept, 1)


def _mask_address(address: str) -> str:
    known = _PLACE.match(address)
    return (known.group() if known else "") + "****"


def _mask_other(number: str) -> str:
    return "*" * max(len(number) - 4, 4) + (number[-4:] if len(number) > 8 else "")


# Resident id: 前6后4, kernel/codes. Bank account: the last four. Name: the surname. Address: down to the street office or town.
KINDS = {
    kind.name: kind
    for kind in (
        Kind("resident_id", "身份证号", resident_id.normalise, resident_id.mask),
        Kind("phone", "电话", telephone.normalise, telephone.mask),
        Kind("bank_account", "银行账号", bank_account.normalise, bank_account.mask),
        Kind("name", "姓名", _same_words, _mask_name),
        Kind("address", "住址", _same_words, _mask_address),
        Kind("certificate", "证件号码", narrow, _mask_other),
    )
}


def kind_of(name: str) -> Kind:
    """A kind by name. Raises KeyError."""
    return KINDS[name]


def mask(name: str, value: str) -> str:
    """A value of this kind as anybody may see it."""
    return KINDS[name].mask(value)
