"""The units reading knows, as types: each with the dimension of kernel.quantities or a kind of its own.

A report of any bureau counts things kernel.quantities has no stored form for (蒸吨, 千瓦时, 车次); they are typed here all the same, so
that 5万吨 and 50000吨 compare and 吨 and 人 do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from anju.kernel.quantities.units import RATE, find_unit
from anju.kernel.reading.words import word_list

_MEASURED: dict[str, dict[str, Fraction]] = {
    "money": {"元": Fraction(1), "角": Fraction(1, 10), "块钱": Fraction(1), "元人民币": Fraction(1)},
    "美元": {"美元": Fraction(1)},
    "港元": {"港元": Fraction(1)},
    "欧元": {"欧元": Fraction(1)},
    "日元": {"日元": Fraction(1)},
    "area": {"㎡": Fraction(1), "平方公里": Fraction(10**6), "公顷": Fraction(10**4), "亩": Fraction(2000, 3), "亩次": Fraction(2000, 3),
             "平方厘米": Fraction(1, 10**4)},
    RATE: {"%": Fraction(1), "‰": Fraction(1, 10), "成": Fraction(10)},
    "points of rate": {"百分点": Fraction(1), "基点": Fraction(1, 100)},
    "pure": {"倍": Fraction(1)},
    "doublings": {"番": Fraction(1)},
    "length": {"米": Fraction(1), "公里": Fraction(1000), "千米": Fraction(1000), "厘米": Fraction(1, 100), "毫米": Fraction(1, 1000),
               "延米": Fraction(1), "延长米": Fraction(1), "里": Fraction(500), "海里": Fraction(1852), "皮长公里": Fraction(1000),
               "车道公里": Fraction(1000)},
    "volume": {"立方米": Fraction(1), "方": Fraction(1), "升": Fraction(1, 1000), "立方": Fraction(1)},
    "mass": {"吨": Fraction(1), "公斤": Fraction(1, 1000), "千克": Fraction(1, 1000), "斤": Fraction(1, 2000), "克": Fraction(1, 10**6),
             "毫克": Fraction(1, 10**9), "微克": Fraction(1, 10**12), "担": Fraction(1, 20)},
    "standard coal": {"吨标准煤": Fraction(1), "吨标煤": Fraction(1), "千克标准煤": Fraction(1, 1000)},
    "energy": {"千瓦时": Fraction(1), "度": Fraction(1), "兆瓦时": Fraction(1000)},
    "power": {"千瓦": Fraction(1), "兆瓦": Fraction(1000), "瓦": Fraction(1, 1000), "千伏安": Fraction(1)},
    "steam": {"蒸吨": Fraction(1)},
    "freight": {"吨公里": Fraction(1)},
    "travel": {"人公里": Fraction(1)},
    "data": {"TB": Fraction(1000), "GB": Fraction(1), "MB": Fraction(1, 1000)},
    "points": {"分": Fraction(1)},
    "streak": {"连冠": Fraction(1), "连增": Fraction(1), "连降": Fraction(1), "连涨": Fraction(1)},
    "days": {"天": Fraction(1), "日": Fraction(1), "小时": Fraction(1, 24), "分钟": Fraction(1, 1440)},
    "working days": {"工作日": Fraction(1)},
    "months": {"月": Fraction(1), "季度": Fraction(3), "年": Fraction(12), "周年": Fraction(12)},
    "weeks": {"周": Fraction(1)},
    "age": {"岁": Fraction(1), "周岁": Fraction(1)},
}  # fmt: skip

_ALIASES = {
    "％": "%", "个百分点": "百分点", "个百分比": "百分点", "个基点": "基点", "BP": "基点", "个工作日": "工作日", "个月": "月",
    "个批次": "批次",
    "个季度": "季度", "个小时": "小时",
}  # fmt: skip
"""Names the contract prints instead of the words: 13个百分点 is 13 百分点."""

_SAME = {"平方米": "㎡", "平米": "㎡", "平方": "㎡", "平": "㎡", "m²": "㎡", "m2": "㎡", "M2": "㎡", "km²": "平方公里",
         "平方千米": "平方公里",          "km": "公里", "m³": "立方米", "m3": "立方米", "圆": "元"}  # fmt: skip
"""Names that mean another unit; the contract prints the name of the text."""

_COUNTED = word_list("counted.txt")

AFTER_CHINESE = frozenset(word_list("after_chinese.txt"))
"""Units a numeral in Chinese characters may stand before as a figure (两批, 十四项); 三级, 两方面, 四川 are words."""


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """`name` as the contract prints it (without 万), `dimension`, and the exact `factor` to the dimension's base unit."""

    name: str
    dimension: str
    factor: Fraction


_FACTORS = {name: ReadUnit(name, dimension, factor) for dimension, group in _MEASURED.items() for name, factor in group.items()}
_NAMES = sorted({*_FACTORS, *_ALIASES, *_SAME, *_COUNTED}, key=lambda name: (-len(name), name))
_BELOW = ["人·月", "人·年", "㎡·月", "平方米·月", "人均", *(name for name in _NAMES if name not in ("%", "％", "‰"))]
UNIT = "(?:" + "|".join(map(re.escape, _NAMES)) + ")(?:[/／](?:" + "|".join(map(re.escape, _BELOW)) + "))?"
"""A regular expression of every unit, longest first, with a quotient (元/㎡) where one follows."""


@lru_cache(maxsize=2048)
def read_unit(written: str) -> ReadUnit:
    """The unit of these words of the text; "" is a figure without one. An unknown word is a kind of its own, named by itself."""
    name = written.replace("／", "/")
    name = _ALIASES.get(name, name)
    meaning = _SAME.get(name, name)
    if meaning in _FACTORS:
        return ReadUnit(name, _FACTORS[meaning].dimension, _FACTORS[meaning].factor)
    above, slash, below = name.partition("/")
    if slash:
        top, bottom = read_unit(above), read_unit(below)
        return ReadUnit(name, f"{top.dimension}/{bottom.dimension}", top.factor / bottom.factor)
    known = find_unit(name) if name else None
    return ReadUnit(name, known.dimension if known else name, known.factor if known else Fraction(1))


def is_counted(dimension: str) -> bool:
    """Whether a figure of this dimension counts whole things (户, 人次), so that printed in full it is exact."""
    return bool(dimension) and dimension not in _MEASURED and "/" not in dimension
