"""Numbers as Chinese text writes them, to exact values: 35.52, 1,109,403, 十四, 一百二十, 三点五."""

from __future__ import annotations

from fractions import Fraction

DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SMALL = {"十": 10, "百": 100, "千": 1000}
SCALES = {"百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
LIMIT = 30
"""Digits a figure may have; a longer run of digits is no figure of a report."""


def arabic(written: str) -> tuple[Fraction, int] | None:
    """The value and the printed decimals of `1,109,403` or `55.40`; None when it is too long to be a figure."""
    digits = written.replace(",", "").replace("，", "")
    if len(digits) > LIMIT:
        return None
    _, _, decimals = digits.partition(".")
    return Fraction(digits), len(decimals)


def chinese(written: str) -> Fraction | None:
    """The value of a numeral (十四, 一百零五, 两千三, 三点五, 二〇二三); None when the characters form no number."""
    if not written or len(written) > LIMIT:
        return None
    whole, point, decimals = written.partition("点")
    if point:
        above = chinese(whole)
        if above is None or not decimals or any(mark not in DIGITS for mark in decimals):
            return None
        return above + Fraction(int("".join(str(DIGITS[mark]) for mark in decimals)), 10 ** len(decimals))
    if all(mark in DIGITS for mark in written):
        return Fraction(int("".join(str(DIGITS[mark]) for mark in written))) if len(written) == 1 or len(written) == 4 else None
    return _positional(written)


def _positional(written: str) -> Fraction | None:
    total = section = digit = 0
    last = 10**9
    for mark in written:
        if mark in DIGITS:
            if digit and DIGITS[mark]:
                return None
            digit = DIGITS[mark]
        elif mark in _SMALL:
            size = _SMALL[mark]
            if size >= last and section:
                return None
            section += (digit or (1 if section == 0 or size == 10 else 0)) * size
            digit, last = 0, size
        elif mark in ("万", "亿"):
            total = (total + section + digit) * SCALES[mark] if mark == "亿" else total + (section + digit or 1) * SCALES[mark]
            section, digit, last = 0, 0, 10**9
        else:
            return None
    return Fraction(total + section + digit)
