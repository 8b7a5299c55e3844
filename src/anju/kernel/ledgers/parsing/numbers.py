"""Whole numbers, decimals, money and areas, with thousands separators, full-width digits and a unit in the cell."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from anju.kernel.ledgers.declaration import Field
from anju.kernel.ledgers.parsing.cells import Refused, half_width, plain_number, quoted, text_of
from anju.kernel.quantities.rounding import round_half_up
from anju.kernel.quantities.units import AREA, MONEY, Unit, find_unit, stored_unit, unit

NOTHING = frozenset({"", "-", "--", "—", "——", "–", "/", "\\", "无"})
NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<part>\.[0-9]*)?\s*(?P<unit>[^0-9,.\s]\S{0,7})?")
CURRENCY = "¥￥$"
HARD_LIMIT = {"money": 10**15, "area": 10**12, "integer": 10**15, "decimal": 10**10}
"""The greatest absolute value in 元, ㎡, things: beyond it a figure is a slip whatever the ledger says."""


def read_number(field: Field, raw: Any, column_unit: str = "") -> int | Decimal | None:
    """money: fen; area: ㎡ with two places; integer: int; decimal: Decimal with the field's places. None for an empty cell.

    `column_unit`: the unit the column's header names, when it is not the field's own. Raises Refused.
    """
    if isinstance(raw, bool):
        raise Refused("ledger.not_a_number", f"写的是“{quoted(raw)}”，不是数。", "请填数字。")
    text = half_width(plain_number(raw) if isinstance(raw, float | Decimal) and raw == raw else text_of(raw)).strip()
    if text in NOTHING:
        return None
    exact, written = _read(text)
    used = _unit_used(field, text, written, column_unit)
    stored = _stored(field, exact, used, text)
    _within(field, stored, text)
    return typed(field, stored)


def stored_per(field: Field, unit_name: str) -> Fraction:
    """How many stored integers (fen, hundredths of ㎡, last decimals, things) one of this unit is."""
    if field.type in (MONEY, AREA):
        named = unit(unit_name or field.unit)
        return named.factor / stored_unit(named.dimension)
    scale = Fraction(10**field.places) if field.type == "decimal" else Fraction(1)
    if unit_name and field.unit and unit_name != field.unit:
        return unit(unit_name).factor / unit(field.unit).factor * scale
    return scale


@lru_cache(maxsize=1024)
def stored_limits(kind: str, places: int, unit_name: str, low: Decimal | None, high: Decimal | None) -> tuple[int, int]:
    """The least and greatest stored integer a field allows."""
    scale = Fraction(10**places) if kind == "decimal" else Fraction(1)
    base = Fraction(100) if kind in (MONEY, AREA) else scale
    each = unit(unit_name).factor * 100 if kind in (MONEY, AREA) else scale
    hard = int(HARD_LIMIT[kind] * base)
    floor = 0 if kind == AREA else -hard
    least = floor if low is None else max(floor, -int(-Fraction(low) * each // 1))
    most = hard if high is None else min(hard, int(Fraction(high) * each // 1))
    return least, most


def limits(field: Field) -> tuple[int, int]:
    """The least and greatest stored integer this field allows."""
    return stored_limits(field.type, field.places, field.unit, field.min, field.max)


def typed(field: Field, stored: int) -> int | Decimal:
    """A stored integer as the column keeps it."""
    if field.type in ("money", "integer"):
        return stored
    return Decimal(stored).scaleb(-2 if field.type == AREA else -field.places)


def _read(text: str) -> tuple[Fraction, str]:
    bare = text.replace(" ", "").replace("\xa0", "").replace("\u3000", "")
    if bare.startswith("(") and bare.endswith(")"):
        bare = "-" + bare[1:-1]
    sign = bare[:1] if bare[:1] in "+-" else ""
    bare = sign + bare[len(sign) :].lstrip(CURRENCY)
    found = NUMBER.fullmatch(bare)
    if found is None or (found["unit"] and _looks_scientific(found["unit"])):
        raise Refused("ledger.not_a_number", f"写的是“{quoted(text)}”，不是数。", _number_advice(bare))
    digits = found["whole"].replace(",", "") + (found["part"] or "").rstrip(".")
    if len(digits) > 40:
        raise Refused("ledger.too_large", f"写的是“{quoted(text)}”，位数太多。", "请核对。")
    return Fraction(found["sign"] + digits), found["unit"] or ""


def _looks_scientific(suffix: str) -> bool:
    return re.fullmatch(r"[Ee][+-]?.*", suffix) is not None


def _number_advice(text: str) -> str:
    if re.search(r"\d[Ee][+-]?\d", text):
        return "请不要用科学计数法，改写成完整的数字。"
    if "," in text:
        return "千分位逗号的位置不对，请核对后改写。"
    if re.search(r"[约余多左右以上近]", text):
        return "请填准确的数，不要写“约”“左右”。"
    return "请只填数字，单位写在列名里。"


def _unit_used(field: Field, text: str, written: str, column_unit: str) -> str:
    if not written:
        return column_unit
    found = find_unit(written)
    own = find_unit(column_unit or field.unit) if (column_unit or field.unit) else None
    if found is not None and own is not None and found.name == own.name:
        return found.name
    if found is not None and own is not None and found.dimension == own.dimension and _exact(found):
        return found.name
    raise _mismatch(text, found, own)


def _exact(found: Unit) -> bool:
    """Whether the unit is a power of ten of what is stored: 万元 and 公顷 are, 亩 is not."""
    return (found.factor / stored_unit(found.dimension)).denominator == 1


def _mismatch(text: str, found: Unit | None, own: Unit | None) -> Refused:
    if own is None:
        return Refused("ledger.unit_mismatch", f"写的是“{quoted(text)}”，此列没有单位。", "请只填数字。")
    if found is None:
        return Refused("ledger.not_a_number", f"写的是“{quoted(text)}”，不是数。", f"请只填数字，此列单位是{own.name}。")
    what = f"写的是“{quoted(text)}”，此列单位是{own.name}。"
    if found.dimension != own.dimension:
        return Refused("ledger.unit_mismatch", what, f"{found.name}与{own.name}不是同一类量，请核对是否填错了列。")
    ratio = round_half_up(found.factor / own.factor, 2)
    return Refused("ledger.unit_mismatch", what, f"请改为{own.name}（1{found.name}≈{ratio}{own.name}），或在列名中写明单位。")


def _stored(field: Field, exact: Fraction, used: str, text: str) -> int:
    amount = exact * stored_per(field, used)
    if amount.denominator == 1:
        return amount.numerator
    measured = unit(used or field.unit) if field.type == AREA else None
    if measured is not None and not _exact(measured):
        return int(round_half_up(amount, 0))  # a column declared in 亩 cannot come out even; rounded once to 0.01㎡
    what = f"写的是“{quoted(text)}”，"
    if field.type == MONEY:
        raise Refused("ledger.too_precise", what + "金额最小到分。", "请核对；由公式算出的金额请先四舍五入到分。")
    if field.type == "integer":
        raise Refused("ledger.not_whole", what + "应为整数。", "请核对。")
    places = 2 if field.type == AREA else field.places
    raise Refused("ledger.too_precise", what + f"小数位超过{places}位。", f"请四舍五入到{places}位小数。")


def _within(field: Field, stored: int, text: str) -> None:
    least, most = limits(field)
    if least <= stored <= most:
        return
    what = f"写的是“{quoted(text)}”，"
    if stored < least and (stored < 0 <= least):
        raise Refused("ledger.negative", what + "不能为负数。", "请核对；冲销请作废原记录。")
    if stored < least:
        raise Refused("ledger.too_small", what + f"小于下限{field.min}{field.unit}。", "请核对数值和单位。")
    limit = f"上限{field.max}{field.unit}" if field.max is not None else "系统上限"
    raise Refused("ledger.too_large", what + f"超过{limit}。", "请核对数值和单位，例如是否把元填进了万元列。")
