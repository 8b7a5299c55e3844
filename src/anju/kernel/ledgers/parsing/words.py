"""Text, choices, organisations, regions, attachments and the codes of people and enterprises."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

from anju.kernel.codes import bank_account, credit_code, document_number, project_code, resident_id, telephone, unit_code
from anju.kernel.codes.faults import Fault as CodeFault
from anju.kernel.ledgers.declaration import Field
from anju.kernel.ledgers.parsing.cells import Fault, Refused, half_width, quoted, require_undamaged, text_of

ATTACHMENT = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,5}")
REGION_CODE = re.compile(r"[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?)?")


def read_text(field: Field, raw: Any) -> str | None:
    """Trimmed text of at most the field's length."""
    require_undamaged(field, raw) if not isinstance(raw, str) else None
    text = text_of(raw)
    if len(text) > field.length:
        raise Refused("ledger.too_long", f"共{len(text)}字，超过{field.length}字。", "请缩短，详细内容写在备注或附件里。")
    return text or None


def read_organisation(field: Field, raw: Any) -> str | None:
    """The full name, its brackets in Chinese form, so that one enterprise is written one way."""
    text = read_text(field, raw)
    return None if text is None else text.replace("(", "（").replace(")", "）")


def read_choice(field: Field, raw: Any) -> str | None:
    """The code of an option given by code or by label."""
    text = text_of(raw)
    if not text:
        return None
    if text in field.choices:
        return text
    wanted = _folded(text)
    for code, label in field.choices.items():
        if wanted in (_folded(label), _folded(code)):
            return code
    raise Refused("ledger.not_a_choice", f"写的是“{quoted(raw)}”，不是可选项。", f"可选：{'、'.join(field.choices.values())}。")


def read_region(field: Field, raw: Any) -> str | None:
    """A region code; a name is left as it is, to be looked up among the regions the writer may see."""
    text = text_of(raw)
    if not text:
        return None
    narrow = half_width(text)
    if narrow.isdigit() and not REGION_CODE.fullmatch(narrow):
        raise Refused("ledger.not_a_region", f"写的是“{quoted(raw)}”，不是区划代码。", "代码为2、4、6、9或12位，也可以写区划名称。")
    if len(text) > 60:
        raise Refused("ledger.not_a_region", f"写的是“{quoted(raw)}”，不是区划。", "请写区划代码或名称。")
    return narrow if narrow.isdigit() else text


def read_attachment(field: Field, raw: Any) -> str | None:
    """The name a stored attachment was given: its digest and kind."""
    text = text_of(raw)
    if not text:
        return None
    if not ATTACHMENT.fullmatch(text) or text.rpartition(".")[2] not in field.accept:
        raise Refused("ledger.not_an_attachment", "这里应是已上传的附件。", f"请在表单上传，可用：{'、'.join(field.accept)}。")
    return text


def read_code(field: Field, raw: Any, today: datetime.date) -> tuple[str | None, Fault | None]:
    """A code of one of the types in `_CODES`. An uncertain fault keeps the value and asks for confirmation."""
    require_undamaged(field, raw)
    normalise, check = _CODES[field.type]
    text = normalise(text_of(raw))
    if not text:
        return None, None
    found = check(text, today)
    if found is None:
        return text, None
    fault = Fault(f"ledger.bad_{field.type}", found.what, found.advice, "must_fix" if found.certain else "confirm")
    return (None, fault) if found.certain else (text, fault)


_CODES: dict[str, tuple[Callable[[str], str], Callable[[str, datetime.date], CodeFault | None]]] = {
    "resident_id": (resident_id.normalise, resident_id.fault),
    "credit_code": (credit_code.normalise, lambda text, _today: credit_code.fault(text)),
    "phone": (telephone.normalise, lambda text, _today: telephone.fault(text)),
    "bank_card": (bank_account.normalise, lambda text, _today: bank_account.fault(text, bank_account.AccountKind.PERSONAL_CARD)),
    "unit_code": (unit_code.normalise, lambda text, _today: unit_code.fault(text)),
    "project_code": (project_code.normalise, lambda text, _today: project_code.fault(text)),
    "document_no": (document_number.normalise, lambda text, _today: document_number.fault(text)),
}


def sought_code(kind: str, words: str, today: datetime.date) -> str | None:
    """What somebody looks for as a code of this type is kept; None when it is no such code."""
    normalise, check = _CODES[kind]
    text = normalise(words)
    return text if text and check(text, today) is None else None


def _folded(text: str) -> str:
    return re.sub(r"\s", "", half_width(text)).casefold()
