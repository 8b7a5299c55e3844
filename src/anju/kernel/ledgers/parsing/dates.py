"""Dates and months as people and spreadsheets write them."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from anju.kernel.ledgers.parsing.cells import Refused, half_width, quoted, text_of
from anju.kernel.ledgers.parsing.numbers import NOTHING

FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)
SERIAL_ZERO = datetime.date(1899, 12, 30)
"""Day 0 of spreadsheet dates: right for every serial after February 1900."""
SERIALS = range(18264, 73051)
"""Serials read as dates: 1950 to 2099. Smaller numbers are years, days or slips."""

_SEPARATED = re.compile(r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})\s*日?")
_TIME = re.compile(r"[T ]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$")
_MONTH = re.compile(r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*月?")


def read_date(raw: Any) -> datetime.date | None:
    """A calendar day between 1900 and 2100; None for an empty cell. Raises Refused."""
    found = _typed(raw)
    if found is None:
        text = half_width(text_of(raw)).strip()
        if text in NOTHING:
            return None
        found = _from_text(_TIME.sub("", text).strip(), raw)
    if not FIRST <= found <= LAST:
        raise Refused("ledger.date_out_of_range", f"写的是“{quoted(raw)}”，年份不在1900至2100之间。", "请核对年份。")
    return found


def read_month(raw: Any) -> datetime.date | None:
    """The first day of the month; a full date stands for its month. Raises Refused."""
    if _typed(raw) is None:
        text = half_width(text_of(raw)).strip()
        compact = re.fullmatch(r"([0-9]{4})([0-9]{2})", text)
        found = _MONTH.fullmatch(text) or (compact if compact and 1 <= int(compact[2]) <= 12 and 1900 <= int(compact[1]) <= 2100 else None)
        if found is not None and isinstance(raw, float) and text.endswith(".1"):
            raise Refused("ledger.not_a_date", f"写的是数字{text}，分不清是1月还是10月。", "请把单元格设为文本，写成 2023-01 或 2023-10。")
        if found is not None:
            return read_date(f"{found[1]}-{found[2]}-1")
    day = read_date(raw)
    return None if day is None else day.replace(day=1)


def _typed(raw: Any) -> datetime.date | None:
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    if isinstance(raw, float | Decimal) and -(10**8) < raw < 10**8:
        return _from_number(int(raw), raw) if raw == int(raw) or int(raw) in SERIALS else None
    if isinstance(raw, int) and not isinstance(raw, bool):
        return _from_number(raw, raw)
    return None


def _from_number(number: int, raw: Any) -> datetime.date | None:
    if number in SERIALS:
        return SERIAL_ZERO + datetime.timedelta(days=number)
    if 19000101 <= number <= 21001231:
        return _day(number // 10000, number // 100 % 100, number % 100, raw)
    return None


def _from_text(text: str, raw: Any) -> datetime.date:
    found = _SEPARATED.fullmatch(text)
    if found is not None:
        return _day(int(found[1]), int(found[2]), int(found[3]), raw)
    if re.fullmatch(r"[0-9]{5}|[0-9]{8}", text):
        day = _from_number(int(text), raw)
        if day is not None:
            return day
    what = f"写的是“{quoted(raw)}”，不是日期。"
    if re.fullmatch(r"[0-9]{4}\s*[-./年]\s*[0-9]{1,2}\s*月?", text):
        raise Refused("ledger.not_a_date", f"写的是“{quoted(raw)}”，缺少日。", "请写到日，例如 2023-06-30。")
    if re.fullmatch(r"[0-9]{2}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?", text):
        raise Refused("ledger.not_a_date", f"写的是“{quoted(raw)}”，年份不是四位。", "请把年份写成四位，例如 2023-06-30。")
    if re.fullmatch(r"[0-9]{1,2}[-./月][0-9]{1,2}日?", text):
        raise Refused("ledger.not_a_date", f"写的是“{quoted(raw)}”，缺少年份。", "请写出年份，例如 2023-06-30。")
    raise Refused("ledger.not_a_date", what, "请写成 2023-06-30 或 2023年6月30日。")


def _day(year: int, month: int, day: int, raw: Any) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise Refused("ledger.not_a_date", f"写的是“{quoted(raw)}”，没有这一天。", "请核对月和日。") from None
