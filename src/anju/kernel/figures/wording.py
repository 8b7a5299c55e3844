"""The words around numbers: sign words, growth, missing bases, ranks (invariants 15, 16 and 17)."""

from __future__ import annotations

from decimal import Decimal

from anju.kernel.quantities.text import ordinal, plain

_COMPARED = {"yoy": "同比", "mom": "环比", "change": "比上年同期"}
_BASE_IS_ZERO = {"yoy": "上年同期为零", "change": "上年同期为零", "mom": "上期为零"}
_MISSING = {
    "no_base": "无可比数据",
    "scope_change": "口径调整，无可比数据",
    "zero_denominator": "分母为零，无法计算",
    "no_target": "未下达任务",
    "not_ranked": "未参加排名",
    "no_rows": "没有记录",
    "no_growth": "日期不计增减",
}


def growth_text(measure: str, rounded: Decimal, unit_name: str) -> str:
    """同比上升0.71%, 同比下降3.20%, 环比持平; `unit_name` is % for growth and 个百分点 for differences of rates.

    The word follows the rounded number, and a number after 下降 has no sign: 持平 exactly when it rounds to zero.
    """
    compared = _COMPARED[measure]
    if rounded == 0:
        return f"{compared}持平"
    return f"{compared}{'上升' if rounded > 0 else '下降'}{plain(abs(rounded))}{unit_name}"


def change_text(measure: str, rounded: Decimal, unit_name: str) -> str:
    """比上年同期增加0.13亿元, 减少, 持平."""
    compared = _COMPARED["change"] if measure != "mom" else "比上期"
    if rounded == 0:
        return f"{compared}持平"
    return f"{compared}{'增加' if rounded > 0 else '减少'}{plain(abs(rounded))}{unit_name}"


def zero_base_text(measure: str, *, now_is_zero: bool) -> str:
    """上年同期为零, without a percent; 同比持平 when both are zero."""
    return f"{_COMPARED[measure]}持平" if now_is_zero else _BASE_IS_ZERO[measure]


def missing_text(missing: str) -> str:
    """What is printed instead of a number."""
    return _MISSING[missing]


def rank_text(position: int, *, tied: bool) -> str:
    """第二, 并列第二."""
    return f"{'并列' if tied else ''}{ordinal(position)}"
